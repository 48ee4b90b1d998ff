/**
 * Waiting calls: requests that the manager queues until a cluster has come up.
 *
 * It has no timers: the caller's own deadline ends the wait, and the caller's cancel takes the request out. Bounded in
 * number and, all requests together, in bytes.
 */
import type { ArrivedFrame } from '../wire/arrived-frame.js';
import type { Peer } from './peer.js';

/** A request frame with its resolved target. */
export interface RoutedRequest {
  readonly caller: Peer;
  /** `undefined`: any cluster. */
  readonly target: Peer | undefined;
  /** The handler's name. */
  readonly name: string;
  readonly frame: ArrivedFrame;
}

/** The `frame` is a copy: the bytes that the request arrived in are long overwritten when it leaves. */
export interface WaitingCall extends RoutedRequest {
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

  /** Returns `false` when too many calls wait already. */
  add(call: WaitingCall): boolean {
    const { length } = call.frame.bytes;
    if (this.#calls.length >= this.#maxCalls || this.#bytes + length > this.#maxBytes) return false;
    this.#calls.push(call);
    this.#bytes += length;
    return true;
  }

  /** Removes the calls that match, and returns them in the order in which they came. */
  remove(matches: (call: WaitingCall) => boolean): WaitingCall[] {
    const removed: WaitingCall[] = [];
    const kept: WaitingCall[] = [];
    for (const call of this.#calls) (matches(call) ? removed : kept).push(call);
    this.#calls = kept;
    for (const { frame } of removed) this.#bytes -= frame.bytes.length;
    return removed;
  }
}
