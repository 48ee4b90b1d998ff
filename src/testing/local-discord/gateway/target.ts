/**
 * Which sessions a test means.
 */
import type { Session } from './session.js';

/**
 * Names sessions: a shard id (all sessions of that shard, whatever their shard count), `'all'`, one session by its
 * id, or the shard of a guild.
 */
export type SessionTarget =
  | number
  | 'all'
  | {
      /** Id of one session. */
      readonly sessionId: string;
    }
  | {
      /** Id of a guild: all sessions of its shard. */
      readonly guildId: string;
    }
  | {
      /** Id of a shard. */
      readonly shardId: number;
      /** Shard count of the sessions. */
      readonly numShards: number;
    };

export function isMeant(session: Session, target: SessionTarget): boolean {
  if (target === 'all') return true;
  if (typeof target === 'number') return session.facts.shardId === target;
  if ('sessionId' in target) return session.facts.sessionId === target.sessionId;
  if ('guildId' in target) return session.serves(target.guildId);
  return session.facts.shardId === target.shardId && session.facts.numShards === target.numShards;
}

export function describeTarget(target: SessionTarget): string {
  if (target === 'all') return 'any shard';
  if (typeof target === 'number') return `shard ${target}`;
  if ('sessionId' in target) return `session ${target.sessionId}`;
  if ('guildId' in target) return `the shard of guild ${target.guildId}`;
  return `shard ${target.shardId} of ${target.numShards}`;
}
