/**
 * A stage for tests: local Discords, bots and raw sockets that are cleared away when the test ends.
 */
import { Client, type ClientOptions, Events, GatewayIntentBits } from 'discord.js';
import { onTestFinished } from 'vitest';
import {
  type LocalDiscord,
  type LocalDiscordOptions,
  makeGuilds,
  startLocalDiscord,
} from 'shardwire/testing';
import { RawSocket } from './raw-socket.js';

const EVERYTHING_A_BOT_READS =
  GatewayIntentBits.Guilds | GatewayIntentBits.GuildMessages | GatewayIntentBits.MessageContent;

export async function stageDiscord(options: LocalDiscordOptions = {}): Promise<LocalDiscord> {
  const discord = await startLocalDiscord({ guilds: makeGuilds(6), ...options });
  onTestFinished(() => discord.close());
  return discord;
}

/** A client that has not logged in. */
export function stageClient(discord: LocalDiscord, options: Partial<ClientOptions> = {}): Client {
  const client = new Client({
    intents: EVERYTHING_A_BOT_READS,
    rest: { api: discord.restApi },
    ...options,
  });
  onTestFinished(() => client.destroy());
  return client;
}

/** A client that is ready. */
export async function stageBot(discord: LocalDiscord, options: Partial<ClientOptions> = {}): Promise<Client> {
  const client = stageClient(discord, options);
  const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
  await client.login(discord.token);
  await ready;
  return client;
}

/** A WebSocket to the gateway that has got its HELLO. */
export async function stageSocket(discord: LocalDiscord, query = 'v=10&encoding=json'): Promise<RawSocket> {
  const socket = await RawSocket.open(`${discord.gatewayUrl}/?${query}`);
  onTestFinished(() => socket.end());
  return socket;
}

/** A WebSocket that has identified as a shard and has got its READY. */
export async function stageShard(
  discord: LocalDiscord,
  shard: readonly [number, number] = [0, 1],
): Promise<RawSocket> {
  const socket = await stageSocket(discord);
  socket.send({ op: 2, d: { token: discord.token, intents: EVERYTHING_A_BOT_READS, shard } });
  await socket.frame((frame) => frame.t === 'READY');
  return socket;
}

/** The id of the guild that `makeGuilds` made at this place. */
export function guildId(index: number): string {
  const guild = makeGuilds(index + 1)[index];
  if (guild === undefined) throw new Error(`no guild ${index}`);
  return guild.id;
}
