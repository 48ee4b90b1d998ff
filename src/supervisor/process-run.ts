/**
 * Process run: everything that belongs to one process of a cluster, from its launch to its death.
 *
 * Made at launch and dropped at death, so that nothing of one process is left over for the next one. What a cluster
 * keeps beyond a process is the `PastRun` that `end()` returns, and its `ClusterHistory`.
 */
import type { Pong } from '../wire/control/to-manager.js';
import type { ClusterDeath, ProcessExit } from './cluster-death.js';
import { DeathEvidence } from './death-evidence.js';
import type { ClusterProcess, Launcher, LaunchFacts } from './launcher.js';

/** What is remembered of the last process that died. */
export interface PastRun {
  readonly death: ClusterDeath;
  readonly wasReady: boolean;
  /** The last heartbeat answer. */
  readonly lastPong: Pong | undefined;
}

export class ProcessRun {
  readonly generation: number;
  readonly evidence = new DeathEvidence();
  /** `undefined`: it could not be started, and its death follows. */
  readonly process: ClusterProcess | undefined;
  lastPong: Pong | undefined;
  readonly #startedAt = performance.now();
  #readyAt: number | undefined;

  constructor(launcher: Launcher, facts: LaunchFacts) {
    this.generation = facts.generation;
    try {
      this.process = launcher.launch(facts);
    } catch (error) {
      this.evidence.recordCause('not-started', String(error));
    }
  }

  get pid(): number | undefined {
    return this.process?.pid;
  }

  get uptimeMs(): number {
    return performance.now() - this.#startedAt;
  }

  /** `undefined`: the client is not ready yet. */
  get readyForMs(): number | undefined {
    return this.#readyAt === undefined ? undefined : performance.now() - this.#readyAt;
  }

  onReady(): void {
    this.#readyAt = performance.now();
  }

  kill(signal: NodeJS.Signals): void {
    this.evidence.wasKilled = true;
    this.process?.kill(signal);
  }

  /** The process has exited: what is remembered of it. */
  end(exit: ProcessExit): PastRun {
    const { pid, generation, lastPong } = this;
    const death = { ...exit, ...this.evidence.explain(exit), pid, generation };
    return { death, wasReady: this.#readyAt !== undefined, lastPong };
  }
}
