import { beforeEach, describe, expect, it } from 'vitest';
import { Router } from '../../../src/router/router.js';
import { Kind } from '../../../src/wire/frame.js';
import type { FrameSpec } from '../../support/frames.js';
import { attachRaw, settled } from '../../support/raw-peer.js';
import type { RawPeer } from '../../support/raw-peer.js';
import { limits, listenerMock, ready, request, stubLink, value } from '../../support/router-scene.js';
import type { ListenerMock } from '../../support/router-scene.js';

let router: Router;
let listener: ListenerMock;

beforeEach(() => {
  listener = listenerMock();
  router = new Router(limits, listener);
});

describe('names and states', () => {
  it('are what a process hears first', async () => {
    await ready(router, 2);
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
      agreements: [],
    });
  });

  it('are told to all when they are new, and only then', async () => {
    const [one, other] = (await ready(router, 2)) as [RawPeer, RawPeer];
    const before = one.got(Kind.names).length;

    other.send({ kind: Kind.register, body: '{"handlers":["work","fresh"],"events":["news"]}' });
    other.send({ kind: Kind.register, body: '{"handlers":["fresh"],"events":[]}' });
    await settled();

    expect(
      one
        .got(Kind.names)
        .slice(before)
        .map(({ text }) => text),
    ).toEqual(['{"names":[[2,"fresh"],[3,"news"]],"agreements":[]}']);
  });

  it('may be used by number instead of by word', async () => {
    const [caller, target] = (await ready(router, 2)) as [RawPeer, RawPeer];

    caller.send({ kind: Kind.request, peer: 1, correlation: 5, name: 1, body: '1' });

    expect(await target.next(Kind.request)).toMatchObject({ name: 1, inlineName: undefined, text: '1' });
  });

  it('are reported once each to the one who listens', async () => {
    const [peer] = (await ready(router, 1)) as [RawPeer];

    peer.hello(['again']);
    peer.send({ kind: Kind.ready });
    await settled();

    expect(listener.state.mock.calls).toEqual([
      [0, 'up'],
      [0, 'ready'],
    ]);
  });
});

describe('what makes no sense', () => {
  it.each<[string, FrameSpec]>([
    [
      'a request under a number that nobody was given',
      { kind: Kind.request, peer: 1, correlation: 1, name: 999 },
    ],
    ['a request without a name', { kind: Kind.request, peer: 1, correlation: 1 }],
    ['a hello that is no JSON', { kind: Kind.hello, body: '{' }],
    ['a register without names', { kind: Kind.register, body: '{}' }],
    ['an unregister without a body', { kind: Kind.unregister }],
    ['an identify without a shard', { kind: Kind.identify, body: '{}' }],
    ['a cancelled identify without a shard', { kind: Kind.identifyCancel, body: 'null' }],
    ['what only a manager says', { kind: Kind.welcome, body: '{}' }],
    ['a shutdown', { kind: Kind.shutdown }],
    ['a grant', { kind: Kind.identifyGrant, body: '{"shardId":0,"maxConcurrency":1}' }],
  ])('ends the link it came on: %s', async (_what, frame) => {
    const [fool, other] = (await ready(router, 2)) as [RawPeer, RawPeer];

    fool.send(frame, request(1, 9));
    await settled();

    expect(listener.linkEnd).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ id: 0 }), {
      by: 'garbage',
      reason: expect.any(String),
    });
    expect([fool.ends, other.ends, other.got(Kind.request)]).toEqual([[{ by: 'peer' }], [], []]);
    expect(router.stateOf(0)).toBe('starting');
  });

  it('ends the calls of that process, too', async () => {
    const [fool, other] = (await ready(router, 2)) as [RawPeer, RawPeer];
    other.send(request(0, 1));
    await fool.next(Kind.request);

    fool.send({ kind: Kind.welcome });
    await settled();

    expect(other.refusals()).toEqual([[0, 'CLUSTER_DIED']]);
  });

  it('is dropped where it hurts nobody: answers, cancels and acks of nothing', async () => {
    const peers = await ready(router, 2);

    peers[0]?.send(
      value(12_345),
      { kind: Kind.cancel, correlation: 99 },
      { kind: Kind.ack, peer: 1, correlation: 3, generation: 7 },
    );
    await settled();

    expect(peers.map((peer) => [peer.ends, peer.answers(), peer.got(Kind.ack)])).toEqual([
      [[], [], []],
      [[], [], []],
    ]);
  });

  it('is not what a listener of the user throws: the link goes on', async () => {
    router.resize(1);
    const stub = stubLink();
    router.attach(0, 1, stub.link);
    stub.say({ kind: Kind.hello, body: '{"handlers":[],"events":[]}' });
    listener.state.mockImplementation(() => {
      throw new Error('the listener`s own');
    });

    expect(() => stub.say({ kind: Kind.ready })).toThrow('the listener`s own');

    expect(listener.linkEnd).not.toHaveBeenCalled();
  });
});

describe('identifies', () => {
  it('are handed on with the cluster they come from', async () => {
    const [peer] = (await ready(router, 1)) as [RawPeer];
    const body = '{"shardId":3,"maxConcurrency":16}';

    peer.send({ kind: Kind.identify, body }, { kind: Kind.identifyCancel, body });
    await settled();

    const from = expect.objectContaining({ id: 0, generation: 1 }) as object;
    expect(listener.identify.mock.calls).toEqual([[from, { shardId: 3, maxConcurrency: 16 }]]);
    expect(listener.identifyCancel.mock.calls).toEqual([[from, { shardId: 3, maxConcurrency: 16 }]]);
  });

  it('are granted to the cluster that is meant', async () => {
    const [one, other] = (await ready(router, 2)) as [RawPeer, RawPeer];

    router.tell(1, Kind.identifyGrant, { shardId: 3, maxConcurrency: 16 });
    router.tell(7, Kind.identifyGrant, { shardId: 3, maxConcurrency: 16 });

    expect(await other.next(Kind.identifyGrant)).toMatchObject({ text: '{"shardId":3,"maxConcurrency":16}' });
    expect(one.got(Kind.identifyGrant)).toEqual([]);
  });
});

describe('attach', () => {
  it('refuses a cluster that the bot does not have', () => {
    router.resize(1);

    expect(() => attachRaw(router, 1, 1, limits)).toThrow('There is no cluster 1');
  });
});
