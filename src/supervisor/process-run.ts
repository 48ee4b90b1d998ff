/**
 * Process run: everything that belongs to one process of a cluster, from its launch to its death.
 *
 * Made at launch and dropped at death, so that no state of one process leaks into the next. A cluster keeps only two things
 * beyond a process: the `PastRun` that `end()` returns, and its `ClusterHistory`.
 */
import type { Pong } from '../wire/control/to-manager.js';
import type { ClusterDeath, ProcessExit } from './cluster-death.js';
import { DeathEvidence } from './death-evidence.js';
import type { ClusterProcess, Launcher, LaunchFacts } from './launcher.js';

/** The facts that are kept of the last process that died. */
export interface PastRun {
  readonly death: ClusterDeath;
  readonly wasReady: boolean;
  /** The last heartbeat answer. */
  readonly lastPong: Pong | undefined;
}

export class ProcessRun {
  readonly generation: number;
  readonly evidence = new DeathEvidence();
  /** `undefined`: the launch failed, and the death of this run follows. */
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

  /** Returns the facts to keep of a process that has exited. */
  end(exit: ProcessExit): PastRun {
    const { pid, generation, lastPong } = this;
    const death = { ...exit, ...this.evidence.explain(exit), pid, generation };
    return { death, wasReady: this.#readyAt !== undefined, lastPong };
  }
}
