/**
 * Handover, as seen from a cluster: what the manager's steps do to the client's events.
 */
import type { EventEmitter } from 'node:events';
import { deferred } from '../async/deferred.js';
import { EventGate } from '../discord/event-gate.js';
import { isClientReady, onceClientReady } from '../discord/client-readiness.js';
import type { HandoverStep } from '../wire/control/to-cluster.js';
import type { HandoverDone } from '../wire/control/to-manager.js';

export class ClusterHandover {
  readonly #client: EventEmitter;
  readonly #active = deferred();
  /** Only there while a handover needs it. */
  #gate: EventGate | undefined;

  /** @param standby - Whether another process is still active for this cluster. */
  constructor(client: EventEmitter, standby: boolean) {
    this.#client = client;
    if (standby) {
      this.#gate = new EventGate(client);
      this.#gate.hold();
    } else this.#active.resolve();
  }

  /** Resolves when this process is the active one of its cluster. */
  get active(): Promise<void> {
    return this.#active.promise;
  }

  /** As `onceClientReady`, though the event itself may be held back. */
  onceReady(callback: () => void): void {
    if (this.#gate === undefined || isClientReady(this.#client)) onceClientReady(this.#client, callback);
    else this.#gate.onceReady(callback);
  }

  /** Performs a step. Returns the report for the manager. */
  perform({ step, handled = [], marginMs = 0 }: HandoverStep): HandoverDone {
    const handledHere = this.#perform(step, handled, marginMs);
    return { step, at: Date.now(), handled: handledHere };
  }

  #perform(step: HandoverStep['step'], handled: readonly string[], marginMs: number): readonly string[] {
    switch (step) {
      case 'record':
        this.#gate = new EventGate(this.#client);
        this.#gate.record();
        return [];
      case 'quiet':
        return this.#gate?.quiet() ?? [];
      case 'resume':
        this.#gate?.resume();
        this.#gate = undefined;
        return [];
      case 'buffer':
        this.#gate?.buffer();
        return [];
      case 'open':
        this.#gate?.open(handled, marginMs);
        this.#gate = undefined;
        this.#active.resolve();
        return [];
    }
  }
}
