/**
 * Two things at once: deaths, shutdowns and decisions in the middle of another change.
 */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { ClusterManager, ClusterManagerOptions } from 'shardwire';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { deferred } from '../../../src/async/deferred.js';
import { isAlive, until, untilDead } from '../../support/processes.js';
import { runningTimers } from '../../support/timers.js';
import { turn } from '../../support/turns.js';
import { BOTS, makeManager, pidsOf } from '../core/start-bot.js';
import { makeGatewayBot } from './start-gateway-bot.js';
import { startHost } from './start-host.js';

/** Far longer than anything here takes by itself. */
const LONG_MS = 20_000;

/** A bot of two clusters, and the pids of all its processes as they are started. */
function make(options: ClusterManagerOptions = {}): {
  readonly manager: ClusterManager;
  readonly started: number[];
} {
  const manager = makeManager('dying-bot.js', options);
  const started: number[] = [];
  manager.on('clusterCreate', ({ pid = 0 }) => void started.push(pid));
  return { manager, started };
}

async function start(options: ClusterManagerOptions = {}): Promise<ReturnType<typeof make>> {
  const bot = make(options);
  await bot.manager.spawn();
  return bot;
}

/** What a promise rejects with. */
function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => expect.fail('it was to fail'),
    (error: unknown) => error,
  );
}

async function fail(manager: ClusterManager): Promise<void> {
  await manager.ipc.requestTo(1, 'die', 'exit');
  await until(() => manager.clusters[1]?.state === 'failed', 'the failure');
}

describe('a new process that dies before the switch', () => {
  it('leaves the old set as it was', async () => {
    const { manager, started } = await start();
    const before = pidsOf(manager);
    manager.on('handover', ({ phase }) => {
      // In the midst of the 600 ms in which old and new note what they hear.
      if (phase === 'ready') setTimeout(() => process.kill(started[3] ?? 0, 'SIGKILL'), 200);
    });

    const failure = await failureOf(
      manager.reshard({ totalShards: 2, totalClusters: 2, handover: 'overlap', settle: 0 }),
    );

    expect(failure).toMatchObject({ rolledBack: true });
    expect(pidsOf(manager)).toEqual(before);
    expect(await manager.ipc.requestAll('id')).toMatchObject({ successCount: 2 });
    await untilDead(started.slice(2));
  });
});

describe('an old process, after the switch,', () => {
  it('that was to be restarted has no replacement', async () => {
    // Long enough for the reshard to switch before the process is gone, on a busy machine, too.
    const { manager, started } = await start({
      drainTimeout: LONG_MS,
      shutdownTimeout: LONG_MS,
      env: { HOOK_MS: '3000' },
    });
    const [, old = 0] = pidsOf(manager);
    const slow = manager.ipc.requestTo(0, 'slow', 2000);
    process.kill(old, 'SIGTERM');
    await until(() => manager.clusters[1]?.state === 'stopping', 'its end');

    await manager.reshard({ totalShards: 2, totalClusters: 2, settle: 0 });
    await slow;
    await until(() => !isAlive(old), 'the end of the old process');

    await expect(manager.ipc.requestTo(1, 'id')).resolves.toBe(1);
    expect(started).toHaveLength(4);
  });

  it('that waits for its backoff is not started again', async () => {
    const random = vi.spyOn(Math, 'random').mockReturnValue(0.5);
    onTestFinished(() => {
      random.mockRestore();
    });
    const { manager, started } = await start({
      drainTimeout: LONG_MS,
      // Half of it passes before the next start: long enough for the reshard to switch on a busy machine, too.
      respawn: { initialDelay: 6000 },
    });
    const slow = manager.ipc.requestTo(0, 'slow', 4000);
    process.kill(started[1] ?? 0, 'SIGKILL');
    await until(() => manager.clusters[1]?.state === 'backoff', 'the death');

    await manager.reshard({ totalShards: 2, totalClusters: 2, settle: 0 });
    await slow;

    expect(started).toHaveLength(4);
  });

  it('that is gone is not waited for, though its replacement has calls', async () => {
    const { manager, started } = await start({ drainTimeout: LONG_MS });
    const controller = new AbortController();
    const { signal } = controller;
    const callSlow = (): unknown => manager.ipc.requestTo(1, 'slow', LONG_MS, { signal }).catch(() => {});
    callSlow();
    manager.on('handover', ({ phase }) => {
      if (phase !== 'switched') return;
      callSlow();
      process.kill(started[1] ?? 0, 'SIGKILL');
    });
    const from = performance.now();

    await manager.restart(1, { settle: 0 });

    expect(performance.now() - from).toBeLessThan(LONG_MS / 2);
    controller.abort();
  });
});

describe('a decision that comes late', () => {
  async function startUndecided() {
    const decision = deferred<'respawn'>();
    const bot = await start({ respawn: { maxRestarts: 0 }, onClusterFailed: () => decision.promise });
    await fail(bot.manager);
    return { ...bot, decision };
  }

  it('restarts no cluster that was brought back meanwhile', async () => {
    const { manager, started, decision } = await startUndecided();
    await manager.restart(1);

    decision.resolve('respawn');
    await turn();

    expect([manager.clusters[1]?.state, started.length]).toEqual(['ready', 3]);
  });

  it('restarts no cluster that was replaced meanwhile', async () => {
    const { manager, started, decision } = await startUndecided();
    await manager.reshard({ totalShards: 2, totalClusters: 2, settle: 0 });

    decision.resolve('respawn');
    await turn();

    await expect(manager.ipc.requestTo(1, 'id')).resolves.toBe(1);
    expect(started).toHaveLength(4);
  });
});

describe('shutdown()', () => {
  it('lets a rolling restart start nothing more', async () => {
    const { manager, started } = await start({ respawn: false, env: { HOOK_MS: '400' } });
    await manager.ipc.requestTo(1, 'die', 'exit');
    await until(() => manager.clusters[1]?.state === 'down', 'the death');
    const switched = new Promise<void>((resolve) => {
      manager.on('handover', ({ phase }) => phase === 'switched' && resolve());
    });
    const rollout = failureOf(manager.rollingRestart({ handover: 'overlap', settle: 0 }));
    await switched;

    await manager.shutdown();

    expect(await rollout).toMatchObject({ clusterIds: [1] });
    expect(started).toHaveLength(3);
    await untilDead(started);
  });

  it('within `clusterDeath` leaves no timer of what would have followed', async () => {
    const { manager } = await start({ heartbeat: false, respawn: { initialDelay: 100_000 } });
    const before = runningTimers();
    const ended = new Promise<void>((resolve) => {
      manager.on('clusterDeath', () => void manager.shutdown().then(resolve));
    });

    await manager.ipc.requestTo(1, 'die', 'exit');
    await ended;

    expect(manager.clusters.map(({ state }) => state)).toEqual(['down', 'down']);
    await until(() => runningTimers() <= before, 'the end of all timers');
  });

  it('within `clusterDeath` of a planned restart starts nothing, and ends', async () => {
    const { manager, started } = await start({ shutdownTimeout: LONG_MS });
    const ended = new Promise<void>((resolve) => {
      manager.on('clusterDeath', () => void manager.shutdown().then(resolve));
    });
    const from = performance.now();

    process.kill(started[1] ?? 0, 'SIGTERM');
    await ended;

    expect(performance.now() - from).toBeLessThan(LONG_MS / 2);
    expect(started.some(isAlive)).toBe(false);
  });

  it('is told to whoever waits for a bot that was never started', async () => {
    const { manager } = make();
    const ready = failureOf(manager.whenReady());

    await manager.shutdown();

    expect(String(await ready)).toContain('before it was started');
  });
});

describe('respawn()', () => {
  it('within `clusterDeath` of a cluster that has just failed brings it back', async () => {
    const { manager } = await start({ respawn: { maxRestarts: 0 } });
    const ended = new Promise((resolve) => {
      manager.once('clusterDeath', () => resolve(manager.restart(1)));
    });

    await manager.ipc.requestTo(1, 'die', 'exit');

    expect(await ended).toMatchObject({ clusterIds: [1], gapMs: undefined });
    expect(manager.clusters[1]?.state).toBe('ready');
  });

  it('of a cluster that is starting lets calls wait for its next process', async () => {
    const { manager } = make({ drainTimeout: 3000 });
    const spawned = manager.spawn();

    const respawned = manager.restart(1);
    const call = manager.ipc.requestTo(1, 'slow', 300);

    await Promise.all([spawned, respawned]);
    await expect(call).resolves.toBe('after 300 ms');
  });

  it('of one that does not come up can be given up', async () => {
    const { manager } = make({ env: { STUCK: '1' }, shutdownTimeout: 200 });
    manager.spawn().catch(() => {});
    await until(() => manager.clusters[0]?.state === 'ready', 'the other');
    const controller = new AbortController();

    const respawned = failureOf(manager.restart(1, { signal: controller.signal }));
    controller.abort();

    expect(await respawned).toMatchObject({ clusterIds: [1] });
  });

  it('of one that dies at its start says of what', async () => {
    const { manager, folder } = await makeGatewayBot({ manager: { respawn: false } });
    await manager.spawn();
    process.kill(manager.clusters[1]?.pid ?? 0, 'SIGKILL');
    await until(() => manager.clusters[1]?.state === 'down', 'the death');
    writeFileSync(join(folder, 'broken'), '');

    expect(String(await failureOf(manager.restart(1)))).toMatch(/exited before it was ready \(.*exit code 1/);
  });
});

describe('a manager', () => {
  it('does not call a bot over that its hook brings back', async () => {
    const code = process.exitCode;
    onTestFinished(() => void (process.exitCode = code));
    const { manager } = await start({
      totalShards: 1,
      totalClusters: 1,
      signals: true,
      respawn: { maxRestarts: 0 },
      onClusterFailed: () => 'respawn',
    });
    const debug: string[] = [];
    manager.on('debug', (line: string) => void debug.push(line));
    const back = once(manager, 'clusterReady');

    await manager.ipc.requestTo(0, 'die', 'exit');
    await back;

    expect(debug.filter((line) => line.includes('no cluster is left'))).toEqual([]);
    expect(process.exitCode).toBe(code);
  });

  it('without descriptors lives on, and starts its clusters when it has some', async () => {
    const script = `ulimit -n 120; exec ${process.execPath} ${resolve(BOTS, 'exhausted-host.js')}`;

    const { stdout } = await promisify(execFile)('/bin/sh', ['-c', script], { timeout: 30_000 });

    const lines = stdout.trim().split('\n');
    expect([lines[0], ...lines.slice(-2)]).toEqual(['not-started', 'ready', 'stopped']);
  });
});

describe('a cluster in its shutdown hooks', () => {
  it('runs them to their end though a SIGTERM for all processes comes a moment later', async () => {
    const host = startHost({ totalShards: 1, totalClusters: 1 }, { HOOK_MS: '300' });
    await host.said('ready');
    process.kill(host.pid, 'SIGTERM');
    await until(() => host.journal().includes('hook 0'), 'the hook', 10_000);

    for (const pid of host.pids()) process.kill(pid, 'SIGTERM');

    await host.ended;
    expect(host.journal()).toEqual(['hook 0', 'hook done 0', 'destroy 0']);
  });
});
