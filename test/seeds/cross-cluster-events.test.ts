/**
 * The page about events, line by line: whatever it shows or says works as it stands there.
 */
import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EventBusClient } from 'shardwire';
import { startMemoryBot } from '../support/memory-bot.js';
import type { MemoryBot, MemoryProcess } from '../support/memory-bot.js';
import { useFakeClock } from '../support/turns.js';

let bot: MemoryBot;
let cluster: MemoryProcess;

beforeEach(async () => {
  bot = await startMemoryBot(3);
  cluster = bot.cluster(1);
});
afterEach(() => {
  bot.stop();
  vi.useRealTimers();
});

/** Listens on every cluster; what arrives, as `[receiver, data, source]`. */
function hearEverywhere(event: string): unknown[][] {
  const heard: unknown[][] = [];
  for (const { id, events } of bot.clusters)
    events.on(event, (data, source) => heard.push([id, data, source]));
  return heard;
}

describe('Cross-Cluster Events', () => {
  it('are reached through `cluster.events`, which is an EventEmitter', () => {
    expect(cluster.events).toBeInstanceOf(EventBusClient);
    expect(cluster.events).toBeInstanceOf(EventEmitter);
  });
});

describe('Broadcasting Events', () => {
  describe('`events.broadcast(event, data?)`', () => {
    it('reaches all other clusters, and never the one that sends', async () => {
      const heard = hearEverywhere('configUpdated');

      await cluster.events.broadcast('configUpdated', { key: 'prefix', value: '!' });
      await bot.idle();

      expect(heard).toEqual([
        [0, { key: 'prefix', value: '!' }, 1],
        [2, { key: 'prefix', value: '!' }, 1],
      ]);
    });

    it('needs no data', async () => {
      const heard = hearEverywhere('configReload');

      await cluster.events.broadcast('configReload');
      await bot.idle();

      expect(heard).toEqual([
        [0, undefined, 1],
        [2, undefined, 1],
      ]);
    });

    it('refuses data that cannot be sent, and sends nothing', async () => {
      const heard = hearEverywhere('broken');

      await expect(cluster.events.broadcast('broken', { id: 1n })).rejects.toMatchObject({
        code: 'UNSERIALIZABLE',
        message: 'broken -> all clusters: data.id is a bigint',
      });
      await bot.idle();

      expect(heard).toEqual([]);
    });
  });

  describe('`events.emitTo(clusterId, event, data?)`', () => {
    it('reaches that cluster and no other, cluster 0 like any', async () => {
      const heard = hearEverywhere('taskAssigned');

      await cluster.events.emitTo(0, 'taskAssigned', { taskId: 'cleanup-123' });
      await cluster.events.emitTo(2, 'taskAssigned');
      await bot.idle();

      expect(heard).toEqual([
        [0, { taskId: 'cleanup-123' }, 1],
        [2, undefined, 1],
      ]);
    });

    it('may be called as the first thing a cluster does, before it has heard from the manager', async () => {
      const heard: unknown[] = [];
      bot.cluster(0).events.on('logAction', (data) => heard.push(data));
      await bot.kill(2);

      const newcomer = bot.spawn(2);
      await newcomer.events.emitTo(0, 'logAction', 'first');
      await bot.idle();

      expect(heard).toEqual(['first']);
    });

    it('says so when that cluster is not there', async () => {
      await bot.kill(2, 'stopped');
      await bot.idle();

      await expect(cluster.events.emitTo(2, 'x')).rejects.toMatchObject({ code: 'CLUSTER_UNAVAILABLE' });
      await expect(cluster.events.emitTo(3, 'x')).rejects.toMatchObject({ code: 'CLUSTER_NOT_FOUND' });
    });
  });

  describe('`events.broadcastAndWait(event, data?, timeout?, expectedClusters?)`', () => {
    it('says how many have it', async () => {
      const heard = hearEverywhere('cacheInvalidate');

      const acked = await cluster.events.broadcastAndWait(
        'cacheInvalidate',
        { key: 'guild:123' },
        10_000,
        cluster.totalClusters - 1,
      );

      expect(`${acked} clusters acknowledged`).toBe('2 clusters acknowledged');
      expect(heard.map(([id]) => id)).toEqual([0, 2]);
    });

    it('expects nobody unless told to: 0 at once, and the event is sent all the same', async () => {
      useFakeClock();
      const heard = hearEverywhere('cacheInvalidate');

      const acked = await cluster.events.broadcastAndWait('cacheInvalidate', { key: 'x' });
      await bot.idle();

      expect([acked, heard.length]).toEqual([0, 2]);
      expect(vi.getTimerCount()).toBe(0);
    });

    it('waits ten seconds unless told otherwise, and counts those that came', async () => {
      useFakeClock();
      await bot.kill(2, 'stopped');
      const acked = cluster.events.broadcastAndWait('cacheInvalidate', null, undefined, 2);
      let isOver = false;
      void acked.then(() => (isOver = true));
      await bot.idle();

      await vi.advanceTimersByTimeAsync(9999);
      const early = isOver;
      await vi.advanceTimersByTimeAsync(10);

      expect([early, await acked]).toEqual([false, 1]);
    });

    it('waits no longer than it is told', async () => {
      useFakeClock();
      const acked = cluster.events.broadcastAndWait('cacheInvalidate', null, 50, 99);
      await bot.idle();

      await vi.advanceTimersByTimeAsync(60);

      expect(await acked).toBe(2);
    });

    it('ends with the last ack, long before its time', async () => {
      useFakeClock();

      const acked = await cluster.events.broadcastAndWait('cacheInvalidate', null, 10_000, 1);

      expect(acked).toBe(1);
    });

    it('needs nothing of the listeners: none at all, or one that fails, acknowledges, too', async () => {
      bot.cluster(0).events.on('listenerError', () => {});
      bot.cluster(0).events.on('cacheInvalidate', () => {
        throw new Error('broken');
      });

      await expect(cluster.events.broadcastAndWait('cacheInvalidate', null, 10_000, 2)).resolves.toBe(2);
    });

    it('counts an ack only once the listeners were called', async () => {
      const order: string[] = [];
      bot.cluster(0).events.on('cacheInvalidate', () => order.push('listener'));

      await cluster.events.broadcastAndWait('cacheInvalidate', null, 10_000, 2);
      order.push('acknowledged');

      expect(order).toEqual(['listener', 'acknowledged']);
    });
  });
});

describe('Listening for Events', () => {
  it('gives a listener the data and the cluster it comes from', async () => {
    const log: string[] = [];
    bot.cluster(0).events.on('configUpdated', (data, sourceCluster) => {
      log.push(`Cluster ${sourceCluster} updated config: ${JSON.stringify(data)}`);
    });

    await cluster.events.broadcast('configUpdated', { key: 'prefix' });
    await bot.cluster(2).events.broadcast('configUpdated', { key: 'locale' });
    await bot.idle();

    expect(log).toEqual([
      'Cluster 1 updated config: {"key":"prefix"}',
      'Cluster 2 updated config: {"key":"locale"}',
    ]);
  });

  it('knows cluster 0 by its number, though it is falsy', async () => {
    const sources: unknown[] = [];
    cluster.events.on('taskAssigned', (data, sourceCluster) => {
      const { taskId } = data as { taskId: string };
      sources.push([taskId, sourceCluster]);
    });

    await bot.cluster(0).events.emitTo(1, 'taskAssigned', { taskId: 'a' });
    await bot.idle();

    expect(sources).toEqual([['a', 0]]);
  });

  it('lets a listener go again', async () => {
    const listener = vi.fn<(data: unknown) => void>();
    bot.cluster(0).events.on('news', listener);

    bot.cluster(0).events.off('news', listener);
    await cluster.events.broadcast('news');
    await bot.idle();

    expect(listener).not.toHaveBeenCalled();
  });
});

describe('Examples', () => {
  describe('Cache Invalidation', () => {
    it('drops the copies of all clusters', async () => {
      const caches = bot.clusters.map(() => new Set(['guild:1', 'guild:2']));
      for (const { id, events } of bot.clusters) {
        events.on('invalidateCache', (data) => {
          const { type, id: entry } = data as { type: string; id: string };
          caches[id]?.delete(`${type}:${entry}`);
        });
      }

      caches[1]?.delete('guild:1');
      await cluster.events.broadcast('invalidateCache', { type: 'guild', id: '1' });
      await bot.idle();

      expect(caches.map((cache) => [...cache])).toEqual([['guild:2'], ['guild:2'], ['guild:2']]);
    });
  });

  describe('Configuration Reload', () => {
    it('reloads everywhere, with listeners that are async', async () => {
      let stored = 'old';
      const loadConfig = () => Promise.resolve(stored);
      const configs = bot.clusters.map(() => 'old');
      for (const { id, events } of bot.clusters) {
        events.on('configReload', async () => {
          configs[id] = await loadConfig();
        });
      }

      stored = 'new';
      configs[1] = await loadConfig();
      await cluster.events.broadcast('configReload');
      await bot.idle();

      expect(configs).toEqual(['new', 'new', 'new']);
    });
  });

  describe('Maintenance Mode', () => {
    it('is switched on everywhere by one cluster', async () => {
      const modes = bot.clusters.map(() => false);
      for (const { id, events } of bot.clusters) {
        events.on('maintenance', (data) => {
          modes[id] = (data as { enabled: boolean }).enabled;
        });
      }

      modes[1] = true;
      await cluster.events.broadcast('maintenance', { enabled: modes[1] });
      await bot.idle();

      expect(modes).toEqual([true, true, true]);
    });
  });

  describe('Cluster-to-Cluster Communication', () => {
    it('brings what happens anywhere to the primary', async () => {
      const auditLog: unknown[] = [];
      for (const { isPrimary, events } of bot.clusters) {
        if (!isPrimary) continue;
        events.on('logAction', (data, sourceCluster) => {
          const { action, userId } = data as { action: string; userId: string };
          auditLog.push({ action, userId, sourceCluster });
        });
      }

      for (const { events } of bot.clusters) {
        await events.emitTo(0, 'logAction', { action: 'ban', userId: '987654321098765432' });
      }
      await bot.idle();

      const entry = { action: 'ban', userId: '987654321098765432' };
      expect(auditLog).toHaveLength(3);
      expect(auditLog).toEqual(
        expect.arrayContaining([0, 1, 2].map((sourceCluster) => ({ ...entry, sourceCluster }))),
      );
    });
  });
});

describe('Event Flow', () => {
  it('is sender, manager, everyone else, in the order in which it was sent', async () => {
    const heard = hearEverywhere('myEvent');
    const atManager: unknown[] = [];
    bot.manager.events.on('myEvent', (data, source) => atManager.push([data, source]));

    for (const data of [1, 2, 3]) void cluster.events.broadcast('myEvent', data);
    await bot.idle();

    expect(heard.filter(([receiver]) => receiver === 0)).toEqual([1, 2, 3].map((data) => [0, data, 1]));
    expect(heard.filter(([receiver]) => receiver === 2)).toEqual([1, 2, 3].map((data) => [2, data, 1]));
    expect(atManager).toEqual([1, 2, 3].map((data) => [data, 1]));
  });

  it('keeps its order also between events and calls to one cluster', async () => {
    const order: unknown[] = [];
    bot.cluster(0).events.on('note', (data) => order.push(data));
    bot.cluster(0).ipc.handle('ask', (data) => order.push(data));

    void cluster.events.emitTo(0, 'note', 'first');
    const answer = cluster.ipc.requestTo(0, 'ask', 'second');
    void cluster.events.broadcast('note', 'third');
    await answer;
    await bot.idle();

    expect(order).toEqual(['first', 'second', 'third']);
  });
});
