/**
 * The page about handlers, line by line: whatever it shows or says works as it stands there.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IPCHandler, ResultCollection } from 'shardwire';
import { startMemoryBot } from '../support/memory-bot.js';
import type { MemoryBot, MemoryProcess } from '../support/memory-bot.js';
import { turn, useFakeClock } from '../support/turns.js';

let bot: MemoryBot;
let cluster: MemoryProcess;
let other: MemoryProcess;

beforeEach(async () => {
  bot = await startMemoryBot(3);
  cluster = bot.cluster(0);
  other = bot.cluster(1);
});
afterEach(() => {
  bot.stop();
  vi.useRealTimers();
});

/** Registers a handler on every cluster; `answer` gets the id of the one it runs on. */
async function handleEverywhere(
  name: string,
  answer: (clusterId: number, data: unknown) => unknown,
): Promise<void> {
  for (const { id, ipc } of bot.clusters) ipc.handle(name, (data) => answer(id, data));
  await bot.idle();
}

/** A stand-in for a discord.js guild cache. */
function guildsOf(...memberCounts: readonly number[]): Map<string, { name: string; memberCount: number }> {
  return new Map(
    memberCounts.map((memberCount, index) => [`${index}`, { name: `guild ${memberCount}`, memberCount }]),
  );
}

async function errorOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error('the call did not fail');
}

describe('IPC Handlers', () => {
  it('are reached through `cluster.ipc`', () => {
    expect(cluster.ipc).toBeInstanceOf(IPCHandler);
  });
});

describe('Defining Handlers', () => {
  describe('`ipc.handle(name, handler)`', () => {
    it('lets every other cluster call the name', async () => {
      const cache = guildsOf(3, 4);
      other.ipc.handle('getUserCount', () =>
        [...cache.values()].reduce((sum, guild) => sum + guild.memberCount, 0),
      );
      await bot.idle();

      const counts = await Promise.all(
        [0, 2].map((id) => bot.cluster(id).ipc.request<number>('getUserCount')),
      );

      expect(counts).toEqual([7, 7]);
    });

    it('takes an async function, and null for what is not there', async () => {
      const cache = guildsOf(9);
      other.ipc.handle('getGuildData', async (data: { guildId: string }) => {
        await turn();
        const guild = cache.get(data.guildId);
        if (!guild) return null;
        return { name: guild.name, memberCount: guild.memberCount, channels: 2 };
      });

      const [found, missing] = await Promise.all(
        ['0', '7'].map((guildId) => cluster.ipc.requestTo(1, 'getGuildData', { guildId })),
      );

      expect(found).toEqual({ name: 'guild 9', memberCount: 9, channels: 2 });
      expect(missing).toBeNull();
    });

    it.each([{ a: [1, 'two', null, { b: true }] }, 'text', 0, false, null, undefined, []])(
      'hands over what the caller passes, and back what is returned: %j',
      async (value) => {
        const handler = vi.fn<(data: unknown) => unknown>((data) => data);
        other.ipc.handle('mirror', handler);

        const answer = await cluster.ipc.requestTo(1, 'mirror', value);

        expect(handler.mock.calls[0]?.[0]).toEqual(value);
        expect(answer).toEqual(value);
      },
    );
  });

  describe('`ipc.removeHandler(name)`', () => {
    it('says true for a handler that was there, and false for one that was not', () => {
      cluster.ipc.handle('getUserCount', () => 1);

      const answers = ['getUserCount', 'getUserCount', 'never'].map((name) =>
        cluster.ipc.removeHandler(name),
      );

      expect(answers).toEqual([true, false, false]);
    });

    it('ends the answers', async () => {
      cluster.ipc.handle('getUserCount', () => 1);
      await bot.idle();
      await other.ipc.request('getUserCount');

      cluster.ipc.removeHandler('getUserCount');
      await bot.idle();

      await expect(other.ipc.request('getUserCount')).rejects.toMatchObject({ code: 'NO_HANDLER' });
    });
  });
});

describe('Making Requests', () => {
  describe('`ipc.request(handler, data?, timeout?)`', () => {
    it('goes by the manager to a cluster that has the handler', async () => {
      bot.cluster(2).ipc.handle('getUserCount', () => 42);
      await bot.idle();

      const count = await cluster.ipc.request<number>('getUserCount');

      expect(`Users: ${count}`).toBe('Users: 42');
    });

    it('takes data and a timeout', async () => {
      useFakeClock();
      other.ipc.handle('getGuildData', () => new Promise(() => {}));
      await bot.idle();
      const call = cluster.ipc.request('getGuildData', { guildId: '123456789012345678' }, 5000);
      const failure = expect(call).rejects.toMatchObject({ code: 'TIMEOUT', timeoutMs: 5000 });
      let isOver = false;
      void call.catch(() => (isOver = true));

      await vi.advanceTimersByTimeAsync(4999);
      const early = isOver;
      await vi.advanceTimersByTimeAsync(10);

      await failure;
      expect(early).toBe(false);
    });
  });

  describe('`ipc.requestTo(clusterId, handler, data?, timeout?)`', () => {
    it('goes to that cluster, with its data', async () => {
      await handleEverywhere('getPrimaryData', (id, data) => `cluster ${id}: ${JSON.stringify(data)}`);

      const result = await other.ipc.requestTo<string>(0, 'getPrimaryData', { key: 'config' }, 5000);

      expect(result).toBe('cluster 0: {"key":"config"}');
    });

    it('goes to the calling cluster, too', async () => {
      await handleEverywhere('getPrimaryData', (id) => id);

      await expect(cluster.ipc.requestTo(0, 'getPrimaryData')).resolves.toBe(0);
    });

    it('gives up when its time is over', async () => {
      useFakeClock();
      other.ipc.handle('slow', () => new Promise(() => {}));
      await bot.idle();
      const failure = expect(cluster.ipc.requestTo(1, 'slow', null, 5000)).rejects.toMatchObject({
        code: 'TIMEOUT',
      });

      await vi.advanceTimersByTimeAsync(5010);

      await failure;
    });
  });

  describe('`ipc.requestAll(handler, data?, timeout?)`', () => {
    it('asks every cluster, this one included, and collects', async () => {
      await handleEverywhere('getUserCount', (id) => (id + 1) * 10);

      const results = await cluster.ipc.requestAll<number>('getUserCount');

      expect(results).toBeInstanceOf(ResultCollection);
      expect(results.values()).toEqual([10, 20, 30]);
      expect(`Total users: ${results.sum()}`).toBe('Total users: 60');
    });

    it('hands the same data to each', async () => {
      await handleEverywhere('mirror', (_id, data) => data);

      const results = await cluster.ipc.requestAll('mirror', { a: 1 });

      expect(results.values()).toEqual([{ a: 1 }, { a: 1 }, { a: 1 }]);
    });

    it('waits thirty seconds for the slowest unless told otherwise', async () => {
      useFakeClock();
      await handleEverywhere('slow', (id) => (id === 2 ? new Promise(() => {}) : id));
      const results = cluster.ipc.requestAll<number>('slow');
      let isOver = false;
      void results.then(() => (isOver = true));
      await bot.idle();

      await vi.advanceTimersByTimeAsync(29_999);
      const early = isOver;
      await vi.advanceTimersByTimeAsync(10);

      expect(early).toBe(false);
      expect((await results).errors()).toMatchObject([
        { clusterId: 2, error: { code: 'TIMEOUT', timeoutMs: 30_000 } },
      ]);
      expect((await results).values()).toEqual([0, 1]);
    });

    it('waits as long as it is told', async () => {
      useFakeClock();
      await handleEverywhere('slow', () => new Promise(() => {}));
      const results = cluster.ipc.requestAll('slow', undefined, 200);

      await vi.advanceTimersByTimeAsync(210);

      expect((await results).errorCount).toBe(3);
    });

    it('calls the handler of its own cluster directly, before anything has left', async () => {
      const handler = vi.fn<() => string>(() => 'here');
      await handleEverywhere('where', (id) => (id === 0 ? handler() : 'there'));

      const results = cluster.ipc.requestAll('where');

      expect(handler).toHaveBeenCalledOnce();
      expect((await results).values()).toEqual(['here', 'there', 'there']);
    });
  });
});

describe('ResultCollection', () => {
  let results: ResultCollection<number>;

  beforeEach(async () => {
    await handleEverywhere('flaky', (id) => {
      if (id === 1) throw new Error('not today');
      return id * 5 + 1;
    });
    results = await cluster.ipc.requestAll<number>('flaky');
  });

  describe('Methods', () => {
    it('`values()` has all successful results', () => {
      expect(results.values()).toEqual([1, 11]);
    });

    it('`errors()` has all failed ones, by cluster', () => {
      expect(results.errors().map(({ clusterId, error }) => `${clusterId} ${String(error)}`)).toEqual([
        '1 Error: not today',
      ]);
    });

    it('`allOk()` says whether every cluster succeeded', async () => {
      await handleEverywhere('fine', (id) => id);

      expect([results.allOk(), (await cluster.ipc.requestAll('fine')).allOk()]).toEqual([false, true]);
    });

    it('`sum()` adds up the numbers', () => {
      expect(results.sum()).toBe(12);
    });

    it('`get(clusterId)` has the result of one cluster', () => {
      expect(results.get(2)).toEqual({ clusterId: 2, status: 'ok', data: 11 });
      expect(results.get(1)).toMatchObject({ clusterId: 1, status: 'error' });
    });

    it('`first()` has the first that succeeded, or nothing', async () => {
      await handleEverywhere('broken', () => Promise.reject(new Error('no')));

      expect([results.first(), (await cluster.ipc.requestAll('broken')).first()]).toEqual([1, undefined]);
    });

    it('`find(predicate)` has the first that fits, or nothing', () => {
      expect(results.find((data) => data > 5)).toBe(11);
      expect(results.find((_data, clusterId) => clusterId === 0)).toBe(1);
      expect(results.find((data) => data > 50)).toBeUndefined();
    });
  });

  describe('Properties', () => {
    it('`size`, `successCount` and `errorCount` count', () => {
      expect([results.size, results.successCount, results.errorCount]).toEqual([3, 2, 1]);
    });
  });

  describe('Example', () => {
    it('finds the biggest guild of all clusters, though one of them has none and one fails', async () => {
      const log: unknown[][] = [];
      const caches = [guildsOf(5, 80, 3), guildsOf(), guildsOf()];
      await handleEverywhere('getTopGuild', (id) => {
        if (id === 2) throw new Error('cache is gone');
        const sorted = [...(caches[id]?.values() ?? [])].toSorted((a, b) => b.memberCount - a.memberCount);
        return sorted[0] ? { name: sorted[0].name, members: sorted[0].memberCount } : null;
      });

      const tops = await other.ipc.requestAll<{ name: string; members: number } | null>('getTopGuild');
      if (!tops.allOk()) log.push(['Some clusters failed:', tops.errors()]);
      const topGuilds = tops.values().filter(Boolean);
      const biggest = topGuilds.toSorted((a, b) => (b?.members ?? 0) - (a?.members ?? 0))[0];

      expect(`Biggest guild: ${biggest?.name}`).toBe('Biggest guild: guild 80');
      expect(log).toMatchObject([['Some clusters failed:', [{ clusterId: 2 }]]]);
    });
  });
});

describe('Error Handling', () => {
  it('of a name that nobody handles reads as shown', async () => {
    const errors = [
      await errorOf(cluster.ipc.request('nonExistent')),
      await errorOf(cluster.ipc.requestTo(1, 'nonExistent')),
      await errorOf(cluster.ipc.requestTo(0, 'nonExistent')),
    ];

    expect(errors.map(String)).toEqual(Array(3).fill("Error: No handler registered for 'nonExistent'"));
  });

  it('of a handler that throws reads as shown, from anywhere', async () => {
    other.ipc.handle('mayFail', () => {
      throw new Error('Something went wrong');
    });
    await bot.idle();

    const errors = [
      await errorOf(cluster.ipc.request('mayFail')),
      await errorOf(cluster.ipc.requestTo(1, 'mayFail')),
      await errorOf(other.ipc.request('mayFail')),
      await errorOf(other.ipc.requestTo(1, 'mayFail')),
    ];

    expect(errors.map(String)).toEqual(Array(4).fill('Error: Something went wrong'));
  });

  it('of a call to all is in the collection, and the call resolves', async () => {
    await handleEverywhere('mayFail', (id) => {
      if (id > 0) throw new Error('Something went wrong');
      return 'fine';
    });

    const results = await cluster.ipc.requestAll('mayFail');
    const lines = results.errors().map((err) => `Cluster ${err.clusterId}: ${String(err.error)}`);

    expect(lines).toEqual([
      'Cluster 1: Error: Something went wrong',
      'Cluster 2: Error: Something went wrong',
    ]);
  });

  it('of a call to all has a cluster that is not there, too', async () => {
    await handleEverywhere('getUserCount', (id) => id);
    await bot.kill(2, 'stopped');

    const results = await cluster.ipc.requestAll('getUserCount');

    expect(results.errors()).toMatchObject([{ clusterId: 2, error: { code: 'CLUSTER_UNAVAILABLE' } }]);
  });
});
