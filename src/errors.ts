/**
 * Errors: how a call ends when it does not end with a value.
 *
 * Two classes, and never confused: an `IPCError` is the library's own word about a call (`code` says which),
 * a `RemoteError` is what a handler in another process threw. This file is the ground: it imports nothing.
 */

/** Why a call ended without its handler's word. Stable: code may be written against these strings. */
export type IPCErrorCode =
  | 'NO_HANDLER'
  | 'HANDLER_EXISTS'
  | 'TIMEOUT'
  | 'CANCELLED'
  | 'CLUSTER_DIED'
  | 'CLUSTER_UNAVAILABLE'
  | 'CLUSTER_NOT_FOUND'
  | 'INVALID_PAYLOAD'
  | 'UNSERIALIZABLE'
  | 'PAYLOAD_TOO_LARGE'
  | 'OVERLOADED'
  | 'SHUTTING_DOWN'
  | 'PROTOCOL_ERROR'
  | 'CONTRACT_MISMATCH';

/** The facts an `IPCError` carries beside its text. */
export interface IPCErrorFacts {
  readonly handler?: string | undefined;
  readonly clusterId?: number | undefined;
  readonly timeoutMs?: number | undefined;
  readonly cause?: unknown;
}

/**
 * How a call ended when it ended without its handler's word. `code` is stable; the text may change.
 *
 * `name` stays `Error`, so that `String(error)` reads `Error: No handler registered for 'x'`.
 */
export class IPCError extends Error {
  readonly code: IPCErrorCode;
  /** The handler or event that was called. */
  readonly handler: string | undefined;
  /** The cluster that was called, where one was named. */
  readonly clusterId: number | undefined;
  /** How long the caller was willing to wait, in milliseconds. */
  readonly timeoutMs: number | undefined;

  constructor(code: IPCErrorCode, message: string, facts: IPCErrorFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = code;
    this.handler = facts.handler;
    this.clusterId = facts.clusterId;
    this.timeoutMs = facts.timeoutMs;
  }
}

/** The facts a `RemoteError` is made of; the text of the stack is the remote one. */
export interface RemoteErrorFacts {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly clusterId: number;
  readonly handler: string;
}

/**
 * What a handler threw, as its caller sees it. `String(error)` is what the original's was.
 *
 * `code`, the original's own serializable properties, its `cause` chain and an `AggregateError`'s `errors`
 * are there too. The stack is the remote one, marked with the cluster it comes from. A thrown value that
 * was no error is in `thrown`.
 */
export class RemoteError extends Error {
  /** The process that threw: a cluster's id, or -1 for the manager. */
  readonly clusterId: number;
  /** The handler that threw. */
  readonly handler: string;
  /** The original's `code`, where it had one (`ENOENT`, a Discord API code, ...). */
  declare readonly code?: unknown;
  /** The originals of an `AggregateError`. */
  declare readonly errors?: readonly unknown[];
  /** What was thrown, where it was not an error. */
  declare readonly thrown?: unknown;

  constructor(facts: RemoteErrorFacts) {
    super(facts.message);
    const { clusterId, handler } = facts;
    hide(this, 'name', facts.name);
    hide(this, 'stack', markedStack(facts));
    this.clusterId = clusterId;
    this.handler = handler;
  }
}

/** Own but not enumerable, as `name` and `stack` are on every other error: logs stay short. */
function hide(error: Error, key: string, value: unknown): void {
  Object.defineProperty(error, key, { value, writable: true, configurable: true, enumerable: false });
}

function markedStack({ name, message, stack, clusterId, handler }: RemoteErrorFacts): string {
  const where = clusterId < 0 ? 'the manager' : `cluster ${clusterId}`;
  return `${stack ?? `${name}: ${message}`}\n    at <remote> '${handler}' in ${where}`;
}
