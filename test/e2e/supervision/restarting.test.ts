/**
 * Restarting without a gap: processes are replaced under load, and neither callers nor users notice.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HandoverMode, HandoverProgress, RolloutReport } from 'shardwire';
import { describe, expect, it } from 'vitest';
import { isAlive, until } from '../../support/processes.js';
import { pidsOf } from '../core/start-bot.js';
import { putLoadOn } from './bot-load.js';
import type { LoadReport } from './bot-load.js';
import { makeGatewayBot } from './start-gateway-bot.js';
import type { GatewayBot, GatewayBotOptions, Note } from './start-gateway-bot.js';

const LOAD = { callsPerSecond: 1000, messagesPerSecond: 200 };

async function startGatewayBot(options: GatewayBotOptions = {}): Promise<GatewayBot> {
  const bot = await makeGatewayBot({ manager: { totalShards: 4, totalClusters: 2 }, ...options });
  await bot.manager.spawn();
  return bot;
}

/** How often each number was noted, where that is not once. */
function notOnce(notes: readonly Note[], count: number): Record<string, number> {
  const times = new Map<number, number>(Array.from({ length: count }, (_, number) => [number, 0]));
  for (const { content } of notes) times.set(Number(content), (times.get(Number(content)) ?? 0) + 1);
  return Object.fromEntries([...times].filter(([, time]) => time !== 1));
}

/** Watches that never two sessions of one shard are there, where there must not be. */
function watchSessions({ discord }: GatewayBot): { readonly twins: string[] } {
  const twins: string[] = [];
  discord.on('identify', () => {
    const shards = discord.sessions.map(({ shardId, numShards }) => `${shardId} of ${numShards}`);
    if (new Set(shards).size !== shards.length) twins.push(shards.join(', '));
  });
  return { twins };
}

/** Enough for every guild of the bot to get some. */
const MESSAGES_AFTER = 40;

/**
 * Keeps the bot under load while it is changed, and for a moment after.
 *
 * A sequential restart misses messages by its promise, up to the moment in which the new process is ready: so what has
 * to arrive are the messages that were sent after the change was complete, every one of them.
 */
async function underLoad(
  bot: GatewayBot,
  change: () => Promise<RolloutReport>,
): Promise<{ readonly report: RolloutReport; readonly load: LoadReport }> {
  const load = putLoadOn(bot, LOAD);
  await until(() => bot.notes('call').length > 50, 'the load');
  const report = await change();
  const first = load.messagesSent();
  await until(() => load.messagesSent() >= first + MESSAGES_AFTER, 'messages after the change');
  const done = await load.stop();
  await until(
    () => {
      const arrived = new Set(bot.notes('message').map(({ content }) => Number(content)));
      return rangeOf(first, done.messages).every((number) => arrived.has(number));
    },
    `messages ${first} to ${done.messages - 1}, sent after the change`,
  );
  return { report, load: done };
}

function rangeOf(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, offset) => from + offset);
}

describe('a rolling restart', () => {
  it('sequential, under load: no call is lost or handled twice, no event is handled twice, no shard has two sessions', async () => {
    const bot = await startGatewayBot();
    const before = pidsOf(bot.manager);
    const { twins } = watchSessions(bot);

    const { report, load } = await underLoad(bot, () => bot.manager.rollingRestart({ settle: 0 }));

    const after = pidsOf(bot.manager);
    expect(report).toEqual({ clusterIds: [0, 1], gapMs: undefined });
    expect(load.failures).toEqual([]);
    expect(notOnce(bot.notes('call'), load.calls)).toEqual({});
    expect(Object.values(notOnce(bot.notes('message'), load.messages)).filter((times) => times > 1)).toEqual(
      [],
    );
    expect(twins).toEqual([]);
    expect([...before.map(isAlive), ...after.map(isAlive)]).toEqual([false, false, true, true]);
    expect(bot.manager.clusters).toMatchObject([
      { state: 'ready', generation: 2, restarts: 1 },
      { state: 'ready', generation: 2, restarts: 1 },
    ]);
    expect(bot.notes('shutdown').map(({ pid }) => pid)).toEqual(before);
  });

  it('overlapping, under load: every call and every event is handled once, and the gap is short', async () => {
    const bot = await startGatewayBot();
    const before = pidsOf(bot.manager);
    const phases: string[] = [];
    bot.manager.on('handover', ({ clusterIds, phase }: HandoverProgress) =>
      phases.push(`${clusterIds.join()} ${phase}`),
    );

    const { report, load } = await underLoad(bot, () =>
      bot.manager.rollingRestart({ handover: 'overlap', settle: 0 }),
    );

    expect(load.failures).toEqual([]);
    expect(notOnce(bot.notes('call'), load.calls)).toEqual({});
    expect(notOnce(bot.notes('message'), load.messages)).toEqual({});
    // 50 ms is what is promised; a machine that is busy with other tests gets more.
    expect(report.gapMs).toBeLessThan(500);
    expect(phases).toEqual(
      [0, 1].flatMap((id) =>
        ['starting', 'ready', 'switched', 'retired', 'done'].map((phase) => `${id} ${phase}`),
      ),
    );
    expect(before.map(isAlive)).toEqual([false, false]);
    // Who starts something when the client is ready starts it in one process only.
    const active = bot.notes('active').filter(({ pid }) => !before.includes(pid));
    expect(
      bot
        .notes('ready')
        .filter(({ pid }) => !before.includes(pid))
        .map(({ pid }) => pid),
    ).toEqual(active.map(({ pid }) => pid));
    expect(new Set(bot.discord.sessions.map(({ shardId }) => shardId)).size).toBe(
      bot.discord.sessions.length,
    );
  });

  it('keeps the order of events of other clusters, gives each to one process, and refuses a second one meanwhile', async () => {
    const bot = await startGatewayBot();
    let number = 0;
    const timer = setInterval(() => void bot.manager.events.emitTo(1, 'ping', number++), 2);

    const first = bot.manager.restart(1, { settle: 0 });
    await expect(bot.manager.restart(0)).rejects.toThrow('A restart or reshard is already running');
    await first;
    clearInterval(timer);
    await until(() => bot.notes('event').length >= number, 'all events');

    const notes = bot.notes('event');
    expect(notOnce(notes, number)).toEqual({});
    for (const pid of new Set(notes.map((note) => note.pid))) {
      const own = notes.filter((note) => note.pid === pid).map(({ content }) => Number(content));
      expect(own).toEqual(own.toSorted((a, b) => a - b));
    }
  });

  it('lets what is in flight end where it began', async () => {
    const bot = await startGatewayBot({ manager: { drainTimeout: 10_000 } });
    const [, pid] = pidsOf(bot.manager) as [number, number];
    const slow = bot.manager.ipc.requestTo(1, 'slow', 2500);

    await bot.manager.restart(1, { settle: 0 });

    await expect(slow).resolves.toBe(pid);
    expect(isAlive(pid)).toBe(false);
  });

  it('can be aborted before its switch, or fails before it: the old ones keep serving', async () => {
    const bot = await startGatewayBot();
    const before = pidsOf(bot.manager);
    const created: number[] = [];
    bot.manager.on('clusterCreate', ({ pid }) => void created.push(pid ?? 0));
    const abortOne = async (handover: HandoverMode): Promise<unknown> => {
      const abort = new AbortController();
      bot.manager.once('clusterCreate', () => abort.abort(new Error('not today')));
      const { signal } = abort;
      return bot.manager.rollingRestart({ handover, signal }).catch((reason: unknown) => reason);
    };

    const aborted = [await abortOne('sequential'), await abortOne('overlap')];
    writeFileSync(join(bot.folder, 'broken'), '');
    const failure = await bot.manager.rollingRestart({ settle: 0 }).catch((reason: unknown) => reason);

    for (const error of aborted)
      expect(error).toMatchObject({ rolledBack: true, cause: { message: 'not today' } });
    expect(failure).toMatchObject({ clusterIds: [0], rolledBack: true });
    expect(String(failure)).toMatch(
      /^Error: The handover of cluster 0 failed; the old processes keep serving: /,
    );
    expect(created.map(isAlive)).toEqual([false, false, false]);
    expect(pidsOf(bot.manager)).toEqual(before);
    expect(bot.discord.sessions).toHaveLength(4);
    await expect(bot.manager.ipc.requestAll('facts')).resolves.toMatchObject({ successCount: 2 });
  });
});

describe('a reshard', () => {
  it('under load gives the bot other shards and clusters, and no call is lost, whichever way', async () => {
    const bot = await startGatewayBot({ manager: { totalShards: 2, totalClusters: 1 } });
    const first = pidsOf(bot.manager);

    const one = await underLoad(bot, () =>
      bot.manager.reshard({ totalShards: 4, totalClusters: 2, handover: 'overlap', settle: 0 }),
    );
    const messagesOfOne = notOnce(bot.notes('message'), one.load.messages);
    const callsOfOne = notOnce(bot.notes('call'), one.load.calls);
    const second = pidsOf(bot.manager);
    bot.forget();
    const two = await underLoad(bot, () =>
      bot.manager.reshard({ totalShards: 3, totalClusters: 1, settle: 0 }),
    );

    expect([one.load.failures, two.load.failures]).toEqual([[], []]);
    expect([messagesOfOne, callsOfOne]).toEqual([{}, {}]);
    expect(notOnce(bot.notes('call'), two.load.calls)).toEqual({});
    const messagesOfTwo = notOnce(bot.notes('message'), two.load.messages);
    expect(Object.values(messagesOfTwo).filter((times) => times > 1)).toEqual([]);
    expect([...first, ...second].map(isAlive)).toEqual([false, false, false]);
    expect(bot.manager).toMatchObject({ totalShards: 3, totalClusters: 1 });
    await expect(bot.manager.ipc.requestAll('facts')).resolves.toMatchObject({ size: 1, successCount: 1 });
    const [guildId = ''] = bot.discord.guildIdsOf(2, 3);
    await expect(bot.manager.ipc.requestToGuild<string[]>(guildId, 'guilds')).resolves.toContain(guildId);
    expect(bot.discord.sessions.map(({ numShards }) => numShards)).toEqual([3, 3, 3]);
  });
});
