/**
 * Gateway bots: real discord.js clients in real processes, at a local Discord of their own.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClusterManager, ClusterManagerOptions } from 'shardwire';
import { makeGuilds, startLocalDiscord } from 'shardwire/testing';
import type { LocalDiscordOptions } from 'shardwire/testing';
import { onTestFinished } from 'vitest';
import { makeManager } from '../core/start-bot.js';

export type LocalDiscord = Awaited<ReturnType<typeof startLocalDiscord>>;

/** One line of what the bot has written down. */
export interface Note {
  readonly what: 'message' | 'ready' | 'active' | 'event' | 'call' | 'shutdown';
  readonly content: string;
  readonly at: number;
  readonly id: number;
  readonly pid: number;
}

export interface GatewayBot {
  readonly discord: LocalDiscord;
  readonly manager: ClusterManager;
  /** Where it keeps its files. */
  readonly folder: string;
  notes(what: Note['what']): Note[];
  /** Throws away what was noted so far. */
  forget(): void;
}

export interface GatewayBotOptions {
  readonly discord?: LocalDiscordOptions | undefined;
  readonly manager?: ClusterManagerOptions | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** Nothing is spawned yet. */
export async function makeGatewayBot(options: GatewayBotOptions = {}): Promise<GatewayBot> {
  const discord = await startLocalDiscord({
    guilds: makeGuilds(8),
    identifyWindowMs: 50,
    ...options.discord,
  });
  onTestFinished(() => discord.close());
  const folder = mkdtempSync(join(tmpdir(), 'shardwire-gateway-bot-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const journal = join(folder, 'journal');
  const manager = makeManager('gateway-bot.js', {
    identifyWindow: 60,
    rest: { api: discord.restApi },
    token: discord.token,
    ...options.manager,
    env: {
      DISCORD_API: discord.restApi,
      DISCORD_TOKEN: discord.token,
      JOURNAL: journal,
      BROKEN_AFTER: join(folder, 'broken'),
      ...options.env,
    },
  });
  return {
    discord,
    manager,
    folder,
    forget: () => rmSync(journal, { force: true }),
    notes: (what) => {
      const text = existsSync(journal) ? readFileSync(journal, 'utf8') : '';
      // The last line may still be being written.
      const lines = text.split('\n').slice(0, -1);
      const notes = lines.map((line) => JSON.parse(line) as Note);
      return notes.filter((note) => note.what === what);
    },
  };
}
