/**
 * Intents: which events a session asked for.
 *
 * They are honoured as Discord honours them, because a forgotten intent is the commonest reason for a bot that works
 * in its tests and stays silent in its guilds.
 *
 * @see https://discord.com/developers/docs/events/gateway#gateway-intents
 */
import { isRecord, isWhole } from '../json.js';

export const Intent = { guilds: 1 << 0, guildMessages: 1 << 9, messageContent: 1 << 15 } as const;

/** The bits Discord has given a meaning so far; some in between have none. */
const KNOWN_INTENTS = 0b11_0011_1111_1111_1111_1111_1111;

export function areKnownIntents(intents: unknown): intents is number {
  return isWhole(intents) && intents >= 0 && (intents & ~KNOWN_INTENTS) === 0;
}

/** The event as a session with these intents sees it, or `undefined` if it does not see it at all. */
export function throughIntents(
  event: { readonly t: string; readonly d: unknown },
  session: { readonly intents: number; readonly botId: string },
): { readonly t: string; readonly d: unknown } | undefined {
  if ((session.intents & neededFor(event.t)) !== neededFor(event.t)) return undefined;
  if (!event.t.startsWith('MESSAGE_') || !isRecord(event.d)) return event;
  if ((session.intents & Intent.messageContent) !== 0 || concerns(event.d, session.botId)) return event;
  return { t: event.t, d: { ...event.d, content: '', embeds: [], attachments: [], components: [] } };
}

function neededFor(t: string): number {
  if (t === 'GUILD_CREATE' || t === 'GUILD_DELETE') return Intent.guilds;
  return t.startsWith('MESSAGE_') ? Intent.guildMessages : 0;
}

/** A bot always reads its own messages and those that mention it. */
function concerns(message: Readonly<Record<string, unknown>>, botId: string): boolean {
  const { author, mentions } = message;
  if (isRecord(author) && author['id'] === botId) return true;
  return Array.isArray(mentions) && mentions.some((user) => isRecord(user) && user['id'] === botId);
}
