/**
 * The replay buffer: the last events of a session, kept for a RESUME.
 *
 * It is bounded. A session that missed more than it holds cannot be resumed, as with Discord.
 */
import type { DispatchFrame } from './protocol.js';

export class ReplayBuffer {
  readonly #capacity: number;
  readonly #frames: DispatchFrame[] = [];
  /** Sequence number of the newest frame that was dropped. */
  #droppedUpTo = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  push(frame: DispatchFrame): void {
    this.#frames.push(frame);
    if (this.#frames.length < this.#capacity * 2) return;
    // Dropped in one go: shifting one by one would move the whole array for every event.
    const dropped = this.#frames.splice(0, this.#frames.length - this.#capacity);
    this.#droppedUpTo = dropped.at(-1)?.s ?? this.#droppedUpTo;
  }

  /** All frames after `sequence`, or `undefined` if some of them are gone. */
  after(sequence: number): readonly DispatchFrame[] | undefined {
    if (sequence < this.#droppedUpTo) return undefined;
    return this.#frames.filter((frame) => frame.s > sequence);
  }
}
