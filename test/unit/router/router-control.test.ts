import { beforeEach, describe, expect, it } from 'vitest';
import { Router } from '../../../src/router/router.js';
import { Kind } from '../../../src/wire/frame.js';
import type { FrameSpec } from '../../support/frames.js';
import { attachRaw, settled } from '../../support/raw-peer.js';
import type { RawPeer } from '../../support/raw-peer.js';
import { limits, listenerMock, startReady, request, stubLink, result } from '../../support/router-fixture.js';
import type { ListenerMock } from '../../support/router-fixture.js';

let router: Router;
let listener: ListenerMock;

beforeEach(() => {
  listener = listenerMock();
  router = new Router(limits, listener);
});

describe('names and states', () => {
  it('are the first message to a process', async () => {
    await startReady(router, 2);
    router.detach(1, 'stopped');
    const newcomer = attachRaw(router, 1, 2, limits);

    newcomer.hello(['other']);
    const { text } = await newcomer.next(Kind.welcome);

    expect(JSON.parse(text ?? '')).toEqual({
      names: [
        [1, 'work'],
        [2, 'other'],
      ],
      peers: [
        [0, 'ready'],
        [1, 'starting'],
      ],
      layouts: [],
      lowestMinor: 0,
    });
  });

  it('are broadcast when they are new, and only then', async () => {
    const [one, other] = (await startReady(router, 2)) as [RawPeer, RawPeer];
    const before = one.got(Kind.names).length;

    other.send({ kind: Kind.register, body: '{"handlers":["work","fresh"],"events":["news"]}' });
    other.send({ kind: Kind.register, body: '{"handlers":["fresh"],"events":[]}' });
    await settled();

    expect(
      one
        .got(Kind.names)
        .slice(before)
        .map(({ text }) => text),
    ).toEqual(['{"names":[[2,"fresh"],[3,"news"]],"layouts":[]}']);
  });

  it('may be used by id instead of by name', async () => {
    const [caller, target] = (await startReady(router, 2)) as [RawPeer, RawPeer];

    caller.send({ kind: Kind.request, peer: 1, correlation: 5, name: 1, body: '1' });

    expect(await target.next(Kind.request)).toMatchObject({ name: 1, inlineName: undefined, text: '1' });
  });

  it('are reported once each to the listener', async () => {
    const [peer] = (await startReady(router, 1)) as [RawPeer];

    peer.hello(['again']);
    peer.send({ kind: Kind.ready });
    await settled();

    expect(listener.onState.mock.calls).toEqual([
      [0, 'up'],
      [0, 'ready'],
    ]);
  });
});

describe('an invalid frame', () => {
  it.each<[string, FrameSpec]>([
    [
      'a request under an id that was never assigned',
      { kind: Kind.request, peer: 1, correlation: 1, name: 999 },
    ],
    ['a request without a name', { kind: Kind.request, peer: 1, correlation: 1 }],
    ['a hello that is not JSON', { kind: Kind.hello, body: '{' }],
    ['a register without names', { kind: Kind.register, body: '{}' }],
    ['an unregister without a body', { kind: Kind.unregister }],
    ['an identify without a shard', { kind: Kind.identify, body: '{}' }],
    ['a cancelled identify without a shard', { kind: Kind.identifyCancel, body: 'null' }],
    ['a welcome, which only managers send', { kind: Kind.welcome, body: '{}' }],
    ['a shutdown, which only managers send', { kind: Kind.shutdown }],
    [
      'an identify grant, which only managers send',
      { kind: Kind.identifyGrant, body: '{"shardId":0,"maxConcurrency":1}' },
    ],
  ])('ends the link it came on: %s', async (_what, frame) => {
    const [sender, other] = (await startReady(router, 2)) as [RawPeer, RawPeer];

    sender.send(frame, request(1, 9));
    await settled();

    expect(listener.onLinkEnd).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ id: 0 }), {
      by: 'garbage',
      reason: expect.any(String),
    });
    expect([sender.ends, other.ends, other.got(Kind.request)]).toEqual([[{ by: 'peer' }], [], []]);
    expect(router.stateOf(0)).toBe('starting');
  });

  it('ends the calls to its sender', async () => {
    const [sender, other] = (await startReady(router, 2)) as [RawPeer, RawPeer];
    other.send(request(0, 1));
    await sender.next(Kind.request);

    sender.send({ kind: Kind.welcome });
    await settled();

    expect(other.rejections()).toEqual([[0, 'CLUSTER_DIED']]);
  });

  it('is dropped where it is harmless: answers, cancels and acks of unknown calls and events', async () => {
    const peers = await startReady(router, 2);

    peers[0]?.send(
      result(12_345),
      { kind: Kind.cancel, correlation: 99 },
      { kind: Kind.ack, peer: 1, correlation: 3, generation: 7 },
    );
    await settled();

    expect(peers.map((peer) => [peer.ends, peer.answers(), peer.got(Kind.ack)])).toEqual([
      [[], [], []],
      [[], [], []],
    ]);
  });

  it('is not assumed when a listener of the user throws: the link stays open', async () => {
    router.resize(1);
    const stub = stubLink();
    router.attach(0, 1, stub.link);
    stub.deliver({ kind: Kind.hello, body: '{"protocol":{"major":1,"minor":0},"handlers":[],"events":[]}' });
    listener.onState.mockImplementation(() => {
      throw new Error('from the listener');
    });

    expect(() => stub.deliver({ kind: Kind.ready })).toThrow('from the listener');

    expect(listener.onLinkEnd).not.toHaveBeenCalled();
  });
});

describe('identifies', () => {
  it('are handed on with the cluster they come from', async () => {
    const [peer] = (await startReady(router, 1)) as [RawPeer];
    const body = '{"shardId":3,"maxConcurrency":16}';

    peer.send({ kind: Kind.identify, body }, { kind: Kind.identifyCancel, body });
    await settled();

    const from = expect.objectContaining({ id: 0, generation: 1 }) as object;
    const request = { shardId: 3, maxConcurrency: 16 };
    expect(listener.onControl.mock.calls).toEqual([
      [from, { kind: 'identify', ...request }],
      [from, { kind: 'identifyCancel', ...request }],
    ]);
  });

  it('are granted to the cluster that is meant', async () => {
    const [one, other] = (await startReady(router, 2)) as [RawPeer, RawPeer];

    router.send(1, { kind: 'identifyGrant', shardId: 3 });
    router.send(7, { kind: 'identifyGrant', shardId: 3 });

    expect(await other.next(Kind.identifyGrant)).toMatchObject({ text: '{"shardId":3}' });
    expect(one.got(Kind.identifyGrant)).toEqual([]);
  });
});

describe('attach', () => {
  it('throws for a cluster that the bot does not have', () => {
    router.resize(1);

    expect(() => attachRaw(router, 1, 1, limits)).toThrow('There is no cluster 1');
  });
});
