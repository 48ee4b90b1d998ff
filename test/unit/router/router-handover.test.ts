import { beforeEach, describe, expect, it } from 'vitest';
import type { Peer } from '../../../src/router/peer.js';
import { Router } from '../../../src/router/router.js';
import { ALL_CLUSTERS, ANY_CLUSTER } from '../../../src/wire/address.js';
import { Kind } from '../../../src/wire/frame.js';
import { attachRaw, attachRawManager, settled } from '../../support/raw-peer.js';
import type { RawPeer } from '../../support/raw-peer.js';
import {
  becomeReady,
  limits,
  listenerMock,
  startReady,
  request,
  result,
} from '../../support/router-fixture.js';
import type { ListenerMock } from '../../support/router-fixture.js';

let listener: ListenerMock;
let router: Router;
let peers: RawPeer[];

beforeEach(async () => {
  listener = listenerMock();
  router = new Router(limits, listener);
  peers = await startReady(router, 2);
});

/** Starts a second process of cluster 1, which stays up without being ready unless `isReady`. */
async function startStandby(
  isReady: boolean,
): Promise<{ readonly standby: Peer; readonly replacement: RawPeer }> {
  const standby = router.addStandby(1);
  const replacement = attachRaw(router, standby, 2, limits);
  replacement.hello(['work']);
  if (isReady) replacement.send({ kind: Kind.ready });
  await settled();
  return { standby, replacement };
}

function requestsTo(peer: RawPeer | undefined): number {
  return peer?.got(Kind.request).length ?? 0;
}

describe('a standby', () => {
  it('gets neither calls nor events, and is not announced to the others', async () => {
    const [caller, old] = peers as [RawPeer, RawPeer];
    const announced = caller.got(Kind.peer).length;
    const { replacement } = await startStandby(true);

    caller.send(request(1, 1), request(ANY_CLUSTER, 2), request(ALL_CLUSTERS, 3));
    caller.send({ kind: Kind.event, peer: ALL_CLUSTERS, inlineName: 'note' });
    await settled();

    expect([requestsTo(replacement), replacement.got(Kind.event)]).toEqual([0, []]);
    expect([requestsTo(old), old.got(Kind.event).length]).toEqual([2, 1]);
    expect(caller.got(Kind.peer)).toHaveLength(announced);
    expect(listener.onReady).toHaveBeenCalledWith(expect.objectContaining({ id: 1, generation: 2 }));
  });

  it('may call others and gets answers', async () => {
    const { replacement } = await startStandby(true);

    replacement.send(request(0, 7));
    await settled();
    const { correlation, generation } = await (peers[0] as RawPeer).next(Kind.request);
    peers[0]?.send(result(correlation, undefined, { generation }));
    await settled();

    expect(replacement.answers()).toEqual([[Kind.result, 7, `"answer ${correlation}"`]]);
  });

  it('is removed when it dies, and the active process goes on', async () => {
    const [caller, old] = peers as [RawPeer, RawPeer];
    const { standby } = await startStandby(true);

    router.detach(standby, 'stopped');
    caller.send(request(1, 1));
    await settled();

    expect(requestsTo(old)).toBe(1);
    expect(router.stateOf(1)).toBe('ready');
  });
});

describe('a promotion', () => {
  it('sends new calls to the new process, while calls in flight end at the old one', async () => {
    const [caller, old] = peers as [RawPeer, RawPeer];
    const { standby, replacement } = await startStandby(true);
    caller.send(request(1, 1));
    await settled();

    router.promote(standby);
    caller.send(request(1, 2));
    await settled();
    const first = old.got(Kind.request)[0];
    const second = replacement.got(Kind.request)[0];
    old.send(result(first?.correlation ?? 0, '"old"'));
    replacement.send(result(second?.correlation ?? 0, '"new"'));
    await settled();

    expect(caller.answers()).toEqual([
      [Kind.result, 1, '"old"'],
      [Kind.result, 2, '"new"'],
    ]);
  });

  it('accepts no answer from the new process to a call that the old one works on', async () => {
    const [caller, old] = peers as [RawPeer, RawPeer];
    const { standby, replacement } = await startStandby(true);
    caller.send(request(1, 1));
    await settled();
    const { correlation } = old.got(Kind.request)[0] ?? { correlation: 0 };

    router.promote(standby);
    replacement.send(result(correlation, '"not asked"'));
    await settled();

    expect(caller.answers()).toEqual([]);
  });

  it('of a process that is not ready queues calls until it is, calls to all included, but no events', async () => {
    const [caller] = peers as [RawPeer];
    const { standby, replacement } = await startStandby(false);

    router.promote(standby);
    caller.send(request(1, 1), request(ALL_CLUSTERS, 2));
    caller.send({ kind: Kind.event, peer: 1, inlineName: 'note' });
    await settled();
    const before = [requestsTo(replacement), replacement.got(Kind.event).length, router.waitingCount];
    replacement.send({ kind: Kind.ready });
    await settled();

    expect(before).toEqual([0, 1, 2]);
    expect([requestsTo(replacement), router.waitingCount]).toEqual([2, 0]);
  });

  it('dispatches the calls that waited for the process before', async () => {
    const [caller, old] = peers as [RawPeer, RawPeer];
    old.link.close();
    await settled();
    caller.send(request(1, 1));
    await settled();
    const { standby, replacement } = await startStandby(true);

    router.promote(standby);
    await settled();

    expect(requestsTo(replacement)).toBe(1);
  });

  it('lets the old process finish: it still calls others and answers', async () => {
    const [other, old] = peers as [RawPeer, RawPeer];
    const { standby, replacement } = await startStandby(true);
    router.promote(standby);

    old.send(request(0, 5), request(ALL_CLUSTERS, 6));
    await settled();
    for (const { correlation } of other.got(Kind.request)) other.send(result(correlation, '"yes"'));
    await settled();

    expect(old.answers()).toEqual([
      [Kind.result, 5, '"yes"'],
      [Kind.result, 6, '"yes"'],
    ]);
    // Its replacement is the same cluster, so a call to all others does not go there.
    expect(requestsTo(replacement)).toBe(0);
    expect(router.isIdle(standby)).toBe(true);
  });

  it('ends the calls in flight to the old process when that dies, and no others', async () => {
    const [caller, old] = peers as [RawPeer, RawPeer];
    const { standby, replacement } = await startStandby(true);
    caller.send(request(1, 1));
    await settled();
    router.promote(standby);
    caller.send(request(1, 2));
    await settled();

    old.link.close();
    await settled();
    replacement.send(result(replacement.got(Kind.request)[0]?.correlation ?? 0, '"alive"'));
    await settled();

    expect(caller.rejections()).toEqual([[1, 'CLUSTER_DIED']]);
    expect(caller.answers()).toContainEqual([Kind.result, 2, '"alive"']);
    expect(router.stateOf(1)).toBe('ready');
  });
});

describe('a second set of clusters', () => {
  it('sees only itself until it is promoted; then the manager sees the new set, and the old set sees itself', async () => {
    const manager = attachRawManager(router, limits);
    const newPeers = router.addSet(3);
    const next = newPeers.map((peer) => attachRaw(router, peer, 2, limits));
    for (const peer of next) becomeReady(peer);
    await settled();
    next[0]?.send(request(2, 1));
    peers[0]?.send(request(2, 2));
    manager.send(request(2, 3));
    await settled();

    expect([requestsTo(next[2]), peers[0]?.rejections(), manager.rejections()]).toEqual([
      1,
      [[2, 'CLUSTER_NOT_FOUND']],
      [[2, 'CLUSTER_NOT_FOUND']],
    ]);
    listener.onState.mockClear();

    router.promoteSet(newPeers);
    manager.send(request(2, 4), request(1, 5));
    peers[0]?.send(request(1, 6));
    await settled();

    expect([requestsTo(next[2]), requestsTo(next[1]), requestsTo(peers[1])]).toEqual([2, 1, 1]);
    expect(listener.onState.mock.calls).toEqual([
      [0, 'ready'],
      [1, 'ready'],
      [2, 'ready'],
    ]);
  });
});
