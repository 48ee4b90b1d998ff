/**
 * Directory messages: what the manager tells every process about names, contracts and the other clusters.
 */
import type { NameEntry } from '../name-table.js';
import { isCount, isInteger, isListOf, isOneOf, isString, parseObject } from './checks.js';

/** How far a cluster has come, as the other processes need to know it. */
export type PeerState = 'starting' | 'up' | 'ready' | 'stopped';

export type PeerEntry = readonly [clusterId: number, state: PeerState];

/** The receivers of a name that have the same contract; `null`: no contract. */
export type ContractVersion = readonly [fingerprint: string | null, clusterIds: readonly number[]];

/**
 * The contracts by which a name is answered or listened to. Where there is only one version, all receivers have it and
 * its ids are left out. `rowId` is the name id under which payloads may be sent as rows; 0: they must not be.
 */
export interface NegotiatedLayout {
  readonly name: string;
  readonly rowId: number;
  readonly versions: readonly ContractVersion[];
}

/** What has changed; what is left out has not. A `welcome` has everything that holds. */
export interface DirectoryUpdate {
  readonly names?: readonly NameEntry[] | undefined;
  readonly peers?: readonly PeerEntry[] | undefined;
  readonly layouts?: readonly NegotiatedLayout[] | undefined;
  /** The oldest minor version of the protocol among all processes. */
  readonly lowestMinor?: number | undefined;
}

/** @throws SyntaxError or TypeError when the text is not a directory update. */
export function parseDirectoryUpdate(text: string | undefined): DirectoryUpdate {
  const { names, peers, layouts, lowestMinor } = parseObject(text);
  if (names !== undefined && !isListOf(names, isNameEntry)) throw new TypeError('names without their ids');
  if (peers !== undefined && !isListOf(peers, isPeerEntry)) throw new TypeError('clusters without a state');
  if (layouts !== undefined && !isListOf(layouts, isNegotiatedLayout))
    throw new TypeError('contracts without their versions');
  if (lowestMinor !== undefined && !isCount(lowestMinor)) throw new TypeError('an invalid minor version');
  return { names, peers, layouts, lowestMinor };
}

function isNameEntry(value: unknown): value is NameEntry {
  if (!Array.isArray(value)) return false;
  const [id, name, layout] = value as readonly unknown[];
  return isCount(id) && isString(name) && (layout === undefined || isString(layout));
}

const isPeerState = isOneOf<PeerState>({ starting: true, up: true, ready: true, stopped: true });

function isPeerEntry(value: unknown): value is PeerEntry {
  if (!Array.isArray(value)) return false;
  const [clusterId, state] = value as readonly unknown[];
  return isCount(clusterId) && isPeerState(state);
}

function isNegotiatedLayout(value: unknown): value is NegotiatedLayout {
  if (typeof value !== 'object' || value === null) return false;
  const { name, rowId, versions } = value as Partial<Record<keyof NegotiatedLayout, unknown>>;
  return isString(name) && isCount(rowId) && isListOf(versions, isContractVersion);
}

function isContractVersion(value: unknown): value is ContractVersion {
  if (!Array.isArray(value)) return false;
  const [fingerprint, clusterIds] = value as readonly unknown[];
  return (fingerprint === null || isString(fingerprint)) && isListOf(clusterIds, isInteger);
}
