/**
 * Load on a bot: calls, events of other clusters and messages at Discord at a steady pace, numbered, and what became of
 * each.
 */
import type { GatewayBot } from './start-gateway-bot.js';

const TICK_MS = 10;

export interface LoadOptions {
  readonly callsPerSecond: number;
  readonly messagesPerSecond: number;
}

export interface LoadReport {
  readonly calls: number;
  /** Why calls were not answered, or not with what was asked. */
  readonly failures: readonly string[];
  readonly messages: number;
  /** The longest time between two calls of which one came back after the other, in milliseconds. */
  readonly slowestCallMs: number;
}

export interface Load {
  /** How many messages have been sent so far; the next one carries this number. */
  messagesSent(): number;
  /** Ends the load. Resolves when every open call has settled. */
  stop(): Promise<LoadReport>;
}

/** Puts load on the bot until it is stopped. */
export function putLoadOn(
  { discord, manager }: GatewayBot,
  { callsPerSecond, messagesPerSecond }: LoadOptions,
): Load {
  const guildIds = discord.guildIdsOf(0, 1);
  const failures: string[] = [];
  const open = new Set<Promise<void>>();
  const sent = { calls: 0, messages: 0 };
  let slowestCallMs = 0;
  const started = performance.now();

  const call = async (number: number): Promise<void> => {
    const before = performance.now();
    const guildId = guildIds[number % guildIds.length] as string;
    try {
      const answer = await manager.ipc.requestToGuild(guildId, 'count', number);
      if (answer !== number) failures.push(`${number} got ${String(answer)}`);
    } catch (error) {
      failures.push(String(error));
    }
    slowestCallMs = Math.max(slowestCallMs, performance.now() - before);
  };
  const tick = (): void => {
    const seconds = (performance.now() - started) / 1000;
    for (; sent.calls < seconds * callsPerSecond; sent.calls += 1) {
      const done = call(sent.calls).finally(() => open.delete(done));
      open.add(done);
    }
    for (; sent.messages < seconds * messagesPerSecond; sent.messages += 1) {
      const guildId = guildIds[sent.messages % guildIds.length] as string;
      discord.sendMessage({ guildId, content: String(sent.messages) });
    }
  };
  const timer = setInterval(tick, TICK_MS);
  return {
    messagesSent: () => sent.messages,
    stop: async () => {
      clearInterval(timer);
      await Promise.all(open);
      return { ...sent, failures, slowestCallMs };
    },
  };
}
