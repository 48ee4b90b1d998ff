import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { ClusterManager, IPCError } from '../../src/index.js';
import { isAlive } from '../support/processes.js';

const CLUSTERS = 4;
const CHAOS_MS = 20_000;
const TIMEOUT_MS = 1500;
/** A call ends at its timeout; this is for a machine that is busy with other things. */
const LATE_MS = 3000;

it('ends every call, and runs one process per cluster, while clusters are killed and stopped at random', async () => {
  const manager = new ClusterManager(resolve('build/test/bots/core-bot.js'), {
    totalShards: CLUSTERS,
    totalClusters: CLUSTERS,
    execArgv: [],
    signals: false,
    // They die more often here than anybody would put up with.
    respawn: { initialDelay: 200, maxDelay: 500, maxRestarts: 10_000, startAttempts: 1000 },
  });
  const everyPid = new Map<number, number[]>();
  manager.on('clusterCreate', ({ id, pid = 0 }) => {
    const earlier = everyPid.get(id) ?? [];
    expect(earlier.filter(isAlive)).toEqual([]);
    everyPid.set(id, [...earlier, pid]);
  });
  await manager.spawn();
  const end = Date.now() + CHAOS_MS;
  const ends = new Map<string, number>();

  try {
    await Promise.all([
      ...Array.from({ length: 24 }, () => callUntil(manager, end, ends)),
      wreckUntil(manager, end),
    ]);

    const deaths = [...everyPid.values()].reduce((sum, pids) => sum + pids.length - 1, 0);
    expect(deaths).toBeGreaterThan(3);
    expect(ends.get('answered')).toBeGreaterThan(1000);
    expect([...ends.keys()].filter((how) => !EXPECTED.has(how))).toEqual([]);
    await backToWork(manager);
    expect(manager.stats()).toMatchObject({ pendingCalls: 0, inFlight: 0, waitingCalls: 0 });
  } finally {
    await manager.shutdown();
  }
  expect([...everyPid.values()].flat().filter(isAlive)).toEqual([]);
}, 120_000);

const EXPECTED = new Set(['answered', 'CLUSTER_DIED', 'TIMEOUT', 'CLUSTER_UNAVAILABLE', 'OVERLOADED']);

async function callUntil(manager: ClusterManager, end: number, ends: Map<string, number>): Promise<void> {
  for (let turn = 0; Date.now() < end; turn++) {
    const before = performance.now();
    const how = await manager.ipc.requestTo(turn % CLUSTERS, 'echo', { turn }, TIMEOUT_MS).then(
      () => 'answered',
      (error: unknown) => (error instanceof IPCError ? error.code : String(error)),
    );
    expect(performance.now() - before).toBeLessThan(TIMEOUT_MS + LATE_MS);
    ends.set(how, (ends.get(how) ?? 0) + 1);
  }
}

async function wreckUntil(manager: ClusterManager, end: number): Promise<void> {
  while (Date.now() < end) {
    const { pid } = manager.clusters[Math.floor(Math.random() * CLUSTERS)] ?? {};
    const isStop = Math.random() < 0.3;
    if (pid !== undefined) signal(pid, isStop ? 'SIGSTOP' : 'SIGKILL');
    // The pace of the chaos, not a wait for anything.
    await sleep(200 + Math.random() * 600);
    if (pid !== undefined && isStop) signal(pid, 'SIGCONT');
  }
}

async function backToWork(manager: ClusterManager): Promise<void> {
  const results = await manager.ipc.requestAll('id', undefined, 10_000);
  if (results.allOk()) return;
  await Promise.all(
    Array.from({ length: CLUSTERS }, (_, id) => manager.ipc.requestTo(id, 'id', undefined, 20_000)),
  );
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It died in this very moment: chaos enough.
  }
}
