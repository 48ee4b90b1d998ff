/**
 * Remote reply: the way back to a caller in another process.
 *
 * A class and not a handful of closures: one is made for every call that is served.
 */
import type { IPCErrorCode } from '../errors.js';
import type { Body } from '../wire/frame-writer.js';
import type { Refusal } from '../wire/control.js';
import { Kind } from '../wire/frame.js';
import type { FrameHeader } from '../wire/frame.js';
import type { Reply } from './server.js';
import type { Uplink } from './uplink.js';

export class RemoteReply implements Reply {
  readonly #uplink: Uplink;
  readonly #peer: number;
  readonly #correlation: number;
  readonly #generation: number;
  /** The number of the request's layout, 0 for none: the result is written as the data was. */
  readonly #layout: number;

  constructor(uplink: Uplink, { peer, correlation, generation }: Readonly<FrameHeader>, layout: number) {
    this.#uplink = uplink;
    this.#peer = peer;
    this.#correlation = correlation;
    this.#generation = generation;
    this.#layout = layout;
  }

  value(body: Body): void {
    if (this.#uplink.link?.full === true) this.refused('OVERLOADED', 'the answer found the link full');
    else this.#uplink.sendLaidOut(this.#header(Kind.value), this.#layout, body);
  }

  askAgain(): void {
    this.#send(Kind.askAgain, undefined);
  }

  thrown(fault: string): void {
    this.#send(Kind.thrown, fault);
  }

  refused(code: IPCErrorCode, detail?: string, fingerprint?: string): void {
    this.#send(Kind.refused, JSON.stringify({ code, detail, fingerprint } satisfies Refusal));
  }

  #send(kind: Kind, body: Body): void {
    this.#uplink.send(this.#header(kind), undefined, body);
  }

  #header(kind: Kind): FrameHeader {
    const header = this.#uplink.header(kind, this.#peer, this.#correlation);
    header.generation = this.#generation;
    return header;
  }
}
