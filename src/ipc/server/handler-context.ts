/**
 * Handler context: what a handler may know about the call it answers.
 */

export interface HandlerContext {
  /** The id of the process that asks: a cluster's, or -1 for the manager. */
  readonly sourceCluster: number;
  /** When the caller stops waiting, in this process' `Date.now()` milliseconds. */
  readonly deadline: number;
  /** Aborts when the caller cancelled, timed out or died. Made on first access: who never looks pays nothing. */
  readonly signal: AbortSignal;
}

/** The context of one call being served. */
export class ServedCall implements HandlerContext {
  readonly sourceCluster: number;
  readonly deadline: number;
  #controller: AbortController | undefined;
  #cancelled = false;

  constructor(sourceCluster: number, deadline: number) {
    this.sourceCluster = sourceCluster;
    this.deadline = deadline;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#cancelled) this.#controller.abort();
    }
    return this.#controller.signal;
  }

  /** Nobody waits any more: an answer would be dropped. */
  get cancelled(): boolean {
    return this.#cancelled;
  }

  cancel(): void {
    this.#cancelled = true;
    this.#controller?.abort();
  }
}
