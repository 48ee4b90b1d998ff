/**
 * Coming up: shards identify as fast as Discord allows and no faster, what Discord refuses for good ends in a sentence,
 * and no cluster's failure is another's.
 */
import { once } from 'node:events';
import type { ClusterDeath, ClusterInfo } from 'shardwire';
import { describe, expect, it } from 'vitest';
import { until } from '../../support/processes.js';
import { makeGatewayBot } from './start-gateway-bot.js';
import type { GatewayBot } from './start-gateway-bot.js';

/** Discord's own limit here, and what the manager keeps: so much more that a busy machine does not decide the matter. */
const WINDOW_MS = 100;
const KEPT_MS = 400;

describe('16 shards in 4 clusters', () => {
  it('come up in less than half the time of one after the other, and Discord refuses none', async () => {
    const { discord, manager } = await makeGatewayBot({
      discord: { maxConcurrency: 4, identifyWindowMs: WINDOW_MS },
      manager: { totalShards: 16, totalClusters: 4, identifyWindow: KEPT_MS },
      env: { WAIT_FOR_LOGIN: 'yes' },
    });
    const refused: unknown[] = [];
    const identified: number[] = [];
    discord.on('identify', () => identified.push(performance.now()));
    discord.on('identifyRefused', (refusal) => refused.push(refusal));
    const start = manager.spawn();
    await until(
      () => manager.clusters.every(({ state }) => state === 'up'),
      'all clusters that wait for their login',
      30_000,
    );

    await manager.events.broadcast('login');
    await start;

    const tookMs = (identified.at(-1) ?? 0) - (identified[0] ?? 0);
    expect(refused).toEqual([]);
    expect(discord.sessions.map(({ shardId }) => shardId).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 16 }, (_, shardId) => shardId),
    );
    // One after the other, each shard but the first waits for a window.
    expect(tookMs).toBeLessThan((15 * KEPT_MS) / 2);
  });
});

describe('a cluster that gets SIGTERM before it is ready', () => {
  it('is replaced, and `spawn()` waits for the process that comes after it', async () => {
    const { manager } = await makeGatewayBot({
      manager: { totalShards: 2, totalClusters: 2 },
      env: { WAIT_FOR_LOGIN: 'yes' },
    });
    const areUp = (): boolean => manager.clusters.every(({ state }) => state === 'up');
    const start = manager.spawn();
    await until(areUp, 'all clusters that wait for their login', 30_000);

    process.kill(manager.clusters[1]?.pid ?? 0, 'SIGTERM');
    await until(() => manager.clusters[1]?.generation === 2 && areUp(), 'its next process', 30_000);
    await manager.events.broadcast('login');
    await start;

    expect(manager.clusters.map(({ state, restarts }) => [state, restarts])).toEqual([
      ['ready', 0],
      ['ready', 1],
    ]);
  });
});

describe('a start that Discord does not allow', () => {
  it('is refused before a process is started, with what is left and until when', async () => {
    const { manager } = await makeGatewayBot({
      discord: { recommendedShards: 4, sessionStartLimit: { remaining: 3, resetAfterMs: 7_200_000 } },
      manager: { totalShards: 'auto' },
    });
    const created: unknown[] = [];
    manager.on('clusterCreate', (cluster) => created.push(cluster));

    await expect(manager.spawn()).rejects.toThrow(
      'The bot was not started: 4 shards need a session start each, but this bot has only 3 left; ' +
        'the limit resets in 2 h 0 min.',
    );
    expect(created).toEqual([]);
  });

  it('is refused before a shard identifies, where the manager did not have to ask Discord', async () => {
    const { discord, manager } = await makeGatewayBot({
      discord: { sessionStartLimit: { remaining: 3 } },
      manager: { totalShards: 4, totalClusters: 2 },
    });

    await expect(manager.spawn()).rejects.toMatchObject({
      errors: [{ message: expect.stringMatching(/^Cluster \d cannot log in: 4 shards need/) as string }, {}],
    });
    expect(discord.sessions).toEqual([]);
  });
});

describe('a bot that Discord refuses for good', () => {
  const ONE = { totalShards: 1, totalClusters: 1 };

  async function deathsOf(bot: GatewayBot): Promise<{
    readonly deaths: string[];
    readonly error: AggregateError;
  }> {
    const deaths: string[] = [];
    bot.manager.on('clusterDeath', ({ id, state }: ClusterInfo, { reason }: ClusterDeath) =>
      deaths.push(`${id} ${reason} ${state}`),
    );
    const error = (await bot.manager.spawn().catch((reason: unknown) => reason)) as AggregateError;
    return { deaths, error };
  }

  it('for its token, ends with a sentence and is not started again', async () => {
    const bot = await makeGatewayBot({ manager: ONE, env: { DISCORD_TOKEN: 'wrong' } });

    const { deaths, error } = await deathsOf(bot);

    expect(deaths).toEqual(['0 fatal-login failed']);
    expect(String(error.errors[0])).toMatch(
      /^Error: Cluster \d cannot log in: Discord rejected the bot's token; get a new one/,
    );
  });

  it('for its intents, before it was ever ready', async () => {
    const bot = await makeGatewayBot({ manager: ONE, discord: { disallowedIntents: 1 << 15 } });

    const { deaths, error } = await deathsOf(bot);

    expect(deaths).toEqual(['0 fatal-login failed']);
    expect(String(error.errors[0])).toContain('intents that are not enabled (4014); enable them');
  });

  it('for its intents, after it was ready: discord.js would live on and call itself ready', async () => {
    const bot = await makeGatewayBot();
    const { discord, manager } = bot;
    await manager.spawn();
    const failed = once(manager, 'clusterFailed') as Promise<[ClusterInfo, Error]>;

    discord.disconnect(1, 4014);
    const [cluster, error] = await failed;

    expect(cluster).toMatchObject({ id: 1, state: 'failed', pid: undefined });
    expect(error.message).toContain('(4014)');
    expect(manager.clusters[0]).toMatchObject({ state: 'ready' });
  });
});

describe('a cluster that does not start', () => {
  it('neither stops nor delays the others', async () => {
    const { manager } = await makeGatewayBot({
      manager: { totalShards: 3, totalClusters: 3, respawn: { initialDelay: 0, startAttempts: 2 } },
      env: { FAIL: '0' },
    });
    const order: string[] = [];
    manager.on('clusterReady', ({ id }) => order.push(`ready ${id}`));
    manager.on('clusterFailed', ({ id }) => order.push(`failed ${id}`));

    await expect(manager.spawn()).rejects.toMatchObject({ message: '1 of 3 clusters did not start: 0' });

    expect(order.toSorted()).toEqual(['failed 0', 'ready 1', 'ready 2']);
    await expect(manager.ipc.requestTo(2, 'guilds')).resolves.not.toEqual([]);
  });
});
