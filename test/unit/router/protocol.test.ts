import { describe, expect, it } from 'vitest';
import { shardOwners } from '../../../src/discord/shard-math.js';
import { Endpoint } from '../../../src/ipc/endpoint.js';
import { linkLimits } from '../../../src/limits.js';
import { MemoryLink } from '../../../src/link/memory-link.js';
import { LowestMinor } from '../../../src/router/lowest-minor.js';
import { Router } from '../../../src/router/router.js';
import { FAIL_FAST, Kind } from '../../../src/wire/frame.js';
import { PROTOCOL } from '../../../src/wire/protocol.js';
import type { Protocol } from '../../../src/wire/protocol.js';
import { attachRaw, RawPeer, settled } from '../../support/raw-peer.js';
import { limits, listenerMock, request } from '../../support/router-fixture.js';

/** The next minor version: it brings the kinds `jobOrder` and `replaceMe`, and the flag `FAIL_FAST`. */
const NEXT: Protocol = {
  major: PROTOCOL.major,
  minor: PROTOCOL.minor + 1,
  minorOf: (kind, flags) =>
    kind === Kind.jobOrder || kind === Kind.replaceMe || (flags & FAIL_FAST) !== 0
      ? PROTOCOL.minor + 1
      : PROTOCOL.minorOf(kind, flags),
};

const JOB_ORDER = { kind: 'jobOrder', name: 'cron', registrationId: 1, action: 'assign' } as const;

function routerOf(protocol: Protocol, count: number) {
  const listener = listenerMock();
  const router = new Router(limits, listener, protocol);
  router.resize(count);
  return { listener, router };
}

async function join(router: Router, id: number, protocol: object | undefined): Promise<RawPeer> {
  const peer = attachRaw(router, id, 1, limits);
  peer.send({ kind: Kind.hello, body: JSON.stringify({ handlers: ['work'], events: [], protocol }) });
  peer.send({ kind: Kind.ready });
  await settled();
  return peer;
}

/** The lowest minor versions that a process was told, in order. */
function minorsTold(peer: RawPeer): number[] {
  return peer.got(Kind.welcome, Kind.peer).flatMap(({ text }) => {
    const { lowestMinor } = JSON.parse(text ?? '{}') as { lowestMinor?: number };
    return lowestMinor === undefined ? [] : [lowestMinor];
  });
}

function endpointOf(protocol: Protocol | undefined): { endpoint: Endpoint; manager: RawPeer } {
  const [inner, outer] = MemoryLink.pair(linkLimits(limits));
  const owners = shardOwners(() => ({ totalShards: 1, totalClusters: 1 }));
  const endpoint = new Endpoint({ id: 0, totalClusters: 1, limits, link: inner, owners, protocol });
  return { endpoint, manager: new RawPeer(outer) };
}

describe('an old cluster under a newer manager', () => {
  it('is announced to every process as the lowest version, and its end, too', async () => {
    const { router } = routerOf(NEXT, 2);
    const newer = await join(router, 0, NEXT);
    const older = await join(router, 1, PROTOCOL);

    older.link.close();
    await settled();

    expect(minorsTold(newer)).toEqual([1, 0, 1]);
    expect(minorsTold(older)).toEqual([0, 0]);
  });

  it('is sent no kind that it does not know, and the others are', async () => {
    const { router } = routerOf(NEXT, 2);
    const newer = await join(router, 0, NEXT);
    const older = await join(router, 1, PROTOCOL);

    for (const id of [0, 1]) router.send(id, JOB_ORDER);
    await settled();

    expect(newer.got(Kind.jobOrder)).toHaveLength(1);
    expect(older.got(Kind.jobOrder)).toEqual([]);
  });

  it('is sent no flag that it does not know, and every other request', async () => {
    const { router } = routerOf(NEXT, 2);
    const newer = await join(router, 0, NEXT);
    const older = await join(router, 1, PROTOCOL);

    newer.send(request(1, 5, { flags: FAIL_FAST }), request(1, 6));
    older.send(request(0, 7));
    await settled();

    expect(older.got(Kind.request)).toHaveLength(1);
    expect(newer.got(Kind.request)).toHaveLength(1);
  });

  it('ignores and counts what it does not know, and goes on', async () => {
    const { endpoint, manager } = endpointOf(PROTOCOL);
    endpoint.handle('work', () => 'done', { input: endpoint.codecs.data, output: endpoint.codecs.result });
    endpoint.sayHello();

    manager.send({ kind: 99 as Kind, body: '{}' }, request(0, 5));
    const { text } = await manager.next(Kind.result);

    expect(text).toBe('"done"');
    expect(endpoint.ignoredFrames).toBe(1);
  });
});

describe('a newer cluster under an old manager', () => {
  it('is told the version of the manager', async () => {
    const { router } = routerOf(PROTOCOL, 1);

    const newer = await join(router, 0, NEXT);

    expect(minorsTold(newer)).toEqual([0]);
  });

  it('sends what the later version brought only when every process knows it', async () => {
    const { endpoint, manager } = endpointOf(NEXT);

    endpoint.send({ kind: 'replaceMe' });
    manager.send({ kind: Kind.peer, body: '{"lowestMinor":1}' });
    await settled();
    const before = manager.got(Kind.replaceMe).length;
    endpoint.send({ kind: 'replaceMe' });
    await settled();

    expect(before).toBe(0);
    expect(manager.got(Kind.replaceMe)).toHaveLength(1);
  });

  it('loses no link by a frame that the manager does not know: it is ignored and counted', async () => {
    const { router, listener } = routerOf(PROTOCOL, 2);
    const newer = await join(router, 0, NEXT);
    const other = await join(router, 1, PROTOCOL);

    newer.send({ kind: 99 as Kind, body: '{}' }, request(1, 5));
    await settled();

    expect(router.ignoredFrames).toBe(1);
    expect(other.got(Kind.request)).toHaveLength(1);
    expect(listener.onLinkEnd).not.toHaveBeenCalled();
  });
});

describe('a process of another major version', () => {
  it.each([
    ['another one', { major: 2, minor: 0 }, 'protocol version 2.0'],
    ['none', undefined, 'no known protocol version'],
    ['one that cannot be read', { major: 'one' }, 'no known protocol version'],
  ])('is refused in one sentence: %s', async (_what, protocol, claimed) => {
    const { router, listener } = routerOf(PROTOCOL, 1);

    const stranger = await join(router, 0, protocol);

    expect(listener.onProtocolMismatch).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ id: 0 }),
      `The manager speaks protocol version 1.0, the cluster ${claimed}: the library in node_modules has changed ` +
        'since the bot was started; restart the whole bot, its manager included.',
    );
    expect(stranger.got(Kind.welcome)).toEqual([]);
    expect(stranger.ends).toEqual([{ by: 'peer' }]);
    expect(listener.onHello).not.toHaveBeenCalled();
  });
});

describe('LowestMinor', () => {
  it('is the own version without processes, then the lowest, and says when it changes', () => {
    const minors = new LowestMinor<string>(2);

    const changes = [
      minors.add('a', 3),
      minors.add('b', 1),
      minors.add('c', 1),
      minors.delete('b'),
      minors.delete('c'),
      minors.delete('unknown'),
    ];

    expect(changes).toEqual([false, true, false, false, true, false]);
    expect(minors.value).toBe(2);
  });
});
