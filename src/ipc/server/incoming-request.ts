/**
 * Remote request: a call of another process that is to be answered here, and the way back to its caller.
 *
 * One object and no closures: one is made for every call that is served.
 */
import type { IPCErrorCode } from '../../errors.js';
import type { ReadableBody } from '../../wire/body.js';
import type { Refusal } from '../../wire/control.js';
import type { Body } from '../../wire/frame-writer.js';
import { Kind } from '../../wire/frame.js';
import type { FrameHeader } from '../../wire/frame.js';
import type { Reply, ServeRequest } from './server.js';
import type { NamedBody, ManagerConnection } from '../connection.js';

export class IncomingRequest implements ServeRequest, Reply {
  readonly correlation: number;
  readonly name: string;
  body: ReadableBody;
  readonly sourceCluster: number;
  readonly deadline: number;
  readonly layout: string | undefined;
  readonly #uplink: ManagerConnection;
  readonly #generation: number;
  /** The number of the data's layout, 0 for none: the result is written as the data was. */
  readonly #layoutNumber: number;

  /** @param arrivedAt - In milliseconds, as `Date.now()` counts them. */
  constructor(
    uplink: ManagerConnection,
    header: Readonly<FrameHeader>,
    { name, body, layout }: NamedBody,
    arrivedAt: number,
  ) {
    this.correlation = header.correlation;
    this.name = name;
    this.body = body;
    this.sourceCluster = header.peer;
    this.deadline = arrivedAt + header.remainingMs;
    this.layout = layout;
    this.#uplink = uplink;
    this.#generation = header.generation;
    this.#layoutNumber = layout === undefined ? 0 : header.name;
  }

  value(body: Body): void {
    if (this.#uplink.link?.full === true) this.refused('OVERLOADED', 'the answer found the link full');
    else this.#uplink.sendLaidOut(this.#header(Kind.result), this.#layoutNumber, body);
  }

  askAgain(): void {
    this.#send(Kind.resendKeyed, undefined);
  }

  thrown(fault: string): void {
    this.#send(Kind.error, fault);
  }

  refused(code: IPCErrorCode, detail?: string, fingerprint?: string): void {
    this.#send(Kind.rejected, JSON.stringify({ code, detail, fingerprint } satisfies Refusal));
  }

  #send(kind: Kind, body: Body): void {
    this.#uplink.send(this.#header(kind), undefined, body);
  }

  #header(kind: Kind): FrameHeader {
    const header = this.#uplink.header(kind, this.sourceCluster, this.correlation);
    header.generation = this.#generation;
    return header;
  }
}
