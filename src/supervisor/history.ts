/**
 * Cluster ledger: what is remembered of a cluster id from one of its processes to the next, whoever supervises it.
 */
import { NO_HISTORY, planRespawn } from './respawn-policy.js';
import type { DeathFacts, RespawnHistory, RespawnSettings, RespawnDecision } from './respawn-policy.js';

/** As much as a frame's header has room for. */
const LAST_GENERATION = 0xffff;

export class ClusterHistory {
  #generation = 0;
  #starts = 0;
  #wasEverReady = false;
  #respawns: RespawnHistory = NO_HISTORY;

  /** Whether any of its processes was. */
  get wasEverReady(): boolean {
    return this.#wasEverReady;
  }

  /** How many processes came after the first, planned ones included. */
  get restarts(): number {
    return Math.max(0, this.#starts - 1);
  }

  /** How many deaths were followed by another process, of those that still count. */
  get respawns(): number {
    return this.#respawns.restarts.length;
  }

  /** A process is about to be started. Returns its generation, from 1; after 65 535 comes 1 again. */
  startProcess(): number {
    this.#generation = (this.#generation % LAST_GENERATION) + 1;
    this.#starts += 1;
    return this.#generation;
  }

  onReady(): void {
    this.#wasEverReady = true;
  }

  /** Whether a death is followed by another process, which then counts. @param settings - As for the policy. */
  planRespawn(
    death: Omit<DeathFacts, 'wasEverReady'>,
    settings: RespawnSettings | undefined,
  ): RespawnDecision {
    const verdict = planRespawn(this.#respawns, { ...death, wasEverReady: this.#wasEverReady }, settings);
    if (verdict.respawn) this.#respawns = verdict.history;
    return verdict;
  }

  /** Somebody has taken it in hand: deaths so far do not count any more. */
  forgetDeaths(): void {
    this.#respawns = NO_HISTORY;
  }
}
