/**
 * Handler context: what a handler is told about the call it answers.
 */

/** The second argument of every handler: the caller, its deadline, and a signal that ends with the call. */
export interface HandlerContext {
  /** The id of the calling process: a cluster's, or -1 for the manager. */
  readonly sourceCluster: number;
  /** When the caller stops waiting, in milliseconds of this process' `Date.now()`. */
  readonly deadline: number;
  /**
   * Aborts when the caller cancels the call, when its timeout ends, and when the calling process dies. Created on first
   * access: a handler that does not use it costs no controller.
   */
  readonly signal: AbortSignal;
}
