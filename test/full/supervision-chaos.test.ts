/**
 * Supervision under chaos: for a minute, processes are killed, stopped, asked to leave, restarted and handed over at
 * random, and at every step there is one process per cluster and one session per shard that handles events.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { makeGatewayBot } from '../e2e/supervision/start-gateway-bot.js';
import type { GatewayBot } from '../e2e/supervision/start-gateway-bot.js';
import { isAlive, until, untilDead } from '../support/processes.js';

const CLUSTERS = 3;
const CHAOS_MS = 60_000;
const MESSAGE_MS = 20;

it('has one process per cluster and one session per shard at every step, and no event is handled twice', async () => {
  const bot = await makeGatewayBot({
    discord: { identifyWindowMs: 20, sessionStartLimit: { total: 100_000 } },
    manager: {
      totalShards: CLUSTERS,
      totalClusters: CLUSTERS,
      identifyWindow: 40,
      heartbeat: { interval: 100, timeout: 3000 },
      respawn: { initialDelay: 100, maxDelay: 400, maxRestarts: 10_000, startAttempts: 1000 },
    },
  });
  const { manager, discord } = bot;
  const watch = watchTwins(bot);
  await manager.spawn();
  const stopTalking = talk(bot);
  onTestFinished(stopTalking);
  const done = new Map<string, number>();

  const end = Date.now() + CHAOS_MS;
  await Promise.all([wreckUntil(bot, end, done), changeUntil(bot, end, watch, done)]);
  await until(() => manager.clusters.every(({ state }) => state === 'ready'), 'all clusters', 60_000);
  stopTalking();

  expect(watch.twins).toEqual([]);
  expect(duplicatesOf(bot)).toEqual([]);
  for (const what of ['SIGKILL', 'SIGSTOP', 'SIGTERM', 'handover']) {
    expect(done.get(what), what).toBeGreaterThan(0);
  }
  expect(discord.sessions.map(({ shardId }) => shardId).toSorted((a, b) => a - b)).toEqual([0, 1, 2]);
  expect(watch.alive()).toHaveLength(CLUSTERS);
  const results = await manager.ipc.requestAll('facts', undefined, 10_000);
  expect(results.errors()).toEqual([]);
  expect(results.size).toBe(CLUSTERS);
  await manager.shutdown();
  expect(watch.alive()).toEqual([]);
}, 300_000);

interface TwinWatch {
  /** What was seen that must not be. */
  readonly twins: string[];
  /** Clusters that are being handed over: two processes of one are right, and where they overlap two sessions. */
  readonly handedOver: Set<number>;
  alive(): number[];
}

/** Looks at the process table and at Discord's sessions whenever either changes. */
function watchTwins({ manager, discord }: GatewayBot): TwinWatch {
  const twins: string[] = [];
  const handedOver = new Set<number>();
  const pids = Array.from({ length: CLUSTERS }, () => new Set<number>());
  manager.on('clusterCreate', ({ id, pid = 0 }) => {
    const earlier = [...(pids[id] ?? [])].filter(isAlive);
    if (earlier.length > (handedOver.has(id) ? 1 : 0))
      twins.push(`cluster ${id}: ${pid} beside ${earlier.join()}`);
    pids[id]?.add(pid);
  });
  discord.on('identify', ({ shardId }) => {
    const sessions = discord.sessions.filter((session) => session.shardId === shardId);
    if (sessions.length > (handedOver.has(shardId) ? 2 : 1))
      twins.push(`shard ${shardId}: ${sessions.length} sessions`);
  });
  return { twins, handedOver, alive: () => pids.flatMap((each) => [...each].filter(isAlive)) };
}

function talk({ discord }: GatewayBot): () => void {
  const guildIds = discord.guildIdsOf(0, 1);
  let number = 0;
  const timer = setInterval(() => {
    const guildId = guildIds[number % guildIds.length] ?? '';
    discord.sendMessage({ guildId, content: String(number) });
    number += 1;
  }, MESSAGE_MS);
  return () => clearInterval(timer);
}

function duplicatesOf(bot: GatewayBot): string[] {
  const seen = new Map<string, number>();
  for (const { content, pid } of bot.notes('message')) {
    if (seen.has(content)) return [`message ${content} by ${seen.get(content)} and ${pid}`];
    seen.set(content, pid);
  }
  return [];
}

/** Ends processes from outside, and waits until the last of them has ended and the manager knows. */
async function wreckUntil({ manager }: GatewayBot, end: number, done: Map<string, number>): Promise<void> {
  const wrecked: number[] = [];
  while (Date.now() < end) {
    const { pid, state } = manager.clusters[pick(CLUSTERS)] ?? {};
    const signal = (['SIGKILL', 'SIGSTOP', 'SIGTERM'] as const)[pick(3)] ?? 'SIGKILL';
    // One that is stopped before it has said hello is found out by `readyTimeout` only.
    const isWatched = state === 'up' || state === 'ready';
    if (pid !== undefined && isAlive(pid) && (isWatched || signal === 'SIGKILL')) {
      process.kill(pid, signal);
      wrecked.push(pid);
      count(done, signal);
    }
    // The pace of the chaos, not a wait for anything.
    await sleep(1000 + pick(3000));
  }
  // One that was stopped counts as ready until its heartbeat is missed.
  await untilDead(wrecked, 30_000);
  await until(() => !manager.clusters.some(({ pid = 0 }) => wrecked.includes(pid)), 'news of all ends');
}

/** Replaces processes as an operator would. Some of it fails, as processes die on the way. */
async function changeUntil(
  { manager }: GatewayBot,
  end: number,
  { handedOver }: TwinWatch,
  done: Map<string, number>,
): Promise<void> {
  while (Date.now() < end) {
    const id = pick(CLUSTERS);
    const wasReady = manager.clusters[id]?.state === 'ready';
    const handover = pick(2) === 0 ? 'sequential' : 'overlap';
    handedOver.add(id);
    try {
      await manager.restart(id, { handover, settle: 0 });
      count(done, wasReady ? 'handover' : 'restart');
    } catch {
      count(done, 'failed');
    }
    // A handover that failed may have left a process that is just ending.
    await until(() => manager.clusters[id]?.state === 'ready', `cluster ${id} after its change`, 60_000);
    handedOver.delete(id);
    await sleep(pick(1000));
  }
}

function count(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

function pick(count: number): number {
  return Math.floor(Math.random() * count);
}
