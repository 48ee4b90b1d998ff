/**
 * The answer to "request guild members". Few members exist here: the bot itself.
 *
 * @see https://discord.com/developers/docs/events/gateway-events#request-guild-members
 */
import type { GatewayGuildMembersChunkDispatchData } from 'discord.js';
import { isRecord } from '../json.js';
import { memberPayload } from '../world/guild-payload.js';
import type { Wire } from '../world/wire.js';
import type { World } from '../world/world.js';

export function memberChunk(
  request: unknown,
  world: World,
): Wire<GatewayGuildMembersChunkDispatchData> | undefined {
  if (!isRecord(request) || typeof request['guild_id'] !== 'string') return undefined;
  const guild = world.guild(request['guild_id']);
  if (guild === undefined) return undefined;

  const wanted = wantedIds(request['user_ids']);
  const matches = wanted === undefined || wanted.includes(world.bot.id);
  return {
    guild_id: guild.id,
    members: matches ? [memberPayload(world.bot)] : [],
    chunk_index: 0,
    chunk_count: 1,
    not_found: (wanted ?? []).filter((id) => id !== world.bot.id),
    ...(typeof request['nonce'] === 'string' ? { nonce: request['nonce'] } : {}),
  };
}

function wantedIds(userIds: unknown): string[] | undefined {
  if (typeof userIds === 'string') return [userIds];
  return Array.isArray(userIds) ? userIds.filter((id) => typeof id === 'string') : undefined;
}
