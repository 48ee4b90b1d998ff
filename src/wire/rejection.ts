/**
 * Rejection: the body of an answer that ends a call without the handler's result or error.
 */

/** The code of an `IPCError`, and what only the rejecting side knows. */
export interface Rejection {
  readonly code: string;
  readonly detail?: string | undefined;
  /** The contract by which a payload was rejected. */
  readonly fingerprint?: string | undefined;
}
