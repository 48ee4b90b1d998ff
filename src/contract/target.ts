/**
 * Targets: where a contract's `request` goes.
 */
import type { Endpoint } from '../ipc/endpoint.js';
import { MANAGER_ID } from '../wire/address.js';
import type { HandlerSpec, TargetSpec } from './spec.js';

/**
 * The process to ask; `undefined`: any cluster.
 *
 * Data that the contract does not allow goes nowhere in particular: its check, which runs next, says what is
 * wrong with it.
 *
 * @throws RangeError for a guild or shard that cannot be.
 */
export function targetOf(
  { target, input }: HandlerSpec,
  data: unknown,
  endpoint: Endpoint,
): number | undefined {
  if (target === undefined) return undefined;
  if (target === 'primary') return 0;
  if (target === 'self') return endpoint.id;
  if (target === 'manager') return MANAGER_ID;
  try {
    return ownerOf(target, data as { readonly [key: string]: unknown }, endpoint);
  } catch (error) {
    if (input.is(data)) throw error;
    return undefined;
  }
}

type DataTarget = Exclude<TargetSpec, string>;

function ownerOf(
  target: DataTarget,
  data: { readonly [key: string]: unknown },
  { directory }: Endpoint,
): number {
  if ('guild' in target) return directory.owners.ofGuild(data[target.guild] as string);
  if ('shard' in target) return directory.owners.ofShard(data[target.shard] as number);
  return hash(String(data[target.hash])) % directory.totalClusters;
}

const FNV_OFFSET = 0x811c_9dc5;
const FNV_PRIME = 0x0100_0193;

/** FNV-1a over UTF-16 units: spreads ids well, and is the same in every process. */
function hash(text: string): number {
  let value = FNV_OFFSET;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), FNV_PRIME);
  return value >>> 0;
}
