/**
 * Launcher: the port through which a supervised cluster gets its processes.
 *
 * Above it, a process is a link, a generation and an end. How it is made (`fork-launcher.ts`: a forked child) is
 * known to the launcher alone. To run clusters in another way, implement `Launcher` and hand it to `Processes`.
 */
import type { Link } from '../link/link.js';
import type { Boot } from '../wire/boot.js';
import type { ProcessExit } from './cluster-death.js';

/** The boot facts that differ from process to process; the launcher adds the rest. */
export type LaunchFacts = Omit<Boot, 'fd' | 'protocol' | 'untypedCodec' | 'limits'>;

/** One running process of a cluster. */
export interface ClusterProcess {
  /** Carries frames to and from the process. */
  readonly link: Link;
  /** Identifies the process among those of its cluster id. */
  readonly generation: number;
  /** `undefined` where the cluster is no process of the operating system, or could not be started. */
  readonly pid: number | undefined;
  kill(signal: NodeJS.Signals): void;
  /** Resolves when the process has exited, every frame it sent was delivered, and its last lines were passed on. */
  gone(): Promise<ProcessExit>;
}

export interface Launcher {
  /** @throws Error when the process cannot be started. A failure that shows later is reported by `gone()`, as an exit. */
  launch(facts: LaunchFacts): ClusterProcess;
}
