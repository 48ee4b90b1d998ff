import { beforeEach, describe, expect, it } from 'vitest';
import type { Peer } from '../../../src/router/peer.js';
import { Router } from '../../../src/router/router.js';
import { Kind } from '../../../src/wire/frame.js';
import { attachRaw, settled } from '../../support/raw-peer.js';
import type { RawPeer } from '../../support/raw-peer.js';
import { becomeReady, die, limits, listenerMock, ready } from '../../support/router-scene.js';
import type { ListenerMock } from '../../support/router-scene.js';

let listener: ListenerMock;
let router: Router;
let peers: RawPeer[];

beforeEach(async () => {
  listener = listenerMock();
  router = new Router(limits, listener);
  peers = await ready(router, 3);
});

function say(peer: RawPeer | undefined, is: string, offer = 1): void {
  peer?.send({ kind: Kind.job, body: JSON.stringify({ name: 'stats', offer, is }) });
}

async function offer(...from: readonly (RawPeer | undefined)[]): Promise<void> {
  for (const peer of from) say(peer, 'offered');
  await settled();
}

function ordersTo(peer: RawPeer | undefined): string[] {
  return (peer?.got(Kind.jobOrder) ?? []).map(({ text }) => (JSON.parse(text ?? '') as { do: string }).do);
}

/** What each of the first processes was told, by id. */
function orders(): string[][] {
  return peers.map(ordersTo);
}

/** A process on a place of its own that offers the work and is ready. */
async function standBy(place: Peer): Promise<RawPeer> {
  const successor = attachRaw(router, place, 2, limits);
  becomeReady(successor);
  await offer(successor);
  return successor;
}

describe('work that one cluster does for all', () => {
  it('is given to one, and who has it is known', async () => {
    await offer(peers[1], peers[0]);

    expect([orders(), router.workers]).toEqual([[[], ['run'], []], { stats: 1 }]);
    expect(listener.work).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ id: 1, generation: 1 }), {
      name: 'stats',
      is: 'started',
    });
  });

  it('waits for a cluster whose client is ready', async () => {
    router.resize(4);
    const newcomer = attachRaw(router, 3, 1, limits);
    newcomer.hello();
    await offer(newcomer);
    const before = ordersTo(newcomer);

    newcomer.send({ kind: Kind.ready });
    await settled();

    expect([before, ordersTo(newcomer)]).toEqual([[], ['run']]);
  });

  it('moves when the process is gone, and not when only its link has ended', async () => {
    await offer(...peers);

    peers[0]?.link.close();
    await settled();
    const before = orders();
    await die(router, undefined, 0);

    expect([before.slice(1), orders().slice(1)]).toEqual([
      [[], []],
      [['run'], []],
    ]);
  });

  it('moves when its cluster takes no new calls any more, once that has stopped; until then that is not idle', async () => {
    await offer(...peers);

    router.drain(0, 'stopped');
    await settled();
    const meanwhile = [orders(), router.isIdle(0)];
    say(peers[0], 'stopped');
    await settled();

    expect(meanwhile).toEqual([[['run', 'stop'], [], []], false]);
    expect([orders(), router.isIdle(0)]).toEqual([[['run', 'stop'], ['run'], []], true]);
  });

  it('is not given to a process that stands by, which gets it when it has taken over and the old one has stopped', async () => {
    await offer(peers[0]);
    const place = router.addSuccessor(0);
    const successor = await standBy(place);
    const before = ordersTo(successor);

    router.promote(place);
    await settled();
    const switched = [ordersTo(peers[0]), ordersTo(successor)];
    say(peers[0], 'stopped');
    await settled();

    expect([before, switched, ordersTo(successor)]).toEqual([[], [['run', 'stop'], []], ['run']]);
  });

  it('moves to a new set of clusters with its switch, when the old one is gone at the latest', async () => {
    await offer(...peers);
    const places = router.addSet(2);
    const set = await Promise.all(places.map(standBy));

    router.promoteSet(places);
    await settled();
    const switched = [orders(), set.map(ordersTo)];
    peers[0]?.link.close();
    await settled();
    const [old] = listener.hello.mock.calls[0] as unknown as [Peer];
    router.detach(old, 'stopped');
    await settled();

    expect(switched).toEqual([
      [['run', 'stop'], [], []],
      [[], []],
    ]);
    expect(set.map(ordersTo)).toEqual([['run'], []]);
  });

  it('moves to nobody once the bot shuts down', async () => {
    await offer(...peers);

    router.close();
    await die(router, peers[0], 0, 'stopped');

    expect(orders().slice(1)).toEqual([[], []]);
  });

  it.each([
    '{}',
    '{"name":5,"offer":1,"is":"offered"}',
    '{"name":"x","offer":1,"is":"mine"}',
    '{"name":"x","is":"offered"}',
  ])('ends the link of one who says %s of it', async (body) => {
    peers[0]?.send({ kind: Kind.job, body });
    await settled();

    expect(listener.linkEnd).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ id: 0 }),
      expect.objectContaining({ by: 'garbage' }),
    );
  });
});
