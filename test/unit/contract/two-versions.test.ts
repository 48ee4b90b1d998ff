import { once } from 'node:events';
import type { EventEmitter } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { BoundContract, ContractSpec, ValueSpec } from '../../../src/contract/runtime.js';
import { createBind, defineContract, isUInt, object, string, uint } from '../../../src/contract/runtime.js';
import { createTestClusters } from '../../../src/testing/index.js';
import type { TestClusters, TestClustersOptions } from '../../../src/testing/index.js';
import { keepUncaught } from '../../support/uncaught.js';

interface Guild {
  readonly name: string;
  readonly members: number;
}

interface Sample {
  get(data: Guild): Guild;
}

interface SampleEvents {
  news: Guild;
}

const toRow = vi.fn(({ name, members }: Guild) => [name, members]);

function isGuild(value: unknown): boolean {
  const { name, members } = (value ?? {}) as Partial<Guild>;
  return typeof name === 'string' && isUInt(members);
}

const guild: ValueSpec = {
  is: isGuild,
  pack: (value) => ({ ...(value as Guild) }),
  toRow: (value) => toRow(value as Guild),
  fromRow: (row) => {
    if (!Array.isArray(row)) throw new TypeError('no row');
    return { name: row[0] as unknown, members: row[1] as unknown };
  },
  shape: object({ name: string, members: uint }),
};

/** As a page of that version has it: its results lack `members` in version `thin`. */
function version(fingerprint: string): ContractSpec {
  const thin: ValueSpec = { is: () => true, pack: guild.pack, shape: guild.shape };
  return {
    name: 'sample',
    handlers: { get: { input: guild, output: fingerprint === 'thin' ? thin : guild, fingerprint } },
    events: { news: { data: guild, fingerprint } },
  };
}

const bindOf = (fingerprint: string) =>
  createBind({ sample: defineContract<BoundContract<Sample, SampleEvents>>(version(fingerprint)) });
const [bindOne, bindOther, bindThin] = [bindOf('one'), bindOf('other'), bindOf('thin')];

const PAYLOAD: Guild = { name: 'a', members: 3 };

let bot: TestClusters | undefined;

afterEach(async () => {
  toRow.mockClear();
  await bot?.shutdown();
  bot = undefined;
});

async function start(count: number, options: TestClustersOptions<EventEmitter> = {}): Promise<TestClusters> {
  bot = await createTestClusters(count, options);
  return bot;
}

/** Lets what was registered be known to all. */
async function known(clusters: TestClusters): Promise<void> {
  await clusters.whenUp();
}

describe('payloads are sent as rows', () => {
  it('both ways, where all who answer have the contract of the one who asks', async () => {
    const clusters = await start(2);
    bindOne(clusters.cluster(1)).sample.get.handle((data) => data);
    await known(clusters);

    const answer = await bindOne(clusters.cluster(0)).sample.get.requestTo(1, PAYLOAD);

    expect(answer).toEqual(PAYLOAD);
    expect(toRow).toHaveBeenCalledTimes(2);
  });

  it('also to any, to all and to oneself', async () => {
    const clusters = await start(2);
    for (const cluster of clusters.clusters) bindOne(cluster).sample.get.handle((data) => data);
    await known(clusters);
    const { get } = bindOne(clusters.cluster(0)).sample;

    const answers = [await get.request(PAYLOAD), await get.request(PAYLOAD), await get.requestTo(0, PAYLOAD)];
    const all = await get.requestAll(PAYLOAD);

    expect([...answers, ...all.values()]).toEqual(Array.from({ length: 5 }, () => PAYLOAD));
    expect(toRow.mock.calls.length).toBeGreaterThan(0);
  });

  it('of events, too', async () => {
    const clusters = await start(2);
    const heard = vi.fn<(data: Guild, source: number) => void>();
    bindOne(clusters.cluster(1)).sample.news.on(heard);
    await known(clusters);

    await bindOne(clusters.cluster(0)).sample.news.broadcastAndWait(PAYLOAD);

    expect(heard.mock.calls).toEqual([[PAYLOAD, 0]]);
    expect(toRow).toHaveBeenCalledTimes(1);
  });

  it('never by a caller without the contract, whom a handler that has it understands', async () => {
    const clusters = await start(2);
    bindOne(clusters.cluster(1)).sample.get.handle((data) => data);
    await known(clusters);

    const answer = await clusters.cluster(0).ipc.requestTo<Guild>(1, 'sample.get', PAYLOAD);

    expect(answer).toEqual(PAYLOAD);
    expect(toRow).not.toHaveBeenCalled();
  });

  it.each(['another contract', 'no contract'] as const)(
    'never while one of those who answer has %s',
    async (what) => {
      const clusters = await start(3);
      bindOne(clusters.cluster(1)).sample.get.handle((data) => data);
      if (what === 'no contract') clusters.cluster(2).ipc.handle('sample.get', (data) => data);
      else bindOther(clusters.cluster(2)).sample.get.handle((data) => data);
      await known(clusters);
      const { get } = bindOne(clusters.cluster(0)).sample;

      expect(await Promise.all([get.requestTo(1, PAYLOAD), get.requestTo(2, PAYLOAD)])).toEqual([
        PAYLOAD,
        PAYLOAD,
      ]);
      expect(toRow).not.toHaveBeenCalled();

      clusters.stop(2);
      await known(clusters);
      expect(await get.requestTo(1, PAYLOAD)).toEqual(PAYLOAD);
      expect(toRow).toHaveBeenCalledTimes(2);
    },
  );
});

describe('while a change is on its way', () => {
  it('a request is sent again once, as keyed JSON, and runs once', async () => {
    const clusters = await start(2);
    const { get } = bindOne(clusters.cluster(1)).sample;
    get.handle((data) => data);
    await known(clusters);
    const untyped = vi.fn<(data: Guild) => Guild>((data) => data);

    get.removeHandler();
    clusters.cluster(1).ipc.handle('sample.get', untyped);
    const answer = await bindOne(clusters.cluster(0)).sample.get.requestTo(1, PAYLOAD);

    expect(answer).toEqual(PAYLOAD);
    expect(untyped.mock.calls.map(([data]) => data)).toEqual([PAYLOAD]);
    expect(toRow).toHaveBeenCalledTimes(1);
  });

  it('a request to all is sent again only to the clusters that have changed', async () => {
    const clusters = await start(3);
    for (const cluster of clusters.clusters) bindOne(cluster).sample.get.handle((data) => data);
    await known(clusters);
    const untyped = vi.fn<(data: Guild) => Guild>(({ name }) => ({ name, members: 7 }));

    for (const id of [0, 2]) {
      bindOne(clusters.cluster(id)).sample.get.removeHandler();
      clusters.cluster(id).ipc.handle('sample.get', untyped);
    }
    const all = await bindOne(clusters.cluster(0)).sample.get.requestAll(PAYLOAD);

    expect(all.values().map(({ members }) => members)).toEqual([7, 3, 7]);
    expect(untyped).toHaveBeenCalledTimes(2);
  });

  it('a request that is too large as keyed JSON is rejected, and the link stays open', async () => {
    // A row has no names in it: what fits as one need not fit in words.
    const MAX_BYTES = 400;
    const text = 'x'.repeat(MAX_BYTES - 20);
    const clusters = await start(3, {
      limits: { maxPayloadBytes: MAX_BYTES },
      setup: ({ ipc, id }) => ipc.handle('id', () => id),
    });
    for (const id of [1, 2]) bindOne(clusters.cluster(id)).sample.get.handle((data) => data);
    await known(clusters);
    const { get } = bindOne(clusters.cluster(0)).sample;

    for (const id of [1, 2]) {
      bindOne(clusters.cluster(id)).sample.get.removeHandler();
      clusters.cluster(id).ipc.handle('sample.get', () => PAYLOAD);
    }
    const data: Guild = { name: text, members: 3 };
    const [one, all] = await Promise.allSettled([get.requestTo(1, data), get.requestAll(data)]);

    expect(one).toMatchObject({ reason: { code: 'PAYLOAD_TOO_LARGE' } });
    expect(all.status === 'fulfilled' && all.value.errors()).toMatchObject([
      { clusterId: 0, error: { code: 'NO_HANDLER' } },
      { clusterId: 1, error: { code: 'PAYLOAD_TOO_LARGE' } },
      { clusterId: 2, error: { code: 'PAYLOAD_TOO_LARGE' } },
    ]);
    expect(await Promise.all([1, 2].map((id) => clusters.cluster(id).ipc.requestTo(0, 'id')))).toEqual([
      0, 0,
    ]);
  });

  it('a request that says something else each time it is read ends', async () => {
    const uncaught = keepUncaught();
    const clusters = await start(2);
    bindOne(clusters.cluster(1)).sample.get.handle((data) => data);
    await known(clusters);
    let reads = 0;
    const fickle = {
      members: 3,
      get name() {
        return reads++ === 0 ? 'a' : 5;
      },
    } as unknown as Guild;

    const call = bindOne(clusters.cluster(0)).sample.get.requestTo(1, fickle);
    bindOne(clusters.cluster(1)).sample.get.removeHandler();
    bindOther(clusters.cluster(1)).sample.get.handle((data) => data);

    await expect(call).rejects.toMatchObject({ code: 'INVALID_PAYLOAD' });
    uncaught.stop();
    expect(uncaught.thrown).toEqual([]);
  });

  it('an event that a new listener cannot read is reported to it as CONTRACT_MISMATCH, and acknowledged', async () => {
    const clusters = await start(3);
    const heard = vi.fn<(data: Guild, source: number) => void>();
    bindOne(clusters.cluster(1)).sample.news.on(heard);
    await known(clusters);
    const newcomer = clusters.cluster(2);

    newcomer.events.on('sample.news', heard);
    const [failure, acked] = await Promise.all([
      once(newcomer.events, 'listenerError') as Promise<[unknown, string, number]>,
      bindOne(clusters.cluster(0)).sample.news.broadcastAndWait(PAYLOAD),
    ]);

    expect(failure).toMatchObject([{ code: 'CONTRACT_MISMATCH' }, 'sample.news', 0]);
    expect(acked).toBe(2);
    expect(heard).toHaveBeenCalledTimes(1);
  });
});

describe('a result that does not fit', () => {
  it('is a CONTRACT_MISMATCH with both fingerprints and the path, where the contracts differ', async () => {
    const clusters = await start(2);
    bindThin(clusters.cluster(1)).sample.get.handle(({ name }) => ({ name }) as Guild);
    await known(clusters);

    await expect(bindOne(clusters.cluster(0)).sample.get.requestTo(1, PAYLOAD)).rejects.toMatchObject({
      code: 'CONTRACT_MISMATCH',
      message: expect.stringMatching(
        /result: members: expected .*contract version here: one, there: thin/,
      ) as string,
    });
  });

  it('is an INVALID_PAYLOAD where the other side has no contract', async () => {
    const clusters = await start(2);
    clusters.cluster(1).ipc.handle('sample.get', ({ name }: Guild) => ({ name }));
    await known(clusters);

    await expect(bindOne(clusters.cluster(0)).sample.get.requestTo(1, PAYLOAD)).rejects.toMatchObject({
      code: 'INVALID_PAYLOAD',
    });
  });
});
