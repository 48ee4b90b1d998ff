/**
 * The bot file: one cluster. The manager starts it once per cluster; `node bot.js` alone works, too.
 */
import { Client, Events, GatewayIntentBits } from 'discord.js';
import { ClusterClient } from 'shardwire';
import { GuildUnavailable } from '../../generated/guilds.js';
import { bind } from '../../generated/index.js';
import { answerCommand, commands } from './commands.js';

// Only the demo sets DISCORD_API, to the URL of its local Discord.
const { DISCORD_API, DISCORD_TOKEN } = process.env;
const client = new Client({
  intents: [GatewayIntentBits.Guilds],
  ...(DISCORD_API !== undefined && { rest: { api: DISCORD_API } }),
});
const cluster = new ClusterClient(client);
const { config, guilds, ops, primary } = bind(cluster);

// Calls may arrive while the client still loads its guilds, so handlers that need them wait for the client.
guilds.handle({
  getUserCount: async () => {
    await cluster.whenReady();
    return client.guilds.cache.reduce((sum, guild) => sum + guild.memberCount, 0);
  },
  getGuildData: async ({ guildId }) => {
    await cluster.whenReady();
    const guild = client.guilds.cache.get(guildId);
    if (guild === undefined) return null;
    if (!guild.available) throw new GuildUnavailable({ guildId, retryAfterMs: 1000 });
    return { name: guild.name, memberCount: guild.memberCount, channels: guild.channels.cache.size };
  },
  getTopGuild: async () => {
    await cluster.whenReady();
    const [largest] = [...client.guilds.cache.values()].toSorted((a, b) => b.memberCount - a.memberCount);
    return largest === undefined ? null : { name: largest.name, members: largest.memberCount };
  },
});

ops.handle({
  mayFail: () => {
    throw new Error('Something went wrong');
  },
});

if (cluster.isPrimary) {
  const stored = new Map([['config', 'the prefix is !']]);
  primary.handle({ getPrimaryData: ({ key }) => stored.get(key) ?? null });
  primary.logAction.on(({ action, userId }, sourceCluster) => {
    console.log(`audit: ${action} by ${userId}, seen by cluster ${sourceCluster}`);
  });
}

const settings = new Map<string, string | number | boolean | null>();
config.configUpdated.on(({ key, value }) => void settings.set(key, value));

client.on(Events.InteractionCreate, (interaction) => {
  if (interaction.isChatInputCommand()) void answerCommand(interaction, cluster);
});
client.once(Events.ClientReady, ({ application }) => {
  if (cluster.isPrimary) application.commands.set(commands).catch(console.error);
});

await client.login(DISCORD_TOKEN);
