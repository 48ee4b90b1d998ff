/**
 * Frames: everything one process may say to another.
 *
 * A frame is a fixed header and an opaque body. The header alone decides where a frame goes; the manager never looks
 * into a body. To add a message, add a kind here: the compiler then points at every total `switch` over kinds.
 *
 * ```text
 *  0  u32  length of what follows the length, in bytes
 *  4  u8   kind
 *  5  u8   codec of the body (low bits) and flags
 *  6  i16  peer (see address.ts)
 *  8  u32  correlation id: joins a request to its answers; 0 = none
 * 12  u32  name id: a handler or event; 0 = none, or in front of the body (flag `INLINE_NAME`)
 * 16  u32  milliseconds the caller still waits; 0 = none
 * 20  u16  generation of the process that called
 * 22  ...  body
 * ```
 */

/** The length of a header, in bytes. */
export const HEADER_BYTES = 22;

/** The longest time that a header can carry; Node's timers have the same limit. */
export const MAX_REMAINING_MS = 2_147_483_647;

/** The kinds of frames. The numbers are the wire's: never reuse one. */
export const Kind = {
  /** Cluster to manager: this process is up, and these are its handlers and events. */
  hello: 1,
  /** Manager to cluster, before anything else: all names, layouts and cluster states. */
  welcome: 2,
  /** Manager to cluster: new names and layouts. */
  names: 3,
  /** Cluster to manager: this process handles, or listens to, these names from now on. */
  register: 4,
  /** Cluster to manager: this process no longer handles these names. */
  unregister: 5,
  /** Cluster to manager: the client of this process is ready. */
  ready: 6,
  /** Manager to cluster: the state of a cluster has changed. */
  peer: 7,
  request: 8,
  /** Answer: what the handler returned. */
  result: 9,
  /** Answer: what the handler threw. */
  error: 10,
  /** Answer: why the call ended without a result or error of the handler. */
  rejected: 11,
  /** Manager to caller: the request to `peer` waits for a cluster that is starting. It has not run. */
  queued: 12,
  /** Manager to caller: the queued request to `peer` was forwarded. */
  dequeued: 13,
  /** Manager to caller: the caller itself is to serve its request. */
  serveLocally: 14,
  /** Caller to target: the caller no longer waits. */
  cancel: 15,
  event: 16,
  /** Receiver to the event's sender: the event has arrived, and the listeners were called. */
  ack: 17,
  /** Manager to cluster: finish and exit. */
  shutdown: 18,
  /** Cluster to manager: a shard wants to identify. Has no deadline: it ends by grant, cancel or death. */
  identify: 19,
  /** Manager to cluster: that shard may identify now. */
  identifyGrant: 20,
  /** Cluster to manager: that shard no longer wants to identify. */
  identifyCancel: 21,
  /** Cluster to manager: the exception that is about to end this process. It has no effect if the process goes on. */
  crashReport: 22,
  /** Cluster to manager: Discord rejects this cluster for good. */
  loginRejected: 23,
  /** Manager to cluster: asks whether the event loop turns. */
  ping: 24,
  /** Cluster to manager, in reply to `ping`: the event loop turns, and these are the process' figures. */
  pong: 25,
  /** Cluster to manager: this process was asked to end, and wants to be replaced. */
  replaceMe: 26,
  /** Cluster to manager: the shard that was granted to identify has just done so. */
  identified: 27,
  /** Manager to cluster: a step of the handover of this cluster's events from one process to the next. */
  handover: 28,
  /** Cluster to manager: that step is done. */
  handoverDone: 29,
  /** Answer: no contract here has the row of the data. The request has not run; send it again as keyed JSON. */
  resendKeyed: 30,
  /** Cluster to manager: a singleton job was registered or withdrawn, has stopped or failed. */
  job: 31,
  /** Manager to cluster: run that job, or stop it. */
  jobOrder: 32,
} as const;

export type Kind = (typeof Kind)[keyof typeof Kind];

/** The kinds of frames that end a call. */
export type AnswerKind = typeof Kind.result | typeof Kind.error | typeof Kind.rejected;

/** By number, since every arriving frame is looked up; a `Set` would take longer. */
const kinds: readonly boolean[] = Array.from({ length: 256 }, (_, value) =>
  Object.values<number>(Kind).includes(value),
);

export function isKind(value: number): value is Kind {
  return kinds[value] === true;
}

/** The largest number of a kind. The rest of the byte is garbage in every version, so that random bytes end a link. */
const LAST_KIND = 127;

/** Whether the number may be a kind in a later minor version of the protocol: frames of such kinds are ignored. */
export function isReservedKind(value: number): boolean {
  return value > 0 && value <= LAST_KIND;
}

/** How a body is written. The low four bits of the header's flags. */
export const Codec = {
  /** No body: `undefined`. */
  none: 0,
  /** UTF-8 JSON. */
  json: 1,
  /** V8's structured clone (`node:v8` serialize). */
  v8: 2,
  /** Values in the order of a contract's layout (`rows/row-format.ts`). */
  row: 3,
} as const;

export type Codec = (typeof Codec)[keyof typeof Codec];

export const CODEC_MASK = 0b0000_1111;
/** The name is in front of the body: u16 length, UTF-8 bytes. */
export const INLINE_NAME = 0b0001_0000;
/** A request that fails instead of waiting for a cluster that is starting. */
export const FAIL_FAST = 0b0010_0000;

/** An event whose acknowledgement waits until the promises of its listeners have settled. */
export const ACK_WHEN_SETTLED = 0b0100_0000;

/** A header in memory. One object is reused for many frames: copy what outlives the call that it was passed to. */
export interface FrameHeader {
  kind: Kind;
  flags: number;
  peer: number;
  correlation: number;
  name: number;
  remainingMs: number;
  generation: number;
}

/** Copies `from` into `to`, and returns `to`. */
export function copyHeader(from: Readonly<FrameHeader>, to: FrameHeader): FrameHeader {
  to.kind = from.kind;
  to.flags = from.flags;
  to.peer = from.peer;
  to.correlation = from.correlation;
  to.name = from.name;
  to.remainingMs = from.remainingMs;
  to.generation = from.generation;
  return to;
}

export function emptyHeader(kind: Kind): FrameHeader {
  return { kind, flags: 0, peer: 0, correlation: 0, name: 0, remainingMs: 0, generation: 0 };
}
