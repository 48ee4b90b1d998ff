/**
 * Boot facts: what a manager tells a process about itself before the first frame.
 *
 * They travel in one environment variable, which the cluster removes at once, so that a process that the bot
 * starts itself does not take itself for a cluster.
 */

import type { ProtocolVersion } from './protocol.js';

export const BOOT_VARIABLE = 'SHARDWIRE_CLUSTER';

/** How values of the untyped API travel. */
export type UntypedCodec = 'json' | 'v8';

export interface Boot {
  /** The manager's. A process whose own has another major version does not connect. */
  readonly protocol: ProtocolVersion;
  /** The file descriptor of the extra stdio pipe that carries frames. */
  readonly fd: number;
  readonly id: number;
  readonly generation: number;
  readonly shardList: readonly number[];
  readonly totalShards: number;
  readonly totalClusters: number;
  /** There is a process of this cluster already: the client's events are held back until the manager says so. */
  readonly standby?: boolean | undefined;
  /** How values of the untyped API travel. */
  readonly untypedCodec: UntypedCodec;
  readonly limits: {
    readonly maxPayloadBytes: number;
    readonly maxQueuedBytes: number;
    readonly maxInFlight: number;
    readonly maxWaitingCalls: number;
  };
}

/** Reads and removes the boot facts; `undefined` in a process that no manager started. */
export function takeBoot(env: NodeJS.ProcessEnv): Boot | undefined {
  const text = env[BOOT_VARIABLE];
  if (text === undefined) return undefined;
  delete env[BOOT_VARIABLE];
  return JSON.parse(text) as Boot;
}
