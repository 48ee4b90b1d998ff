/**
 * Frames: everything one process may say to another.
 *
 * A frame is a fixed header and an opaque body. The header alone decides where a frame goes; the manager
 * never looks into a body. To teach the processes a new word, add a kind here: the compiler then points at
 * every total `switch` over kinds.
 *
 * ```text
 *  0  u32  length of what follows the length, in bytes
 *  4  u8   kind
 *  5  u8   codec of the body (low bits) and flags
 *  6  i16  peer (see address.ts)
 *  8  u32  correlation id: joins a request to its answers; 0 = none
 * 12  u32  name id: a handler or event; 0 = none, or spelt out in front of the body (flag `inlineName`)
 * 16  u32  milliseconds the caller still waits; 0 = none
 * 20  u16  generation of the process that asked
 * 22  ...  body
 * ```
 */

/** Bytes in front of every body. */
export const HEADER_BYTES = 22;

/** The largest number the header can carry as a time: what Node's timers take, too. */
export const MAX_REMAINING_MS = 2_147_483_647;

/** What a frame says. The numbers are the wire's: never reuse one. */
export const Kind = {
  /** Cluster to manager: I am up, and these are my handlers. */
  hello: 1,
  /** Manager to cluster, first of all: the names given so far and the state of every cluster. */
  welcome: 2,
  /** Manager to cluster: new names and their ids. */
  names: 3,
  /** Cluster to manager: I answer (or listen to) these names now. */
  register: 4,
  /** Cluster to manager: I do not answer these names any more. */
  unregister: 5,
  /** Cluster to manager: my client is ready. */
  ready: 6,
  /** Manager to cluster: the state of a cluster has changed. */
  peer: 7,
  request: 8,
  /** Answer: what the handler returned. */
  result: 9,
  /** Answer: what the handler threw. */
  error: 10,
  /** Answer: why the call ended without the handler's word. */
  rejected: 11,
  /** Manager to caller: your request to `peer` waits for a cluster that is starting. It has not run. */
  queued: 12,
  /** Manager to caller: the request to `peer` that waited is on its way. */
  dequeued: 13,
  /** Manager to caller: you are the one to answer your own request. */
  serveLocally: 14,
  /** Caller to target: nobody waits any more. */
  cancel: 15,
  event: 16,
  /** Receiver to the event's sender: it is here, and the listeners were called. */
  ack: 17,
  /** Manager to cluster: finish and exit. */
  shutdown: 18,
  /** Cluster to manager: a shard wants to identify. Has no deadline: ends by grant, cancel or death. */
  identify: 19,
  /** Manager to cluster: that shard may identify now. */
  identifyGrant: 20,
  /** Cluster to manager: that shard does not want to identify any more. */
  identifyCancel: 21,
  /** Cluster to manager: what this process is about to die of. Nothing follows if it does not die. */
  crashReport: 22,
  /** Cluster to manager: Discord refuses this cluster for good. */
  loginRejected: 23,
  /** Manager to cluster: does your event loop turn? */
  ping: 24,
  /** Cluster to manager, as the answer to `ping`: it does, and this is how it is. */
  pong: 25,
  /** Cluster to manager: somebody asked this process to end; may it be replaced? */
  replaceMe: 26,
  /** Cluster to manager: the shard that was allowed to identify has done so, just now. */
  identified: 27,
  /** Manager to cluster: a step of handing this cluster's events over from one process to the next. */
  handover: 28,
  /** Cluster to manager: that step is done. */
  handoverDone: 29,
  /** Answer: the data is laid out as no contract here has it. It has not run; ask once more, members spelt out. */
  resendKeyed: 30,
  /** Cluster to manager: what it can do, and does, of the work that one process of the bot does for all. */
  job: 31,
  /** Manager to cluster: do that work now, or do not any more. */
  jobOrder: 32,
} as const;

export type Kind = (typeof Kind)[keyof typeof Kind];

/** The kinds of frames that end a call. */
export type AnswerKind = typeof Kind.result | typeof Kind.error | typeof Kind.rejected;

/** By number, as each frame that comes is asked; a `Set` would take longer. */
const kinds: readonly boolean[] = Array.from({ length: 256 }, (_, value) =>
  Object.values<number>(Kind).includes(value),
);

export function isKind(value: number): value is Kind {
  return kinds[value] === true;
}

/** How a body is written. The low four bits of the header's codec byte. */
export const Codec = {
  /** No body: `undefined`. */
  none: 0,
  /** UTF-8 JSON. */
  json: 1,
  /** V8's structured clone (`node:v8` serialize). */
  v8: 2,
  /** Values in the order of a layout (`row-format.ts`). */
  row: 3,
} as const;

export type Codec = (typeof Codec)[keyof typeof Codec];

export const CODEC_MASK = 0b0000_1111;
/** The name is spelt out in front of the body: u16 length, UTF-8 bytes. */
export const INLINE_NAME = 0b0001_0000;
/** A request that would rather fail than wait for a cluster that is starting. */
export const FAIL_FAST = 0b0010_0000;

/** An event whose acknowledgement waits until the promises of its listeners have settled. */
export const ACK_WHEN_SETTLED = 0b0100_0000;

/** The header, read. One object is reused for many frames: copy what outlives the call it was handed to. */
export interface FrameHeader {
  kind: Kind;
  flags: number;
  peer: number;
  correlation: number;
  name: number;
  remainingMs: number;
  generation: number;
}

export function emptyHeader(kind: Kind): FrameHeader {
  return { kind, flags: 0, peer: 0, correlation: 0, name: 0, remainingMs: 0, generation: 0 };
}
