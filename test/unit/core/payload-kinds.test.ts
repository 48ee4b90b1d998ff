import { EventEmitter, once } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createBind, defineContract } from '../../../src/contract/runtime.js';
import type { BoundContract, ContractSpec } from '../../../src/contract/runtime.js';
import { isString, isUInt, noValue, string, uint, identity } from '../../../src/contract/runtime.js';
import { findLossy } from '../../../src/ipc/values/find-lossy.js';
import { createTestClusters } from '../../../src/testing/index.js';
import type { TestClusters } from '../../../src/testing/index.js';

let bot: TestClusters | undefined;

afterEach(async () => {
  vi.restoreAllMocks();
  await bot?.shutdown();
  bot = undefined;
});

async function start(codec: 'json' | 'v8'): Promise<TestClusters> {
  bot = await createTestClusters(2, {
    untypedCodec: codec,
    setup: (cluster) => cluster.ipc.handle('echo', (data: unknown) => data),
  });
  return bot;
}

describe.each([
  ['a remote', 1],
  ['a local', 0],
] as const)('what arrives at %s handler and comes back', (_where, target) => {
  it.each([[undefined], [null], [false], [0], [''], ['text'], [[]], [{}], [[null, { a: false }]]])(
    'is %j as it was sent',
    async (value) => {
      const { clusters } = await start('json');

      await expect(clusters[0]?.ipc.requestTo(target, 'echo', value)).resolves.toEqual(value);
    },
  );

  it('has the semantics of JSON.stringify, `toJSON` included', async () => {
    const { clusters } = await start('json');
    const value = { date: new Date(0), gone: undefined, own: { toJSON: () => 'own word' } };

    await expect(clusters[0]?.ipc.requestTo(target, 'echo', value)).resolves.toEqual({
      date: '1970-01-01T00:00:00.000Z',
      own: 'own word',
    });
  });

  it('is refused with its path when it is a bigint', async () => {
    const { clusters } = await start('json');

    await expect(clusters[0]?.ipc.requestTo(target, 'echo', { users: [{ id: 1n }] })).rejects.toMatchObject({
      code: 'UNSERIALIZABLE',
      message: expect.stringContaining('data.users[0].id is a bigint') as string,
    });
  });

  it("is everything that structured clone knows with codec: 'v8'", async () => {
    const { clusters } = await start('v8');
    const circular: { self?: unknown; map: Map<string, bigint> } = { map: new Map([['a', 1n]]) };
    circular.self = circular;

    const back = await clusters[0]?.ipc.requestTo<typeof circular>(target, 'echo', circular);
    const rich = await clusters[0]?.ipc.requestTo(target, 'echo', [
      new Date(5),
      new Set([1]),
      new Uint8Array([1, 2]),
    ]);

    expect(back?.self).toBe(back);
    expect(back?.map).toEqual(new Map([['a', 1n]]));
    expect(rich).toEqual([new Date(5), new Set([1]), new Uint8Array([1, 2])]);
  });
});

describe('a value that JSON changes', () => {
  it.each([
    [{ scores: new Map() }, 'data.scores is a Map, which arrives as {}'],
    [[new Set()], 'data[0] is a Set, which arrives as {}'],
    [{ f: () => {} }, 'data.f is a function, which does not arrive'],
    [{ n: Number.NaN }, 'data.n is NaN, which arrives as null'],
    [{ bytes: new Uint16Array(1) }, 'data.bytes is binary data, which arrives as an object of numbers'],
    [{ date: new Date(), buffer: Buffer.from('x'), n: 1, missing: undefined }, undefined],
  ])('is found with its path', (value, loss) => {
    expect(findLossy(value, 'data')).toBe(loss);
  });

  it('is warned of once per name', async () => {
    const { clusters } = await start('json');
    const warning = once(process, 'warning');
    const emit = vi.spyOn(process, 'emitWarning');

    await clusters[0]?.ipc.requestTo(1, 'echo', { scores: new Map() });
    await clusters[0]?.ipc.requestTo(1, 'echo', { scores: new Map() });

    const [{ message }] = (await warning) as [Error];
    expect(message).toContain("'echo': data.scores is a Map");
    expect(emit).toHaveBeenCalledTimes(1);
  });
});

describe('two versions of a contract', () => {
  interface Sample {
    get(data: string): number;
  }
  const version = (fingerprint: string, wantsNumber: boolean): ContractSpec => ({
    name: 'sample',
    handlers: {
      get: {
        input: wantsNumber
          ? { is: isUInt, pack: identity, shape: uint }
          : { is: isString, pack: identity, shape: string },
        output: { is: isUInt, pack: identity, shape: uint },
        fingerprint,
      },
    },
    events: {},
  });
  const bindTo = (spec: ContractSpec) =>
    createBind({ sample: defineContract<BoundContract<Sample, object>>(spec) });

  it('name themselves where a payload does not fit: CONTRACT_MISMATCH with both fingerprints and the path', async () => {
    bot = await createTestClusters(2);
    bindTo(version('new', true))(bot.cluster(1)).sample.get.handle(() => 1);
    const { sample } = bindTo(version('old', false))(bot.cluster(0));

    await expect(sample.get.requestTo(1, 'text')).rejects.toMatchObject({
      code: 'CONTRACT_MISMATCH',
      message: expect.stringMatching(/data: expected .*contract version here: old, there: new/) as string,
    });
  });

  it('get along where it fits', async () => {
    bot = await createTestClusters(2);
    bindTo(version('new', false))(bot.cluster(1)).sample.get.handle((text) => text.length);
    const { sample } = bindTo(version('old', false))(bot.cluster(0));

    await expect(sample.get.requestTo(1, 'four')).resolves.toBe(4);
  });
});

describe('a client of no kind', () => {
  it('can be anything that emits', async () => {
    bot = await createTestClusters(1, { client: () => new EventEmitter() });

    expect(bot.cluster(0).ready).toBe(true);
    expect(noValue.is(undefined)).toBe(true);
  });
});
