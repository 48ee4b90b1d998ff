/**
 * Cluster history: what is remembered of a cluster id from one process to the next, also across a handover.
 */
import { NO_HISTORY, planRespawn } from './respawn-policy.js';
import type { DeathFacts, RespawnHistory, RespawnSettings, RespawnDecision } from './respawn-policy.js';

/** The largest number that fits into a frame's header. */
const LAST_GENERATION = 0xffff;

export class ClusterHistory {
  #generation = 0;
  #starts = 0;
  #wasEverReady = false;
  #respawns: RespawnHistory = NO_HISTORY;

  /** Whether any process of this id was ready. */
  get wasEverReady(): boolean {
    return this.#wasEverReady;
  }

  /** How many processes came after the first, planned ones included. */
  get restarts(): number {
    return Math.max(0, this.#starts - 1);
  }

  /** How many respawns still count towards the budget. */
  get respawns(): number {
    return this.#respawns.restarts.length;
  }

  /** Counts a process that is about to be started. Returns its generation, from 1; after 65 535 comes 1 again. */
  startProcess(): number {
    this.#generation = (this.#generation % LAST_GENERATION) + 1;
    this.#starts += 1;
    return this.#generation;
  }

  onReady(): void {
    this.#wasEverReady = true;
  }

  /** Asks the respawn policy. A respawn counts from now on. @param settings - `undefined`: nothing is respawned. */
  planRespawn(
    death: Omit<DeathFacts, 'wasEverReady'>,
    settings: RespawnSettings | undefined,
  ): RespawnDecision {
    const decision = planRespawn(this.#respawns, { ...death, wasEverReady: this.#wasEverReady }, settings);
    if (decision.respawn) this.#respawns = decision.history;
    return decision;
  }

  /** For a restart by hand: deaths so far do not count any more. */
  forgetDeaths(): void {
    this.#respawns = NO_HISTORY;
  }
}
