import { beforeEach, describe, expect, it } from 'vitest';
import { Router } from '../../../src/router/router.js';
import { ALL_CLUSTERS, ANY_CLUSTER } from '../../../src/wire/address.js';
import { Kind } from '../../../src/wire/frame.js';
import { attachRaw, attachRawManager, settled } from '../../support/raw-peer.js';
import type { RawPeer } from '../../support/raw-peer.js';
import { becomeReady, die, limits, ready, request, stubLink, value } from '../../support/router-scene.js';

let router: Router;

beforeEach(() => {
  router = new Router(limits);
});

describe('a call to all', () => {
  it('has an entry for each: forwarded where it is up, refused at once where it is not', async () => {
    const [caller, up, dead, starting] = (await ready(router, 4)) as [RawPeer, RawPeer, RawPeer, RawPeer];
    await die(router, dead, 2, 'stopped');
    await die(router, starting, 3, 'starting');

    caller.send(request(ALL_CLUSTERS, 5));
    const { correlation } = await up.next(Kind.request);
    const atOnce = caller.refusals();
    up.send(value(correlation));
    await settled();

    expect(atOnce).toEqual([
      [2, 'CLUSTER_UNAVAILABLE'],
      [3, 'CLUSTER_UNAVAILABLE'],
    ]);
    expect(await caller.next(Kind.result)).toMatchObject({ peer: 1, correlation: 5 });
    expect(caller.got(Kind.request, Kind.serveLocally, Kind.queued)).toEqual([]);
  });

  it('reaches each under a number of its own, with the same data', async () => {
    const [caller, one, other] = (await ready(router, 3)) as [RawPeer, RawPeer, RawPeer];

    caller.send(request(ALL_CLUSTERS, 5, { body: '{"same":1}' }));
    const frames = [await one.next(Kind.request), await other.next(Kind.request)];

    expect(frames.map(({ text, peer }) => [text, peer])).toEqual([
      ['{"same":1}', 0],
      ['{"same":1}', 0],
    ]);
    expect(frames[0]?.correlation).not.toBe(frames[1]?.correlation);
  });

  it('is cancelled everywhere it is worked on', async () => {
    const [caller, one, other] = (await ready(router, 3)) as [RawPeer, RawPeer, RawPeer];
    caller.send(request(ALL_CLUSTERS, 5));
    const { correlation } = await one.next(Kind.request);
    one.send(value(correlation));
    await settled();

    caller.send({ kind: Kind.cancel, correlation: 5 });
    await settled();

    expect([one.got(Kind.cancel).length, other.got(Kind.cancel).length, router.flightCount]).toEqual([
      0, 1, 0,
    ]);
  });
});

describe('a call to any cluster', () => {
  it('goes in turn to those with the fewest flights, the caller included', async () => {
    const peers = await ready(router, 3);
    const caller = peers[0] as RawPeer;

    caller.send(...[1, 2, 3, 4].map((correlation) => request(ANY_CLUSTER, correlation)));
    await settled();

    expect(peers.slice(1).map((peer) => peer.got(Kind.request).map(({ text }) => text))).toEqual([
      ['2'],
      ['3'],
    ]);
    expect(caller.got(Kind.serveLocally).map(({ correlation }) => correlation)).toEqual([1, 4]);
  });

  it('goes only to those that have the handler', async () => {
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

  it('is refused with NO_HANDLER when all are ready and none has it', async () => {
    const [caller] = (await ready(router, 2)) as [RawPeer];

    caller.send(request(ANY_CLUSTER, 1, { inlineName: 'nonExistent' }));
    await settled();

    expect(caller.refusals()).toEqual([[ANY_CLUSTER, 'NO_HANDLER']]);
  });

  it('goes no more to one that took its handler back', async () => {
    const [caller, other] = (await ready(router, 2)) as [RawPeer, RawPeer];

    other.send({ kind: Kind.unregister, body: '{"handlers":["work"],"events":[]}' });
    await settled();
    caller.send(request(ANY_CLUSTER, 1), request(ANY_CLUSTER, 2));
    await settled();

    expect([other.got(Kind.request).length, caller.got(Kind.serveLocally).length]).toEqual([0, 2]);
  });

  it('says how long the caller still waits when the caller is to answer itself', async () => {
    const [caller] = (await ready(router, 1)) as [RawPeer];

    caller.send(request(ANY_CLUSTER, 1, { remainingMs: 1234 }));

    expect(await caller.next(Kind.serveLocally)).toMatchObject({ correlation: 1, remainingMs: 1234 });
  });

  it('never goes to the manager', async () => {
    const manager = attachRawManager(router, limits);
    const [caller, other] = (await ready(router, 2)) as [RawPeer, RawPeer];
    manager.hello(['work']);
    await die(router, other, 1, 'stopped');

    caller.send(
      { kind: Kind.unregister, body: '{"handlers":["work"],"events":[]}' },
      request(ANY_CLUSTER, 1),
    );
    await settled();

    expect(manager.got(Kind.request)).toEqual([]);
    expect(caller.refusals()).toEqual([[ANY_CLUSTER, 'NO_HANDLER']]);
  });
});

describe('a call that cannot run', () => {
  it('is refused when there is no such cluster', async () => {
    const [caller] = (await ready(router, 2)) as [RawPeer];

    caller.send(request(2, 5), request(-7, 6));
    await settled();

    expect(caller.refusals()).toEqual([
      [2, 'CLUSTER_NOT_FOUND'],
      [-7, 'CLUSTER_NOT_FOUND'],
    ]);
  });

  it('is refused when its target is stopped', async () => {
    const [caller, target] = (await ready(router, 2)) as [RawPeer, RawPeer];
    await die(router, target, 1, 'stopped');

    caller.send(request(1, 5));
    await settled();

    expect(caller.refusals()).toEqual([[1, 'CLUSTER_UNAVAILABLE']]);
  });

  it('is refused when too many are on their way to its target, and may go again when one has ended', async () => {
    const [caller, target] = (await ready(router, 2)) as [RawPeer, RawPeer];
    caller.send(...[1, 2, 3, 4].map((correlation) => request(1, correlation)));
    const { correlation } = await target.next(Kind.request, 3);
    await settled();
    const refused = caller.refusals();

    target.send(value(correlation));
    await settled();
    caller.send(request(1, 5));
    await settled();

    expect(refused).toEqual([[1, 'OVERLOADED']]);
    expect(target.got(Kind.request)).toHaveLength(4);
  });

  it('is refused when its target does not read', async () => {
    router.resize(2);
    const caller = attachRaw(router, 0, 1, limits);
    const target = stubLink();
    router.attach(1, 1, target.link);
    target.say({ kind: Kind.hello, body: '{"handlers":["work"],"events":[]}' });
    target.full = true;

    caller.send(request(1, 5));
    await settled();

    expect(caller.refusals()).toEqual([[1, 'OVERLOADED']]);
    expect(target.sent(Kind.request)).toEqual([]);
  });
});

describe('a router that closes', () => {
  it('refuses what comes and what waits, and lets end what is on its way', async () => {
    const [caller, target, gone] = (await ready(router, 3)) as [RawPeer, RawPeer, RawPeer];
    await die(router, gone, 2);
    caller.send(request(1, 1), request(2, 2));
    const { correlation } = await target.next(Kind.request);
    await caller.next(Kind.queued);

    router.close();
    caller.send(request(1, 3), request(ANY_CLUSTER, 4), request(ALL_CLUSTERS, 5));
    await settled();
    target.send(value(correlation));
    await settled();

    expect(caller.refusals()).toEqual([
      [2, 'SHUTTING_DOWN'],
      [1, 'SHUTTING_DOWN'],
      [ANY_CLUSTER, 'SHUTTING_DOWN'],
      [1, 'SHUTTING_DOWN'],
      [2, 'SHUTTING_DOWN'],
    ]);
    expect(await caller.next(Kind.result)).toMatchObject({ correlation: 1 });
  });
});
