import { beforeEach, describe, expect, it } from 'vitest';
import type { Peer } from '../../../src/router/peer.js';
import { Router } from '../../../src/router/router.js';
import { ALL_CLUSTERS, ANY_CLUSTER } from '../../../src/wire/address.js';
import { Kind } from '../../../src/wire/frame.js';
import { attachRaw, attachRawManager, settled } from '../../support/raw-peer.js';
import type { RawPeer } from '../../support/raw-peer.js';
import { becomeReady, limits, listenerMock, ready, request, value } from '../../support/router-scene.js';
import type { ListenerMock } from '../../support/router-scene.js';

let listener: ListenerMock;
let router: Router;
let peers: RawPeer[];

beforeEach(async () => {
  listener = listenerMock();
  router = new Router(limits, listener);
  peers = await ready(router, 2);
});

/** A second process of cluster 1, up but not ready unless said otherwise. */
async function standBy(isReady: boolean): Promise<{ readonly place: Peer; readonly successor: RawPeer }> {
  const place = router.addSuccessor(1);
  const successor = attachRaw(router, place, 2, limits);
  successor.hello(['work']);
  if (isReady) successor.send({ kind: Kind.ready });
  await settled();
  return { place, successor };
}

function requestsTo(peer: RawPeer | undefined): number {
  return peer?.got(Kind.request).length ?? 0;
}

describe('a process that stands by', () => {
  it('gets neither calls nor events, and nobody is told of it', async () => {
    const [caller, old] = peers as [RawPeer, RawPeer];
    const told = caller.got(Kind.peer).length;
    const { successor } = await standBy(true);

    caller.send(request(1, 1), request(ANY_CLUSTER, 2), request(ALL_CLUSTERS, 3));
    caller.send({ kind: Kind.event, peer: ALL_CLUSTERS, inlineName: 'note' });
    await settled();

    expect([requestsTo(successor), successor.got(Kind.event)]).toEqual([0, []]);
    expect([requestsTo(old), old.got(Kind.event).length]).toEqual([2, 1]);
    expect(caller.got(Kind.peer)).toHaveLength(told);
    expect(listener.ready).toHaveBeenCalledWith(expect.objectContaining({ id: 1, generation: 2 }));
  });

  it('may call others, and is answered', async () => {
    const { successor } = await standBy(true);

    successor.send(request(0, 7));
    await settled();
    const { correlation, generation } = await (peers[0] as RawPeer).next(Kind.request);
    peers[0]?.send(value(correlation, undefined, { generation }));
    await settled();

    expect(successor.answers()).toEqual([[Kind.result, 7, `"answer ${correlation}"`]]);
  });

  it('is forgotten when it dies, and the other serves on', async () => {
    const [caller, old] = peers as [RawPeer, RawPeer];
    const { place } = await standBy(true);

    router.detach(place, 'stopped');
    caller.send(request(1, 1));
    await settled();

    expect(requestsTo(old)).toBe(1);
    expect(router.stateOf(1)).toBe('ready');
  });
});

describe('a promotion', () => {
  it('sends what comes from now on to the new process; what is in flight ends at the old one', async () => {
    const [caller, old] = peers as [RawPeer, RawPeer];
    const { place, successor } = await standBy(true);
    caller.send(request(1, 1));
    await settled();

    router.promote(place);
    caller.send(request(1, 2));
    await settled();
    const first = old.got(Kind.request)[0];
    const second = successor.got(Kind.request)[0];
    old.send(value(first?.correlation ?? 0, '"old"'));
    successor.send(value(second?.correlation ?? 0, '"new"'));
    await settled();

    expect(caller.answers()).toEqual([
      [Kind.result, 1, '"old"'],
      [Kind.result, 2, '"new"'],
    ]);
  });

  it('believes no answer of the new process to a call that the old one has', async () => {
    const [caller, old] = peers as [RawPeer, RawPeer];
    const { place, successor } = await standBy(true);
    caller.send(request(1, 1));
    await settled();
    const { correlation } = old.got(Kind.request)[0] ?? { correlation: 0 };

    router.promote(place);
    successor.send(value(correlation, '"not asked"'));
    await settled();

    expect(caller.answers()).toEqual([]);
  });

  it('of one that is not ready lets calls wait until it is, calls to all included, but no events', async () => {
    const [caller] = peers as [RawPeer];
    const { place, successor } = await standBy(false);

    router.promote(place);
    caller.send(request(1, 1), request(ALL_CLUSTERS, 2));
    caller.send({ kind: Kind.event, peer: 1, inlineName: 'note' });
    await settled();
    const before = [requestsTo(successor), successor.got(Kind.event).length, router.waitingCount];
    successor.send({ kind: Kind.ready });
    await settled();

    expect(before).toEqual([0, 1, 2]);
    expect([requestsTo(successor), router.waitingCount]).toEqual([2, 0]);
  });

  it('takes along the calls that waited for the one before', async () => {
    const [caller, old] = peers as [RawPeer, RawPeer];
    old.link.close();
    await settled();
    caller.send(request(1, 1));
    await settled();
    const { place, successor } = await standBy(true);

    router.promote(place);
    await settled();

    expect(requestsTo(successor)).toBe(1);
  });

  it('lets the old process finish: it calls others and is answered, and its answers count', async () => {
    const [other, old] = peers as [RawPeer, RawPeer];
    const { place, successor } = await standBy(true);
    router.promote(place);

    old.send(request(0, 5), request(ALL_CLUSTERS, 6));
    await settled();
    for (const { correlation } of other.got(Kind.request)) other.send(value(correlation, '"yes"'));
    await settled();

    expect(old.answers()).toEqual([
      [Kind.result, 5, '"yes"'],
      [Kind.result, 6, '"yes"'],
    ]);
    // Its successor is the same cluster, so a call to all others does not go there.
    expect(requestsTo(successor)).toBe(0);
    expect(router.isIdle(place)).toBe(true);
  });

  it('ends what is in flight to the old process when that dies, and nothing else', async () => {
    const [caller, old] = peers as [RawPeer, RawPeer];
    const { place, successor } = await standBy(true);
    caller.send(request(1, 1));
    await settled();
    router.promote(place);
    caller.send(request(1, 2));
    await settled();

    old.link.close();
    await settled();
    successor.send(value(successor.got(Kind.request)[0]?.correlation ?? 0, '"alive"'));
    await settled();

    expect(caller.refusals()).toEqual([[1, 'CLUSTER_DIED']]);
    expect(caller.answers()).toContainEqual([Kind.result, 2, '"alive"']);
    expect(router.stateOf(1)).toBe('ready');
  });
});

describe('a second set of clusters', () => {
  it('sees only itself until it is promoted; then the manager is with it, and the old ones see each other', async () => {
    const manager = attachRawManager(router, limits);
    const places = router.addSet(3);
    const next = places.map((place) => attachRaw(router, place, 2, limits));
    for (const peer of next) becomeReady(peer);
    await settled();
    next[0]?.send(request(2, 1));
    peers[0]?.send(request(2, 2));
    manager.send(request(2, 3));
    await settled();

    expect([requestsTo(next[2]), peers[0]?.refusals(), manager.refusals()]).toEqual([
      1,
      [[2, 'CLUSTER_NOT_FOUND']],
      [[2, 'CLUSTER_NOT_FOUND']],
    ]);
    listener.state.mockClear();

    router.promoteSet(places);
    manager.send(request(2, 4), request(1, 5));
    peers[0]?.send(request(1, 6));
    await settled();

    expect([requestsTo(next[2]), requestsTo(next[1]), requestsTo(peers[1])]).toEqual([2, 1, 1]);
    expect(listener.state.mock.calls).toEqual([
      [0, 'ready'],
      [1, 'ready'],
      [2, 'ready'],
    ]);
  });
});
