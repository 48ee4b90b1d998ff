/**
 * Staying up: each way for a cluster to die is found out, told once with its reason, and followed by a new process,
 * while the rest of the bot goes on.
 */
import { once } from 'node:events';
import type {
  ClusterDeath,
  ClusterInfo,
  ClusterManager,
  ClusterManagerOptions,
  DeathReason,
} from 'shardwire';
import { describe, expect, it } from 'vitest';
import { isAlive, until } from '../../support/processes.js';
import { makeManager, pidsOf } from '../core/start-bot.js';
import { makeGatewayBot } from './start-gateway-bot.js';

/** Soon enough to be waited for; later than a healthy process is late on a machine that is busy. */
const SOON = { interval: 50, timeout: 1000 };
/** For deaths that show otherwise: a process that is short of memory hardly turns its event loop any more. */
const LATE = { interval: 50, timeout: 20_000 };

async function start(options: ClusterManagerOptions = {}): Promise<{
  readonly manager: ClusterManager;
  readonly deaths: [ClusterInfo, ClusterDeath][];
}> {
  const manager = makeManager('dying-bot.js', {
    execArgv: ['--max-old-space-size=64'],
    heartbeat: LATE,
    ...options,
  });
  const deaths: [ClusterInfo, ClusterDeath][] = [];
  manager.on('clusterDeath', (cluster, death) => deaths.push([cluster, death]));
  await manager.spawn();
  return { manager, deaths };
}

/** Calls one cluster again and again until it is told to stop; counts what went wrong. */
function keepCalling(
  manager: ClusterManager,
  id: number,
): () => Promise<{ calls: number; failures: number }> {
  let isOver = false;
  const done = (async () => {
    const count = { calls: 0, failures: 0 };
    // oxlint-disable-next-line eslint/no-unmodified-loop-condition -- the function that is returned does
    while (!isOver) {
      count.calls += 1;
      await manager.ipc.requestTo(id, 'id', undefined, 2000).catch(() => (count.failures += 1));
    }
    return count;
  })();
  return () => {
    isOver = true;
    return done;
  };
}

describe('a cluster that dies', () => {
  it.each<[string, string, DeathReason, RegExp]>([
    ['that exits', 'exit', 'exit', /^$/],
    ['that is killed', 'kill', 'signal', /^$/],
    ['that runs out of memory', 'memory', 'out-of-memory', /heap is full/],
    [
      'with an exception nobody catches',
      'exception',
      'uncaught-exception',
      /^TypeError: nobody catches this$/,
    ],
    [
      'with a rejection nobody awaits',
      'rejection',
      'unhandled-rejection',
      /^RangeError: nobody awaits this$/,
    ],
    ['whose event loop stands still', 'freeze', 'frozen', /did not turn for \d+ ms/],
    ['whose link breaks while it lives on', 'link', 'link-lost', /pipe has ended/],
  ])('%s is told once and replaced, and the other serves on', async (_what, how, reason, detail) => {
    const { manager, deaths } = await start({ heartbeat: reason === 'frozen' ? SOON : LATE });
    const [, pid] = pidsOf(manager) as [number, number];
    const stopCalling = keepCalling(manager, 0);
    const back = once(manager, 'clusterReady') as Promise<[ClusterInfo]>;

    await manager.ipc.requestTo(1, 'die', how);
    const [successor] = await back;
    const { calls, failures } = await stopCalling();

    expect(deaths).toHaveLength(1);
    expect(deaths[0]?.[0]).toMatchObject({ id: 1, state: 'backoff', pid: undefined });
    expect(deaths[0]?.[1]).toMatchObject({
      reason,
      detail: expect.stringMatching(detail) as string,
      pid,
      generation: 1,
    });
    expect(isAlive(pid)).toBe(false);
    expect(successor).toMatchObject({ id: 1, state: 'ready', generation: 2, restarts: 1 });
    await expect(manager.ipc.requestTo(1, 'id')).resolves.toBe(1);
    expect(failures).toBe(0);
    expect(calls).toBeGreaterThan(10);
  });

  it('stands still at the hands of SIGSTOP: it is killed all the same', async () => {
    const { manager, deaths } = await start({ heartbeat: SOON });
    const [pid] = pidsOf(manager) as [number];
    const back = once(manager, 'clusterReady');

    process.kill(pid, 'SIGSTOP');
    await back;

    expect(deaths.map(([{ id }, { reason, signal }]) => [id, reason, signal])).toEqual([
      [0, 'frozen', 'SIGKILL'],
    ]);
    expect(isAlive(pid)).toBe(false);
  });

  it('is replaced without a word of failure when it alone gets SIGTERM', async () => {
    const { manager, deaths } = await start();
    const [pid] = pidsOf(manager) as [number];
    const slow = manager.ipc.requestTo(0, 'slow', 50);
    const back = once(manager, 'clusterReady');

    process.kill(pid, 'SIGTERM');
    await back;

    expect(deaths.map(([{ id }, { reason, code }]) => [id, reason, code])).toEqual([[0, 'stopped', 0]]);
    await expect(slow).resolves.toBe('after 50 ms');
    await expect(manager.ipc.requestTo(0, 'id')).resolves.toBe(0);
  });

  it('does not care for SIGINT, which is for its manager', async () => {
    const { manager, deaths } = await start();

    for (const pid of pidsOf(manager)) process.kill(pid, 'SIGINT');

    await expect(manager.ipc.requestAll('id')).resolves.toMatchObject({ successCount: 2 });
    expect(deaths).toEqual([]);
  });
});

describe('a budget of restarts', () => {
  it('is told when it is spent, once, and the rest of the bot goes on', async () => {
    const asked: string[] = [];
    const { manager, deaths } = await start({
      respawn: { initialDelay: 5, maxRestarts: 2 },
      onClusterFailed: ({ id }) => void asked.push(`asked ${id}`),
    });
    const failed = once(manager, 'clusterFailed') as Promise<[ClusterInfo, Error]>;
    manager.on('clusterReady', ({ id }) => void manager.ipc.requestTo(id, 'die', 'exit'));

    await manager.ipc.requestTo(1, 'die', 'exit');
    const [cluster, error] = await failed;

    expect(deaths.map(([{ id, state }]) => [id, state])).toEqual([
      [1, 'backoff'],
      [1, 'backoff'],
      [1, 'failed'],
    ]);
    expect(cluster).toMatchObject({ id: 1, state: 'failed', restarts: 2 });
    expect(error.message).toMatch(/^Cluster 1 died again \(exit code 7\) after 2 restarts/);
    expect(asked).toEqual(['asked 1']);
    await expect(manager.ipc.requestTo(1, 'id')).rejects.toMatchObject({ code: 'CLUSTER_UNAVAILABLE' });
    await expect(manager.ipc.requestTo(0, 'id')).resolves.toBe(0);
  });

  it('is given anew by the hook that is asked', async () => {
    const { manager } = await start({
      respawn: { maxRestarts: 0 },
      onClusterFailed: () => 'respawn',
    });
    const back = once(manager, 'clusterReady');

    await manager.ipc.requestTo(1, 'die', 'exit');
    await back;

    await expect(manager.ipc.requestTo(1, 'id')).resolves.toBe(1);
  });
});

describe('respawn: false', () => {
  it('leaves the dead alone', async () => {
    const { manager, deaths } = await start({ respawn: false });

    await manager.ipc.requestTo(1, 'die', 'exception');
    await until(() => deaths.length === 1, 'the death');

    expect(manager.clusters[1]).toMatchObject({ state: 'down', pid: undefined });
    await expect(manager.ipc.requestTo(1, 'id')).rejects.toMatchObject({ code: 'CLUSTER_UNAVAILABLE' });
  });
});

describe('manager.clusters', () => {
  it('shows how each cluster is', async () => {
    const { manager } = await start();

    await until(() => (manager.clusters[0]?.memory?.rss ?? 0) > 0, 'the first heartbeat');
    const controller = new AbortController();
    const slow = manager.ipc.requestTo(0, 'slow', 60_000, { signal: controller.signal });

    expect(manager.clusters[0]).toEqual({
      id: 0,
      pid: expect.any(Number) as number,
      shardList: [0],
      generation: 1,
      state: 'ready',
      inFlight: 0,
      calls: 0,
      guilds: undefined,
      uptime: expect.any(Number) as number,
      restarts: 0,
      lag: { mean: expect.any(Number) as number, max: expect.any(Number) as number },
      memory: { rss: expect.any(Number) as number, heapUsed: expect.any(Number) as number },
    });
    await until(() => manager.clusters[0]?.inFlight === 1, 'the call in flight');
    controller.abort();
    await expect(slow).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('shows how many guilds each client knows, and how many calls came', async () => {
    const { manager } = await makeGatewayBot({ manager: { heartbeat: { interval: 50, timeout: 5000 } } });
    await manager.spawn();

    await until(
      () => manager.clusters.reduce((sum, { guilds = 0 }) => sum + guilds, 0) === 8,
      'all guilds of the local Discord',
    );
    await manager.ipc.requestAll('count', 1);
    await manager.ipc.requestTo(1, 'count', 2);

    expect(manager.clusters.map(({ calls }) => calls)).toEqual([1, 2]);
  });
});
