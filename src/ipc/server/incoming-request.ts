/**
 * Incoming request: a call of another process that this process has to answer, and the reply to its caller.
 *
 * A single object and no closures, since every served call makes one.
 */
import type { IPCErrorCode } from '../../errors.js';
import type { Body, ReadableBody } from '../../wire/body.js';
import type { Rejection } from '../../wire/rejection.js';
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
  readonly rowFingerprint: string | undefined;
  readonly #connection: ManagerConnection;
  readonly #generation: number;
  /** The row id of the data; 0: the data is keyed JSON. The result is encoded as the data was. */
  readonly #rowId: number;

  /** @param arrivedAt - In milliseconds of `Date.now()`. */
  constructor(
    connection: ManagerConnection,
    header: Readonly<FrameHeader>,
    { name, body, rowFingerprint }: NamedBody,
    arrivedAt: number,
  ) {
    this.correlation = header.correlation;
    this.name = name;
    this.body = body;
    this.sourceCluster = header.peer;
    this.deadline = arrivedAt + header.remainingMs;
    this.rowFingerprint = rowFingerprint;
    this.#connection = connection;
    this.#generation = header.generation;
    this.#rowId = rowFingerprint === undefined ? 0 : header.name;
  }

  result(body: Body): void {
    if (this.#connection.link?.full === true)
      this.rejected('OVERLOADED', 'too many bytes are waiting to be sent; the result was dropped');
    else this.#connection.sendRow(this.#header(Kind.result), this.#rowId, body);
  }

  resendKeyed(): void {
    this.#send(Kind.resendKeyed, undefined);
  }

  error(serialized: string): void {
    this.#send(Kind.error, serialized);
  }

  rejected(code: IPCErrorCode, detail?: string, fingerprint?: string): void {
    this.#send(Kind.rejected, JSON.stringify({ code, detail, fingerprint } satisfies Rejection));
  }

  #send(kind: Kind, body: Body): void {
    this.#connection.send(this.#header(kind), undefined, body);
  }

  #header(kind: Kind): FrameHeader {
    const header = this.#connection.header(kind, this.sourceCluster, this.correlation);
    header.generation = this.#generation;
    return header;
  }
}
