/**
 * Errors: the errors with which calls end.
 *
 * Two classes, never confused: the library itself makes an `IPCError` (`code` is the reason), and a `RemoteError` is
 * what a handler in another process threw. Every other module may use this one; it imports nothing.
 */

/**
 * The reason why a call or event failed without its handler's error. Stable: programs may compare these strings.
 *
 * - `NO_HANDLER`: the target has no handler of that name.
 * - `HANDLER_EXISTS`: thrown by `handle`: the name has a handler already.
 * - `TIMEOUT`: no answer arrived within the timeout. The handler may have run.
 * - `CANCELLED`: the caller's signal aborted. `cause` is the signal's reason.
 * - `CLUSTER_DIED`: the target died before it answered. The handler may have run.
 * - `CLUSTER_UNAVAILABLE`: the target is not up, or not ready. The handler did not run.
 * - `CLUSTER_NOT_FOUND`: the bot has no cluster with that id.
 * - `INVALID_PAYLOAD`: data or result does not fit the contract, or could not be decoded.
 * - `UNSERIALIZABLE`: data or result cannot be encoded.
 * - `PAYLOAD_TOO_LARGE`: data or result exceeds `limits.maxPayloadBytes`.
 * - `OVERLOADED`: a limit for waiting calls or bytes was reached.
 * - `SHUTTING_DOWN`: the manager is shutting down, or the connection to it has closed.
 * - `PROTOCOL_ERROR`: a process sent something that the other could not understand.
 * - `CONTRACT_MISMATCH`: the payload does not fit, and both processes have different versions of the contract.
 */
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

/** Options for an `IPCError`: its fields beside code and message. */
export interface IPCErrorOptions {
  /** The name of the handler or event. */
  readonly handler?: string | undefined;
  /** The id of the target: a cluster's, or -1 for the manager. */
  readonly clusterId?: number | undefined;
  /** The timeout of the call, in milliseconds. */
  readonly timeoutMs?: number | undefined;
  /** The error that led to this one. */
  readonly cause?: unknown;
}

/**
 * A call or an event that failed without its handler's error. `code` is stable; the message may change.
 *
 * `name` stays `Error`, so that `String(error)` reads `Error: No handler registered for 'x'`.
 */
export class IPCError extends Error {
  /** The reason for the failure. */
  readonly code: IPCErrorCode;
  /** The handler that was called, or the event that was sent. */
  readonly handler: string | undefined;
  /** The id of the target, if the call named one: a cluster's, or -1 for the manager. */
  readonly clusterId: number | undefined;
  /** The timeout of the call, in milliseconds. */
  readonly timeoutMs: number | undefined;

  /** The library makes these errors; a test may make one to stand in for a failed call. */
  constructor(code: IPCErrorCode, message: string, options: IPCErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.handler = options.handler;
    this.clusterId = options.clusterId;
    this.timeoutMs = options.timeoutMs;
  }
}

/** Options for a `RemoteError`. */
export interface RemoteErrorOptions {
  /** The name of the original error. */
  readonly name: string;
  /** The message of the original error. */
  readonly message: string;
  /** The stack of the original error. */
  readonly stack: string | undefined;
  /** The id of the process that threw: a cluster's, or -1 for the manager. */
  readonly clusterId: number;
  /** The handler that threw. */
  readonly handler: string;
}

/**
 * The error that a handler threw, as its caller receives it. `String(error)` is that of the original.
 *
 * It has the original's `code`, its own serializable properties, its `cause` chain and an `AggregateError`'s `errors`.
 * The stack is the original's, followed by the process that it comes from. A thrown value that was no error is in
 * `thrown`.
 */
export class RemoteError extends Error {
  /** The process that threw: a cluster's id, or -1 for the manager. */
  readonly clusterId: number;
  /** The handler that threw. */
  readonly handler: string;
  /** The original's `code`, where it had one (`ENOENT`, a Discord API code, ...). */
  declare readonly code?: unknown;
  /** The errors of an `AggregateError`. */
  declare readonly errors?: readonly unknown[];
  /** The thrown value, where it was no error. */
  declare readonly thrown?: unknown;

  /** The library makes these errors; a test may make one to stand in for what a handler threw. */
  constructor(options: RemoteErrorOptions) {
    super(options.message);
    const { clusterId, handler } = options;
    hide(this, 'name', options.name);
    hide(this, 'stack', markedStack(options));
    this.clusterId = clusterId;
    this.handler = handler;
  }
}

/** Defines an own property that is not enumerable, as `name` and `stack` are on other errors: logs stay short. */
function hide(error: Error, key: string, value: unknown): void {
  Object.defineProperty(error, key, { value, writable: true, configurable: true, enumerable: false });
}

function markedStack({ name, message, stack, clusterId, handler }: RemoteErrorOptions): string {
  const where = clusterId < 0 ? 'the manager' : `cluster ${clusterId}`;
  return `${stack ?? `${name}: ${message}`}\n    at <remote> '${handler}' in ${where}`;
}
