/**
 * The slash commands: each calls other clusters or sends them events, through the generated stubs.
 */
import { ApplicationCommandOptionType } from 'discord.js';
import type {
  ChatInputCommandInteraction,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import { IPCError } from 'shardwire';
import type { ClusterClient } from 'shardwire';
import { bind } from '../../generated/index.js';

export const commands: RESTPostAPIChatInputApplicationCommandsJSONBody[] = [
  { name: 'stats', description: 'Number of members in all clusters' },
  { name: 'top', description: 'The largest guild of the bot' },
  { name: 'maintenance', description: 'Announces maintenance to every cluster' },
  {
    name: 'guild',
    description: 'Looks up a guild on its cluster',
    options: [
      { name: 'id', description: 'Guild id', type: ApplicationCommandOptionType.String, required: true },
    ],
  },
];

/** Answers a command. If a call fails, the reply is its error. */
export async function answerCommand(
  interaction: ChatInputCommandInteraction,
  cluster: ClusterClient,
): Promise<void> {
  // Calls may wait for a cluster that restarts. Discord allows three seconds for a reply, and minutes for a deferred one.
  await interaction.deferReply();
  await interaction.editReply(await answerTo(interaction, cluster).catch(errorText));
}

async function answerTo(interaction: ChatInputCommandInteraction, cluster: ClusterClient): Promise<string> {
  const { guilds, ops } = bind(interaction.client);
  const from = `asked from cluster ${cluster.id}`;
  switch (interaction.commandName) {
    case 'stats': {
      const counts = await guilds.getUserCount.requestAll();
      return `${counts.sum()} members on ${counts.successCount} of ${counts.size} clusters, ${from}`;
    }
    case 'guild': {
      const guildId = interaction.options.getString('id', true);
      const data = await guilds.getGuildData.request({ guildId });
      if (data === null) return `no such guild, ${from}`;
      return `${data.name}: ${data.memberCount} members, answered by cluster ${cluster.clusterIdOf(guildId)}, ${from}`;
    }
    case 'top': {
      const top = await guilds.getTopGuild.reduce();
      return top === null ? 'no guilds' : `${top.name} with ${top.members} members, ${from}`;
    }
    case 'maintenance': {
      const acked = await ops.maintenance.broadcastAndWait({ enabled: true });
      return `${acked} other clusters know, ${from}`;
    }
    default:
      return `no such command: ${interaction.commandName}`;
  }
}

function errorText(error: unknown): string {
  return error instanceof IPCError ? `${error.code}: ${error.message}` : String(error);
}
