import { describe, expect, it } from 'vitest';
import type { ClusterManager } from 'shardwire';
import { RemoteError } from '../../../src/errors.js';
import { until } from '../../support/processes.js';
import { pidsOf, startBot } from './start-bot.js';

const TIMEOUT_MS = 300;
/** Ten times what it should take, on a machine that is busy. */
const IN_TIME_MS = 3000;

/** Stops a cluster for as long as `work` takes. */
async function whileStopped(manager: ClusterManager, id: number, work: () => Promise<void>): Promise<void> {
  const pid = pidsOf(manager)[id] as number;
  process.kill(pid, 'SIGSTOP');
  try {
    await work();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}

/** The link drains at its own pace once its cluster reads again; until then calls are refused at once. */
async function untilTaken<T>(call: () => Promise<T>): Promise<T> {
  for (const end = performance.now() + 10_000; ;) {
    try {
      return await call();
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'OVERLOADED' || performance.now() > end) throw error;
      await new Promise(setImmediate);
    }
  }
}

describe('a cluster that is stopped', () => {
  it('lets calls to it end on time, and nobody else wait', async () => {
    const manager = await startBot(3);

    await whileStopped(manager, 1, async () => {
      const before = performance.now();
      const silent = Promise.allSettled(
        Array.from({ length: 50 }, () => manager.ipc.requestTo(1, 'echo', 1, TIMEOUT_MS)),
      );
      const results = await manager.ipc.requestAll<number>('id', undefined, TIMEOUT_MS);
      const ends = await silent;

      expect(results.values()).toEqual([0, 2]);
      expect(results.errors()).toMatchObject([{ clusterId: 1, error: { code: 'TIMEOUT' } }]);
      expect(ends.map((end) => (end as { reason?: { code: string } }).reason?.code)).toEqual(
        Array(50).fill('TIMEOUT'),
      );
      expect(performance.now() - before).toBeGreaterThanOrEqual(TIMEOUT_MS - 1);
      expect(performance.now() - before).toBeLessThan(IN_TIME_MS);
      expect(await manager.ipc.requestTo(2, 'id', undefined, 5000)).toBe(2);
    });

    expect(await manager.ipc.requestTo(1, 'id', undefined, 5000)).toBe(1);
    await until(() => manager.stats().inFlight === 0, 'all inFlight to end');
  });

  it('fills its link to the bound and no further: OVERLOADED at once, events dropped and counted', async () => {
    const manager = await startBot(3, { limits: { maxQueuedBytes: 512 * 1024 } });
    const dropped: [number, string][] = [];
    manager.on('eventDropped', (...facts) => dropped.push(facts));
    const large = 'x'.repeat(64 * 1024);

    await whileStopped(manager, 1, async () => {
      // The other two acknowledge each, so they have read it; the stopped one has not.
      for (let i = 0; i < 64; i++) await manager.events.broadcastAndWait('note', large, 10_000, 2);
      await until(() => dropped.length > 0, 'a dropped event');
      const before = performance.now();

      await expect(manager.ipc.requestTo(1, 'echo', large, 30_000)).rejects.toMatchObject({
        code: 'OVERLOADED',
        clusterId: 1,
      });

      expect(performance.now() - before).toBeLessThan(IN_TIME_MS);
      expect(dropped.every(([id, event]) => id === 1 && event === 'note')).toBe(true);
      expect(manager.stats().droppedEvents).toBe(dropped.length);
      expect(await manager.ipc.requestTo(2, 'echo', 'small', 5000)).toBe('small');
    });

    expect(await untilTaken(() => manager.ipc.requestTo<number>(1, 'id', undefined, 10_000))).toBe(1);
  });
});

describe('bounds', () => {
  it('refuse a payload that is too large, both ways, and lose nothing by it', async () => {
    const manager = await startBot(2, { limits: { maxPayloadBytes: 10_000 } });

    await expect(manager.ipc.requestTo(0, 'echo', 'x'.repeat(10_001))).rejects.toMatchObject({
      code: 'PAYLOAD_TOO_LARGE',
    });
    await expect(manager.ipc.requestTo(0, 'large', 10_001)).rejects.toMatchObject({
      code: 'PAYLOAD_TOO_LARGE',
    });
    await expect(manager.events.broadcast('note', 'x'.repeat(10_001))).rejects.toMatchObject({
      code: 'PAYLOAD_TOO_LARGE',
    });

    expect(await manager.ipc.requestTo(0, 'large', 9_000)).toHaveLength(9_000);
  });

  it('refuse the call that is one too many for a cluster, at once', async () => {
    const manager = await startBot(2, { limits: { maxInFlight: 8 } });
    const controller = new AbortController();
    const { signal } = controller;
    const open = Array.from({ length: 8 }, () => manager.ipc.requestTo(1, 'never', null, { signal }));
    const ends = Promise.allSettled(open);

    await expect(manager.ipc.requestTo(1, 'id')).rejects.toMatchObject({ code: 'OVERLOADED' });
    expect(await manager.ipc.requestTo(0, 'id')).toBe(0);
    controller.abort();

    expect((await ends).map((end) => (end as { reason?: { code: string } }).reason?.code)).toEqual(
      Array(8).fill('CANCELLED'),
    );
    expect(await manager.ipc.requestTo(1, 'id')).toBe(1);
    expect(await manager.ipc.requestTo(1, 'seen')).toEqual(Array(8).fill('aborted'));
  });
});

describe('what real processes throw', () => {
  it('arrives as it was', async () => {
    const manager = await startBot(2);
    const thrown = (kind: string): Promise<unknown> =>
      manager.ipc.requestTo(1, 'throwKind', kind).catch((error: unknown) => error);

    const [causes, aggregate, abort, text, nothing, discord] = await Promise.all(
      ['causes', 'aggregate', 'abort', 'text', 'nothing', 'discord'].map(thrown),
    );

    expect(String(causes)).toBe('Error: outer');
    expect(causes).toMatchObject({ cause: { name: 'RangeError', message: 'inner', cause: 'innermost' } });
    expect(aggregate).toMatchObject({
      message: 'both',
      errors: [{ name: 'TypeError', message: 'one' }, 'two'],
    });
    expect(abort).toMatchObject({ name: 'AbortError', message: 'stopped', code: 20 });
    expect(text).toMatchObject({ message: 'no error at all', thrown: 'no error at all' });
    expect(nothing).toBeInstanceOf(RemoteError);
    expect(discord).toMatchObject({ name: 'DiscordAPIError[10004]', code: 10004, status: 404, clusterId: 1 });
  });
});

describe("codec: 'v8'", () => {
  it('carries between real processes what JSON does not', async () => {
    const manager = await startBot(2, { untypedCodec: 'v8' });
    const value = {
      when: new Date(5),
      big: 10n ** 20n,
      map: new Map([['a', new Set([1])]]),
      bytes: new Uint8Array(3),
    };

    const end = await manager.ipc.requestTo<{ value: unknown }>(0, 'call', {
      verb: 'requestTo',
      args: [1, 'echo', value],
    });

    expect(end.value).toEqual(value);
  });
});
