/**
 * What an IDENTIFY must say to become a session, decided without touching anything.
 *
 * Time does not enter here: whether it comes too early is the identify limiter's business.
 */
import { isRecord, isWhole, type JsonRecord } from '../json.js';
import { areKnownIntents } from './intents.js';
import { CloseCode } from './protocol.js';

/** @see https://discord.com/developers/docs/events/gateway#sharding */
const MOST_GUILDS_PER_SHARD = 2_500;

export interface Identify {
  readonly shardId: number;
  readonly numShards: number;
  readonly intents: number;
}

export type IdentifyVerdict =
  | { readonly ok: true; readonly identify: Identify }
  | {
      readonly ok: false;
      readonly shard: ShardClaim | undefined;
      readonly code: number;
      readonly reason: string;
    };

export interface IdentifyRules {
  readonly token: string;
  /** Intents not switched on for this bot, as a bitfield. */
  readonly disallowedIntents: number;
  readonly guildsOn: (shardId: number, numShards: number) => number;
}

interface ShardClaim {
  readonly shardId: number;
  readonly numShards: number;
}

export function judgeIdentify(data: unknown, rules: IdentifyRules): IdentifyVerdict {
  if (!isRecord(data)) return refused(undefined, CloseCode.decodeError, 'Error while decoding payload.');

  const shard = shardClaim(data);
  const refusal = whyNot(data, shard, rules);
  if (refusal !== undefined) return refused(shard, refusal.code, refusal.reason);
  if (shard === undefined) return refused(undefined, CloseCode.invalidShard, 'Invalid shard.');
  return { ok: true, identify: { ...shard, intents: Number(data['intents']) } };
}

function whyNot(
  data: JsonRecord,
  shard: ShardClaim | undefined,
  rules: IdentifyRules,
): { readonly code: number; readonly reason: string } | undefined {
  if (!isToken(data['token'], rules.token)) {
    return { code: CloseCode.authenticationFailed, reason: 'Authentication failed.' };
  }
  if (shard === undefined) return { code: CloseCode.invalidShard, reason: 'Invalid shard.' };
  if (!areKnownIntents(data['intents']))
    return { code: CloseCode.invalidIntents, reason: 'Invalid intent(s).' };
  if ((data['intents'] & rules.disallowedIntents) !== 0) {
    return { code: CloseCode.disallowedIntents, reason: 'Disallowed intent(s).' };
  }
  if (rules.guildsOn(shard.shardId, shard.numShards) > MOST_GUILDS_PER_SHARD) {
    return { code: CloseCode.shardingRequired, reason: 'Sharding required.' };
  }
  return undefined;
}

/** Clients may put the prefix that REST wants before the token here as well. */
export function isToken(given: unknown, token: string): boolean {
  return given === token || given === `Bot ${token}`;
}

/** A bot that says nothing of shards is one shard of one. */
function shardClaim({ shard }: JsonRecord): ShardClaim | undefined {
  if (shard === undefined || shard === null) return { shardId: 0, numShards: 1 };
  if (!Array.isArray(shard) || shard.length !== 2) return undefined;
  const [shardId, numShards]: readonly unknown[] = shard;
  if (!isWhole(shardId) || !isWhole(numShards)) return undefined;
  return shardId >= 0 && shardId < numShards ? { shardId, numShards } : undefined;
}

function refused(shard: ShardClaim | undefined, code: number, reason: string): IdentifyVerdict {
  return { ok: false, shard, code, reason };
}
