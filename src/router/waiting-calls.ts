/**
 * Waiting calls: requests that the manager holds until a cluster has come up.
 *
 * No timers here: the caller's own clock ends the wait, and its cancel takes the request out. Bounded in
 * number and, together, in bytes.
 */
import type { FrameHeader } from '../wire/frame.js';
import type { Peer } from './peer.js';

export interface WaitingCall {
  readonly header: Readonly<FrameHeader>;
  readonly name: string;
  /** A copy: the chunk it came in is long gone when it leaves. */
  readonly body: Buffer;
  readonly caller: Peer;
  /** Whom it waits for; `undefined`: any cluster. */
  readonly target: Peer | undefined;
  /** From a clock that only goes forward, in milliseconds. */
  readonly since: number;
}

export class WaitingCalls {
  readonly #maxCalls: number;
  readonly #maxBytes: number;
  #calls: WaitingCall[] = [];
  #bytes = 0;

  constructor(maxCalls: number, maxBytes: number) {
    this.#maxCalls = maxCalls;
    this.#maxBytes = maxBytes;
  }

  get size(): number {
    return this.#calls.length;
  }

  /** `false`: too many wait already. */
  add(call: WaitingCall): boolean {
    if (this.#calls.length >= this.#maxCalls || this.#bytes + call.body.length > this.#maxBytes) return false;
    this.#calls.push(call);
    this.#bytes += call.body.length;
    return true;
  }

  /** Takes out those that `leaves` accepts, in the order in which they came. */
  take(leaves: (call: WaitingCall) => boolean): WaitingCall[] {
    const taken: WaitingCall[] = [];
    const stay: WaitingCall[] = [];
    for (const call of this.#calls) (leaves(call) ? taken : stay).push(call);
    this.#calls = stay;
    for (const { body } of taken) this.#bytes -= body.length;
    return taken;
  }
}
