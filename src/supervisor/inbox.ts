/**
 * Inbox: steps of a state machine, taken one after the other.
 *
 * A step has effects, and effects call back: a listener of `clusterDeath` may shut the manager down. A step that comes
 * during another one waits until that one is complete, and is taken before the outermost `push()` returns.
 */
type Step = () => void;

export class Inbox {
  readonly #steps: Step[] = [];
  #isDraining = false;

  push(step: Step): void {
    this.#steps.push(step);
    this.#drain();
  }

  /** For a consequence of the step that is being taken: it comes before those that wait. */
  pushFirst(step: Step): void {
    this.#steps.unshift(step);
    this.#drain();
  }

  #drain(): void {
    if (this.#isDraining) return;
    this.#isDraining = true;
    try {
      for (let step = this.#steps.shift(); step !== undefined; step = this.#steps.shift()) step();
    } finally {
      this.#isDraining = false;
      // An effect that throws must not keep the steps behind it from being taken.
      if (this.#steps.length > 0) this.#drain();
    }
  }
}
