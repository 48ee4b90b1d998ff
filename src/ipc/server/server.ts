/**
 * Server: the handlers of this process.
 *
 * Serves requests that arrived over the link and calls of this process alike: data arrives encoded and the answer leaves
 * encoded, so a local caller sees what a remote caller would. `serve` never throws and always answers, unless the call
 * was cancelled: then the answer would be dropped anyway.
 */
import { IPCError } from '../../errors.js';
import type { IPCErrorCode } from '../../errors.js';
import type { Body, ReadableBody } from '../../wire/body.js';
import { serializeError, shorten } from '../values/serialized-error.js';
import type { ErrorCodec } from '../values/serialized-error.js';
import { ServedCall } from './served-call.js';
import type { HandlerContext } from './handler-context.js';
import { PayloadError } from '../values/payload-error.js';
import { isThenable } from '../../async/is-thenable.js';
import { isTooLarge } from '../../wire/body.js';
import { checkName } from '../connection.js';
import type { ServedCalls } from './served-calls.js';
import { codecFor } from '../values/value-codec.js';
import type { ValueCodec } from '../values/value-codec.js';

/** A handler: takes the data and the call's context, returns a value or a promise of one. */
export type HandlerCallback = (data: never, context: HandlerContext) => unknown;

/** The codecs of one handler. */
export interface HandlerCodecs {
  readonly input: ValueCodec;
  readonly output: ValueCodec;
  /** Encodes the errors that a contract declares for the handler. */
  readonly errors?: ErrorCodec | undefined;
  /** Identifies the types of the handler's contract: equal types have equal fingerprints. */
  readonly fingerprint?: string | undefined;
}

/** Receives the answer to one request: exactly one of these is called unless the call was cancelled. */
export interface Reply {
  result(body: Body): void;
  /** @param serialized - What the handler threw. */
  error(serialized: string): void;
  /** @param fingerprint - The handler's contract, where the data did not fit it. */
  rejected(code: IPCErrorCode, detail?: string, fingerprint?: string): void;
  /** The data is a row of another contract than the handler's: the caller has to send it again, as keyed JSON. */
  resendKeyed(): void;
}

/** A request to serve, from another process or from this one. */
export interface ServeRequest {
  readonly correlation: number;
  readonly name: string;
  /** Released once it is decoded: a large payload is not kept in memory for as long as the handler works. */
  body: ReadableBody;
  readonly sourceCluster: number;
  /** When the caller stops waiting, in `Date.now()` milliseconds. */
  readonly deadline: number;
  /** The contract by which data and result are rows; `undefined`: they are keyed JSON. */
  readonly rowFingerprint: string | undefined;
}

/** A detail holds paths and messages of user code, and a frame that is too long ends the link. */
const MAX_DETAIL_CHARS = 8192;

interface Registered extends HandlerCodecs {
  readonly callback: HandlerCallback;
}

export class Server {
  readonly #handlers = new Map<string, Registered>();
  readonly #maxPayloadBytes: number;

  constructor(maxPayloadBytes: number) {
    this.#maxPayloadBytes = maxPayloadBytes;
  }

  /** @throws IPCError `HANDLER_EXISTS` when the name has a handler already; TypeError when `callback` is no function. */
  add(name: string, callback: HandlerCallback, codecs: HandlerCodecs): void {
    checkName(name);
    if (typeof callback !== 'function') throw new TypeError(`The handler of '${name}' must be a function`);
    if (this.#handlers.has(name)) {
      throw new IPCError('HANDLER_EXISTS', `'${name}' already has a handler; remove that one first`, {
        handler: name,
      });
    }
    const { input, output, errors, fingerprint } = codecs;
    this.#handlers.set(name, { callback, input, output, errors, fingerprint });
  }

  remove(name: string): boolean {
    return this.#handlers.delete(name);
  }

  has(name: string): boolean {
    return this.#handlers.has(name);
  }

  names(): string[] {
    return [...this.#handlers.keys()];
  }

  fingerprintOf(name: string): string | undefined {
    return this.#handlers.get(name)?.fingerprint;
  }

  /** Answers one request. A call whose handler returns a promise is open in `calls` until the promise settles. */
  serve(request: ServeRequest, calls: ServedCalls, reply: Reply): void {
    const registered = this.#handlers.get(request.name);
    if (registered === undefined) {
      reply.rejected('NO_HANDLER');
      return;
    }
    if (request.rowFingerprint !== undefined && request.rowFingerprint !== registered.fingerprint) {
      reply.resendKeyed();
      return;
    }
    let data: unknown;
    try {
      data = codecFor(registered.input, request.rowFingerprint !== undefined).decode(request.body);
      request.body = undefined;
    } catch (error) {
      this.#replyRejected(reply, error, registered.fingerprint);
      return;
    }
    const served = new ServedCall(request.sourceCluster, request.deadline);
    let result: unknown;
    try {
      result = registered.callback(data as never, served);
    } catch (error) {
      this.#replyError(registered, error, reply);
      return;
    }
    // A plain value is answered at once: no turn of the promise queue, and nothing to cancel.
    if (!isThenable(result)) {
      this.#replyResult(request, registered, result, reply);
      return;
    }
    const { correlation } = request;
    calls.open(correlation, served);
    Promise.resolve(result).then(
      (value) => calls.finish(correlation, served) && this.#replyResult(request, registered, value, reply),
      (error: unknown) => calls.finish(correlation, served) && this.#replyError(registered, error, reply),
    );
  }

  #replyError({ errors }: Registered, error: unknown, reply: Reply): void {
    reply.error(serializeError(error, this.#maxPayloadBytes, errors));
  }

  #replyResult(
    { name, rowFingerprint }: ServeRequest,
    { output }: Registered,
    value: unknown,
    reply: Reply,
  ): void {
    let body: Body;
    try {
      body = codecFor(output, rowFingerprint !== undefined).encode(value, name);
    } catch (error) {
      this.#replyRejected(reply, error);
      return;
    }
    if (isTooLarge(body, this.#maxPayloadBytes)) {
      reply.rejected(
        'PAYLOAD_TOO_LARGE',
        `the result exceeds the size limit of ${this.#maxPayloadBytes} bytes`,
      );
    } else reply.result(body);
  }

  #replyRejected(reply: Reply, error: unknown, fingerprint?: string): void {
    if (error instanceof PayloadError)
      reply.rejected(error.code, shorten(error.message, MAX_DETAIL_CHARS), fingerprint);
    else reply.error(serializeError(error, this.#maxPayloadBytes));
  }
}
