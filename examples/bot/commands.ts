/**
 * The slash commands: each asks or tells the other clusters through the generated stubs.
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
  { name: 'stats', description: 'Members over all clusters' },
  { name: 'top', description: 'The largest guild of all' },
  { name: 'maintenance', description: 'Tells every cluster that maintenance begins' },
  {
    name: 'guild',
    description: 'What is known of a guild, wherever it lives',
    options: [
      { name: 'id', description: 'The id', type: ApplicationCommandOptionType.String, required: true },
    ],
  },
];

/** Answers one command. A call that failed is told to the user; nothing is left hanging. */
export async function answerCommand(
  interaction: ChatInputCommandInteraction,
  cluster: ClusterClient,
): Promise<void> {
  // Calls may wait for a cluster that restarts; Discord gives three seconds, and minutes once we asked for them.
  await interaction.deferReply();
  await interaction.editReply(await answerTo(interaction, cluster).catch(sayWhy));
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

function sayWhy(error: unknown): string {
  return error instanceof IPCError ? `${error.code}: ${error.message}` : String(error);
}
