/**
 * Served call: the context of one call that a handler is working on.
 */
import type { HandlerContext } from './handler-context.js';

export class ServedCall implements HandlerContext {
  readonly sourceCluster: number;
  readonly deadline: number;
  #controller: AbortController | undefined;
  #isCancelled = false;

  constructor(sourceCluster: number, deadline: number) {
    this.sourceCluster = sourceCluster;
    this.deadline = deadline;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#isCancelled) this.#controller.abort();
    }
    return this.#controller.signal;
  }

  /** Whether the caller has stopped waiting: an answer would be dropped. */
  get isCancelled(): boolean {
    return this.#isCancelled;
  }

  cancel(): void {
    this.#isCancelled = true;
    this.#controller?.abort();
  }
}
