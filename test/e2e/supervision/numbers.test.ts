/**
 * The bot in numbers: what the manager shows of itself and its clusters, and a cluster of itself, is what happens.
 */
import { once } from 'node:events';
import type { ClusterStats } from 'shardwire';
import { expect, it } from 'vitest';
import { until } from '../../support/processes.js';
import { makeManager, pidsOf } from '../core/start-bot.js';

it('shows every cluster, what is in flight, how late its event loop was, and what it has been through', async () => {
  const manager = makeManager('working-bot.js', {
    totalShards: 5,
    heartbeat: { interval: 50, timeout: 20_000 },
  });
  await manager.spawn();
  const [, victim] = pidsOf(manager) as [number, number];
  const back = once(manager, 'clusterReady');
  process.kill(victim, 'SIGKILL');
  await back;
  const open = [1, 2, 3].map(() => manager.ipc.requestTo(0, 'slow', undefined, 60_000).catch(() => {}));

  // From its first heartbeat on a process measures; the one after the next tells of it.
  await until(() => manager.clusters[1]?.lag !== undefined, 'the first heartbeat');
  // What the heartbeat during one block has found stays until the end of the next: nobody answers in between.
  let blocks = 0;
  await until(async () => {
    await manager.ipc.requestTo(1, 'block', 300);
    blocks += 1;
    return (manager.clusters[1]?.lag?.max ?? 0) > 200;
  }, 'the lag');
  await until(() => manager.clusters[0]?.inFlight === 3, 'three calls in flight');

  const stats = manager.stats();
  const memory = {
    rss: expect.toSatisfy((n) => n > 1e7),
    heapUsed: expect.toSatisfy((n) => n > 1e6),
  } as object;
  const uptime: unknown = expect.toSatisfy((ms) => ms > 0 && ms < stats.uptime);
  expect(stats).toMatchObject({
    totalClusters: 2,
    totalShards: 5,
    inFlight: 3,
    waitingCalls: 0,
    jobs: { stats: 0 },
  });
  expect(stats.routedCalls).toBeGreaterThanOrEqual(4);
  expect(stats.callsPerSecond).toBeGreaterThan(0);
  expect(JSON.parse(JSON.stringify(stats))).toEqual(stats);
  expect(stats.clusters).toMatchObject([
    {
      id: 0,
      state: 'ready',
      shardList: [0, 1, 2],
      restarts: 0,
      generation: 1,
      inFlight: 3,
      calls: 3,
      uptime,
      memory,
    },
    {
      id: 1,
      state: 'ready',
      shardList: [3, 4],
      restarts: 1,
      generation: 2,
      inFlight: 0,
      calls: blocks,
      uptime,
      memory,
    },
  ]);
  expect(stats.clusters.map(({ pid }) => pid)).toEqual(pidsOf(manager));

  const own = await manager.ipc.requestTo<ClusterStats>(0, 'stats');
  expect(own).toMatchObject({ id: 0, pid: pidsOf(manager)[0], servedCalls: 3, pendingCalls: 0, memory });
  expect([own.uptime > 0, own.lag.max < 20_000]).toEqual([true, true]);

  await manager.shutdown();
  await Promise.all(open);
});
