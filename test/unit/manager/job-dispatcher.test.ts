import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { JobUpdate } from '../../../src/manager/jobs/assignments.js';
import { JobDispatcher } from '../../../src/manager/jobs/dispatcher.js';
import type { Peer } from '../../../src/router/peer.js';
import { Router } from '../../../src/router/router.js';
import { Kind } from '../../../src/wire/frame.js';
import { attachRaw, settled } from '../../support/raw-peer.js';
import type { RawPeer } from '../../support/raw-peer.js';
import { becomeReady, killPeer, limits, listenerMock, startReady } from '../../support/router-fixture.js';
import type { ListenerMock } from '../../support/router-fixture.js';

let listener: ListenerMock;
let router: Router;
let jobs: JobDispatcher;
const onUpdate = vi.fn<(peer: Peer, update: JobUpdate) => void>();
let peers: RawPeer[];

beforeEach(async () => {
  listener = listenerMock();
  router = new Router(limits, listener);
  onUpdate.mockClear();
  jobs = new JobDispatcher(router, onUpdate);
  peers = await startReady(router, 3);
});

function report(peer: RawPeer | undefined, status: string, registrationId = 1): void {
  peer?.send({ kind: Kind.job, body: JSON.stringify({ name: 'stats', registrationId, status }) });
}

async function register(...from: readonly (RawPeer | undefined)[]): Promise<void> {
  for (const peer of from) report(peer, 'registered');
  await settled();
}

function ordersTo(peer: RawPeer | undefined): string[] {
  const orders = peer?.got(Kind.jobOrder) ?? [];
  return orders.map(({ text }) => (JSON.parse(text ?? '') as { action: string }).action);
}

/** The orders that each of the first processes got, by id. */
function orders(): string[][] {
  return peers.map(ordersTo);
}

/** A standby process that is a candidate for the job and is ready. */
async function startStandby(standby: Peer): Promise<RawPeer> {
  const successor = attachRaw(router, standby, 2, limits);
  becomeReady(successor);
  await register(successor);
  return successor;
}

describe('a job that one cluster runs for all', () => {
  it('is assigned to one cluster, and the assignment is known', async () => {
    await register(peers[1], peers[0]);

    expect([orders(), jobs.assignees]).toEqual([[[], ['assign'], []], { stats: 1 }]);
    expect(onUpdate).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ id: 1, generation: 1 }), {
      name: 'stats',
      status: 'started',
    });
  });

  it('waits for a cluster whose client is ready', async () => {
    router.resize(4);
    const newcomer = attachRaw(router, 3, 1, limits);
    newcomer.hello();
    await register(newcomer);
    const before = ordersTo(newcomer);

    newcomer.send({ kind: Kind.ready });
    await settled();

    expect([before, ordersTo(newcomer)]).toEqual([[], ['assign']]);
  });

  it('moves when the process is gone, and not when only its link has ended', async () => {
    await register(...peers);

    peers[0]?.link.close();
    await settled();
    const before = orders();
    await killPeer(router, undefined, 0);

    expect([before.slice(1), orders().slice(1)]).toEqual([
      [[], []],
      [['assign'], []],
    ]);
  });

  it('moves when its cluster drains, once the job has stopped; until then the process has a job', async () => {
    await register(...peers);

    router.drain(0, 'stopped');
    await settled();
    const [peer] = router.resize(3) as [Peer, ...Peer[]];
    const meanwhile = [orders(), jobs.hasJob(peer)];
    report(peers[0], 'stopped');
    await settled();

    expect(meanwhile).toEqual([[['assign', 'revoke'], [], []], true]);
    expect([orders(), jobs.hasJob(peer)]).toEqual([[['assign', 'revoke'], ['assign'], []], false]);
  });

  it('is not assigned to a standby, which gets it when it was promoted and the old process has stopped the job', async () => {
    await register(peers[0]);
    const standby = router.addStandby(0);
    const successor = await startStandby(standby);
    const before = ordersTo(successor);

    router.promote(standby);
    await settled();
    const switched = [ordersTo(peers[0]), ordersTo(successor)];
    report(peers[0], 'stopped');
    await settled();

    expect([before, switched, ordersTo(successor)]).toEqual([[], [['assign', 'revoke'], []], ['assign']]);
  });

  it('moves to a new set of clusters with its promotion, when the old process is gone at the latest', async () => {
    await register(...peers);
    const standbys = router.addSet(2);
    const set = await Promise.all(standbys.map(startStandby));

    router.promoteSet(standbys);
    await settled();
    const switched = [orders(), set.map(ordersTo)];
    peers[0]?.link.close();
    await settled();
    const [old] = listener.onHello.mock.calls[0] as unknown as [Peer];
    router.detach(old, 'stopped');
    await settled();

    expect(switched).toEqual([
      [['assign', 'revoke'], [], []],
      [[], []],
    ]);
    expect(set.map(ordersTo)).toEqual([['assign'], []]);
  });

  it('is not assigned any more once the bot shuts down', async () => {
    await register(...peers);

    jobs.close();
    await killPeer(router, peers[0], 0, 'stopped');

    expect(orders().slice(1)).toEqual([[], []]);
  });

  it.each([
    '{}',
    '{"name":5,"registrationId":1,"status":"registered"}',
    '{"name":"x","registrationId":1,"status":"mine"}',
    '{"name":"x","status":"registered"}',
  ])('ends the link of a process that reports %s', async (body) => {
    peers[0]?.send({ kind: Kind.job, body });
    await settled();

    expect(listener.onLinkEnd).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ id: 0 }),
      expect.objectContaining({ by: 'garbage' }),
    );
  });
});
