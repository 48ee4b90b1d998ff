import { beforeEach, describe, expect, it } from 'vitest';
import { Router } from '../../../src/router/router.js';
import { ALL_CLUSTERS, ANY_CLUSTER } from '../../../src/wire/address.js';
import { Kind } from '../../../src/wire/frame.js';
import { attachRaw, attachRawManager, settled } from '../../support/raw-peer.js';
import type { RawPeer } from '../../support/raw-peer.js';
import {
  becomeReady,
  killPeer,
  limits,
  startReady,
  request,
  stubLink,
  result,
} from '../../support/router-fixture.js';

let router: Router;

beforeEach(() => {
  router = new Router(limits);
});

describe('a call to all clusters', () => {
  it('is forwarded to every cluster that is up, and rejected at once for every other', async () => {
    const [caller, up, dead, starting] = (await startReady(router, 4)) as [
      RawPeer,
      RawPeer,
      RawPeer,
      RawPeer,
    ];
    await killPeer(router, dead, 2, 'stopped');
    await killPeer(router, starting, 3, 'starting');

    caller.send(request(ALL_CLUSTERS, 5));
    const { correlation } = await up.next(Kind.request);
    const atOnce = caller.rejections();
    up.send(result(correlation));
    await settled();

    expect(atOnce).toEqual([
      [2, 'CLUSTER_UNAVAILABLE'],
      [3, 'CLUSTER_UNAVAILABLE'],
    ]);
    expect(await caller.next(Kind.result)).toMatchObject({ peer: 1, correlation: 5 });
    expect(caller.got(Kind.request, Kind.serveLocally, Kind.queued)).toEqual([]);
  });

  it('reaches each under a different id, with the same data', async () => {
    const [caller, one, other] = (await startReady(router, 3)) as [RawPeer, RawPeer, RawPeer];

    caller.send(request(ALL_CLUSTERS, 5, { body: '{"same":1}' }));
    const frames = [await one.next(Kind.request), await other.next(Kind.request)];

    expect(frames.map(({ text, peer }) => [text, peer])).toEqual([
      ['{"same":1}', 0],
      ['{"same":1}', 0],
    ]);
    expect(frames[0]?.correlation).not.toBe(frames[1]?.correlation);
  });

  it('is cancelled wherever it still runs', async () => {
    const [caller, one, other] = (await startReady(router, 3)) as [RawPeer, RawPeer, RawPeer];
    caller.send(request(ALL_CLUSTERS, 5));
    const { correlation } = await one.next(Kind.request);
    one.send(result(correlation));
    await settled();

    caller.send({ kind: Kind.cancel, correlation: 5 });
    await settled();

    expect([one.got(Kind.cancel).length, other.got(Kind.cancel).length, router.inFlightCount]).toEqual([
      0, 1, 0,
    ]);
  });
});

describe('a call to any cluster', () => {
  it('goes in turn to the clusters with the fewest calls in flight, the caller included', async () => {
    const peers = await startReady(router, 3);
    const caller = peers[0] as RawPeer;

    caller.send(...[1, 2, 3, 4].map((correlation) => request(ANY_CLUSTER, correlation)));
    await settled();

    expect(peers.slice(1).map((peer) => peer.got(Kind.request).map(({ text }) => text))).toEqual([
      ['2'],
      ['3'],
    ]);
    expect(caller.got(Kind.serveLocally).map(({ correlation }) => correlation)).toEqual([1, 4]);
  });

  it('goes only to clusters that have the handler', async () => {
    router.resize(3);
    const peers = [0, 1, 2].map((id) => attachRaw(router, id, 1, limits));
    peers.forEach((peer, id) => becomeReady(peer, id === 2 ? ['rare'] : []));
    await settled();

    peers[0]?.send(
      request(ANY_CLUSTER, 1, { inlineName: 'rare' }),
      request(ANY_CLUSTER, 2, { inlineName: 'rare' }),
    );
    await settled();

    expect(peers.map((peer) => peer.got(Kind.request).length)).toEqual([0, 0, 2]);
  });

  it('is rejected with NO_HANDLER when all are ready and none has the handler', async () => {
    const [caller] = (await startReady(router, 2)) as [RawPeer];

    caller.send(request(ANY_CLUSTER, 1, { inlineName: 'nonExistent' }));
    await settled();

    expect(caller.rejections()).toEqual([[ANY_CLUSTER, 'NO_HANDLER']]);
  });

  it('does not go to a cluster that has removed its handler', async () => {
    const [caller, other] = (await startReady(router, 2)) as [RawPeer, RawPeer];

    other.send({ kind: Kind.unregister, body: '{"handlers":["work"],"events":[]}' });
    await settled();
    caller.send(request(ANY_CLUSTER, 1), request(ANY_CLUSTER, 2));
    await settled();

    expect([other.got(Kind.request).length, caller.got(Kind.serveLocally).length]).toEqual([0, 2]);
  });

  it('tells a caller that is to serve the call itself how much time is left', async () => {
    const [caller] = (await startReady(router, 1)) as [RawPeer];

    caller.send(request(ANY_CLUSTER, 1, { remainingMs: 1234 }));

    expect(await caller.next(Kind.serveLocally)).toMatchObject({ correlation: 1, remainingMs: 1234 });
  });

  it('never goes to the manager', async () => {
    const manager = attachRawManager(router, limits);
    const [caller, other] = (await startReady(router, 2)) as [RawPeer, RawPeer];
    manager.hello(['work']);
    await killPeer(router, other, 1, 'stopped');

    caller.send(
      { kind: Kind.unregister, body: '{"handlers":["work"],"events":[]}' },
      request(ANY_CLUSTER, 1),
    );
    await settled();

    expect(manager.got(Kind.request)).toEqual([]);
    expect(caller.rejections()).toEqual([[ANY_CLUSTER, 'NO_HANDLER']]);
  });
});

describe('a call that cannot run', () => {
  it('is rejected when there is no such cluster', async () => {
    const [caller] = (await startReady(router, 2)) as [RawPeer];

    caller.send(request(2, 5), request(-7, 6));
    await settled();

    expect(caller.rejections()).toEqual([
      [2, 'CLUSTER_NOT_FOUND'],
      [-7, 'CLUSTER_NOT_FOUND'],
    ]);
  });

  it('is rejected when its target is stopped', async () => {
    const [caller, target] = (await startReady(router, 2)) as [RawPeer, RawPeer];
    await killPeer(router, target, 1, 'stopped');

    caller.send(request(1, 5));
    await settled();

    expect(caller.rejections()).toEqual([[1, 'CLUSTER_UNAVAILABLE']]);
  });

  it('is rejected while too many calls to its target are in flight', async () => {
    const [caller, target] = (await startReady(router, 2)) as [RawPeer, RawPeer];
    caller.send(...[1, 2, 3, 4].map((correlation) => request(1, correlation)));
    const { correlation } = await target.next(Kind.request, 3);
    await settled();
    const rejected = caller.rejections();

    target.send(result(correlation));
    await settled();
    caller.send(request(1, 5));
    await settled();

    expect(rejected).toEqual([[1, 'OVERLOADED']]);
    expect(target.got(Kind.request)).toHaveLength(4);
  });

  it('is rejected when its target does not read', async () => {
    router.resize(2);
    const caller = attachRaw(router, 0, 1, limits);
    const target = stubLink();
    router.attach(1, 1, target.link);
    target.deliver({
      kind: Kind.hello,
      body: '{"protocol":{"major":1,"minor":0},"handlers":["work"],"events":[]}',
    });
    target.full = true;

    caller.send(request(1, 5));
    await settled();

    expect(caller.rejections()).toEqual([[1, 'OVERLOADED']]);
    expect(target.sent(Kind.request)).toEqual([]);
  });
});

describe('a router that is closing', () => {
  it('rejects new and waiting calls, and lets calls in flight end', async () => {
    const [caller, target, gone] = (await startReady(router, 3)) as [RawPeer, RawPeer, RawPeer];
    await killPeer(router, gone, 2);
    caller.send(request(1, 1), request(2, 2));
    const { correlation } = await target.next(Kind.request);
    await caller.next(Kind.queued);

    router.close();
    caller.send(request(1, 3), request(ANY_CLUSTER, 4), request(ALL_CLUSTERS, 5));
    await settled();
    target.send(result(correlation));
    await settled();

    expect(caller.rejections()).toEqual([
      [2, 'SHUTTING_DOWN'],
      [1, 'SHUTTING_DOWN'],
      [ANY_CLUSTER, 'SHUTTING_DOWN'],
      [1, 'SHUTTING_DOWN'],
      [2, 'SHUTTING_DOWN'],
    ]);
    expect(await caller.next(Kind.result)).toMatchObject({ correlation: 1 });
  });
});
