/**
 * Targets: where a contract's `request` goes.
 */
import type { ContractHost } from '../ipc/contract-host.js';
import { MANAGER_ID } from '../wire/address.js';
import type { HandlerSpec, TargetSpec } from './spec.js';

/** The id of a process, or any cluster that is available. */
export type Target = number | 'any';

/**
 * Returns the target of one request.
 *
 * Data that does not fit the contract gets `'any'`: the check of the data, which runs next, rejects the request and
 * names what is wrong.
 *
 * @throws RangeError for a guild id or shard id that cannot exist.
 */
export function targetOf({ target, input }: HandlerSpec, data: unknown, host: ContractHost): Target {
  if (target === undefined) return 'any';
  if (target === 'primary') return 0;
  if (target === 'self') return host.id;
  if (target === 'manager') return MANAGER_ID;
  try {
    return ownerOf(target, data as { readonly [key: string]: unknown }, host);
  } catch (error) {
    if (input.is(data)) throw error;
    return 'any';
  }
}

type DataTarget = Exclude<TargetSpec, string>;

/** The cluster that one member of the data decides on. */
function ownerOf(
  target: DataTarget,
  data: { readonly [key: string]: unknown },
  { directory }: ContractHost,
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
