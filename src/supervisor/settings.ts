/**
 * Supervisor settings: the resolved options that decide how a cluster's process is started, restarted and stopped.
 */
import type { Limits } from '../limits.js';
import type { UntypedCodec } from '../wire/boot.js';
import type { RespawnSettings } from './respawn-policy.js';

/** Where the clusters' stdout and stderr go. */
export type OutputOption = 'inherit' | 'prefix' | 'ignore';

/** How processes are forked. */
export interface ForkSettings {
  /** The bot file, as an absolute path. */
  readonly file: string;
  readonly args: readonly string[];
  readonly execArgv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly output: OutputOption;
  readonly untypedCodec: UntypedCodec;
  readonly limits: Limits;
}

/** How long a cluster may take, and what follows its death. */
export interface SupervisorSettings {
  /** `undefined`: a cluster that died is not restarted. */
  readonly respawn: RespawnSettings | undefined;
  readonly readyTimeoutMs: number;
  readonly drainTimeoutMs: number;
  readonly shutdownTimeoutMs: number;
}
