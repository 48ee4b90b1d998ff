/**
 * Handover, as seen from a cluster: what the manager's steps do to the client's events.
 */
import type { EventEmitter } from 'node:events';
import { deferred } from '../async/deferred.js';
import { EventGate } from '../discord/event-gate.js';
import { isClientReady, onceClientReady } from '../discord/client-readiness.js';
import type { HandoverDone, HandoverStep } from '../wire/control.js';

export class ClusterHandover {
  readonly #client: EventEmitter;
  readonly #active = deferred();
  /** Only there while it is needed. */
  #gate: EventGate | undefined;

  /** @param standby - Another process has this cluster's place still. */
  constructor(client: EventEmitter, standby: boolean) {
    this.#client = client;
    if (standby) {
      this.#gate = new EventGate(client);
      this.#gate.hold();
    } else this.#active.resolve();
  }

  /** Resolves when this process has its cluster's place. */
  get active(): Promise<void> {
    return this.#active.promise;
  }

  /** As `onceClientReady`, though the event itself may be held back. */
  onceReady(callback: () => void): void {
    if (this.#gate === undefined || isClientReady(this.#client)) onceClientReady(this.#client, callback);
    else this.#gate.onceReady(callback);
  }

  /** Does what the manager asks, and says so. */
  take({ step, handled = [], marginMs = 0 }: HandoverStep): HandoverDone {
    const done = this.#take(step, handled, marginMs);
    return { step, at: Date.now(), handled: done };
  }

  #take(step: HandoverStep['step'], handled: readonly string[], marginMs: number): readonly string[] {
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
