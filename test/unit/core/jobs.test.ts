/**
 * Singleton jobs, with whole clusters in one process: a job runs on one cluster, and on another when that one is gone.
 */
import { EventEmitter } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { ClusterClient } from '../../../src/index.js';
import { createTestClusters } from '../../../src/testing/index.js';
import type { TestClusters } from '../../../src/testing/index.js';
import { turnUntil } from '../../support/turns.js';

let bot: TestClusters | undefined;
let log: string[] = [];

afterEach(async () => {
  await bot?.shutdown();
  bot = undefined;
  log = [];
});

function setup(cluster: ClusterClient<EventEmitter>): void {
  cluster.runSingleton('stats', ({ signal }) => {
    log.push(`begin ${cluster.id}`);
    return new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => {
        log.push(`end ${cluster.id}`);
        resolve();
      });
    });
  });
}

async function logged(...lines: readonly string[]): Promise<void> {
  await turnUntil(() => log.length >= lines.length, `the line '${lines.at(-1)}'`);
  expect(log).toEqual(lines);
}

describe('runSingleton', () => {
  it('runs on one cluster, moves when that is gone, and stays when it comes back', async () => {
    bot = await createTestClusters(3, { setup });
    await logged('begin 0');

    bot.kill(0);
    await logged('begin 0', 'end 0', 'begin 1');
    await bot.restart(0);
    bot.kill(1);
    await logged('begin 0', 'end 0', 'begin 1', 'end 1', 'begin 0');
  });

  it('moves when the cluster withdraws the job', async () => {
    let stop: (() => Promise<void>) | undefined;
    bot = await createTestClusters(2, {
      setup: (cluster) => {
        const handle = cluster.runSingleton('cron', () => void log.push(`cron ${cluster.id}`));
        if (cluster.id === 0) stop = () => handle.stop();
      },
    });
    await logged('cron 0');

    await stop?.();

    await logged('cron 0', 'cron 1');
  });

  it('refuses a second job of one name in one cluster', async () => {
    bot = await createTestClusters(1, { setup });

    expect(() => setup(bot?.cluster(0) as ClusterClient<EventEmitter>)).toThrow("already has a job 'stats'");
  });

  it('runs right here in a process that no manager started', async () => {
    const client = Object.assign(new EventEmitter(), { isReady: () => false });
    const cluster = new ClusterClient(client);
    const before = cluster.runSingleton('stats', () => new Promise(() => {}));
    const waited = before.isRunning;

    client.emit('clientReady');

    await turnUntil(() => before.isRunning, 'the job');
    expect(waited).toBe(false);
  });
});
