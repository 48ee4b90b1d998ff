import { EventEmitter } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import type { ClusterClient } from 'shardwire';
import { createTestClusters } from 'shardwire/testing';
import type { TestClusters } from 'shardwire/testing';
import { until } from '../../support/turns.js';

let bot: TestClusters | undefined;

afterEach(async () => {
  await bot?.shutdown();
  bot = undefined;
});

function setup(cluster: ClusterClient<EventEmitter>): void {
  cluster.ipc.handle('id', () => cluster.id);
  cluster.ipc.handle('never', () => new Promise(() => {}));
}

describe('createTestClusters', () => {
  it('gives clusters and a manager that reach each other', async () => {
    bot = await createTestClusters(3, { setup });

    const fromManager = await bot.manager.ipc.requestAll<number>('id');
    const fromCluster = await bot.cluster(2).ipc.requestTo<number>(0, 'id');

    expect(fromManager.values()).toEqual([0, 1, 2]);
    expect(fromCluster).toBe(0);
  });

  it('deals shards to clusters as a manager does', async () => {
    bot = await createTestClusters(2, { totalShards: 5 });

    expect(bot.clusters.map(({ shardList }) => shardList)).toEqual([
      [0, 1, 2],
      [3, 4],
    ]);
  });

  it('waits for no client that is not ready, and lets calls wait for it', async () => {
    const client = (): EventEmitter & { isReady(): boolean } =>
      Object.assign(new EventEmitter(), { isReady: () => false });

    bot = await createTestClusters(2, { client });

    const call = bot.cluster(0).ipc.requestTo(1, 'late', undefined, 5000);
    bot.cluster(1).ipc.handle('late', () => 'here');
    await expect(call).resolves.toBe('here');
  });

  it('kills a cluster: its calls end at once, and the next process of that id answers', async () => {
    bot = await createTestClusters(2, { setup });
    const call = bot.cluster(0).ipc.requestTo(1, 'never');
    const ends = expect(call).rejects.toMatchObject({ code: 'CLUSTER_DIED', clusterId: 1 });
    await until(() => bot?.inFlight === 1);

    bot.kill(1);

    await ends;
    const waiting = bot.cluster(0).ipc.requestTo<number>(1, 'id');
    await bot.restart(1);
    await expect(waiting).resolves.toBe(1);
  });

  it.each(['kill', 'stop'] as const)('waits no longer for a restart that a %s cuts short', async (how) => {
    bot = await createTestClusters(2, { setup });
    const restarted = bot.restart(1);

    bot[how](1);

    await restarted;
  });

  it('waits no longer for a restart when it is shut down', async () => {
    bot = await createTestClusters(2, { setup });
    const restarted = bot.restart(1);

    await bot.shutdown();

    await restarted;
  });

  it('refuses calls to a stopped cluster at once', async () => {
    bot = await createTestClusters(2, { setup });

    bot.stop(1);

    await expect(bot.cluster(0).ipc.requestTo(1, 'id')).rejects.toMatchObject({
      code: 'CLUSTER_UNAVAILABLE',
    });
  });
});

describe('disturb', () => {
  it('drops answers: the caller ends at its own timeout', async () => {
    bot = await createTestClusters(2, { setup });
    const lost = bot.injectFault({ fault: 'drop', from: 1, to: 0, frames: ['answer'] });

    await expect(bot.cluster(0).ipc.requestTo(1, 'id', undefined, 20)).rejects.toMatchObject({
      code: 'TIMEOUT',
    });

    expect(lost.hits).toBe(1);
  });

  it('doubles answers: the caller gets one', async () => {
    bot = await createTestClusters(2, { setup });
    const doubled = bot.injectFault({ fault: 'duplicate', from: 1, to: 0 });

    const { ipc } = bot.cluster(0);
    const answers = await Promise.all([1, 2, 3].map(() => ipc.requestTo(1, 'id')));

    expect(answers).toEqual([1, 1, 1]);
    expect(doubled.hits).toBe(3);
  });

  it('reorders events between two clusters until it is stopped', async () => {
    const seen: unknown[] = [];
    bot = await createTestClusters(2, { setup: (cluster) => cluster.events.on('n', (n) => seen.push(n)) });
    const reordered = bot.injectFault({ fault: 'reorder', from: 0, to: 1, frames: ['event'] });

    for (const n of [1, 2, 3]) await bot.cluster(0).events.emitTo(1, 'n', n);
    await until(() => seen.length === 2);
    reordered.stop();

    await until(() => seen.length === 3);
    expect(seen).toEqual([2, 1, 3]);
  });

  it('goes on when its cluster is restarted', async () => {
    bot = await createTestClusters(2, { setup });
    const lost = bot.injectFault({ fault: 'drop', from: 0, to: 1, frames: ['request'] });

    await bot.restart(1);
    const call = bot.cluster(0).ipc.requestTo(1, 'id', undefined, 20);

    await expect(call).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect(lost.hits).toBe(1);
    lost.stop();
    await expect(bot.cluster(0).ipc.requestTo(1, 'id')).resolves.toBe(1);
  });

  it('delays requests: later ones overtake them', async () => {
    const seen: unknown[] = [];
    bot = await createTestClusters(2, {
      setup: (cluster) => cluster.ipc.handle('n', (n: number) => seen.push(n)),
    });
    const delayed = bot.injectFault({ fault: 'delay', ms: 30, from: 0, to: 1, frames: ['request'] });
    const slow = bot.cluster(0).ipc.requestTo(1, 'n', 'slow');
    await until(() => delayed.hits === 1);
    delayed.stop();

    await bot.cluster(0).ipc.requestTo(1, 'n', 'quick');
    await slow;

    expect(seen).toEqual(['quick', 'slow']);
  });
});
