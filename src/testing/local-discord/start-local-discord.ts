/**
 * The way in.
 */
import { LocalDiscord } from './local-discord.js';
import type { LocalDiscordOptions } from './options.js';

/**
 * Starts a Discord on loopback, for tests of a bot without a token and without the network.
 *
 * It speaks REST and gateway v10 as far as a bot's daily life needs: shards, READY and guilds, heartbeats, RESUME,
 * messages, slash commands, the identify limit, and the close codes. Nothing in the bot changes but `rest.api`.
 * It has no voice, no direct messages, no members but the bot, no REST rate limits by default, and speaks JSON only
 * (plain or as a zlib stream).
 *
 * @example
 * const guildId = '1347442036801536000';
 * const discord = await startLocalDiscord({ guilds: [{ id: guildId, name: 'Tea house' }] });
 *
 * const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: discord.restApi } });
 * client.on('interactionCreate', (interaction) => interaction.isRepliable() && interaction.reply('pong'));
 * await client.login(discord.token);
 *
 * const reply = await discord.runCommand({ guildId, name: 'ping' });
 * expect(reply.content).toBe('pong');
 *
 * await client.destroy();
 * await discord.close();
 */
export function startLocalDiscord(options: LocalDiscordOptions = {}): Promise<LocalDiscord> {
  return LocalDiscord.start(options);
}
