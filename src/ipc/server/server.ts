/**
 * Server: the handlers of this process, and the calls they are working on.
 *
 * Serves calls that came over the link and calls of this very process alike: data comes as text, the answer
 * leaves as text, so a local caller sees what a remote one would. It never throws and always answers, unless
 * the call was cancelled: then nobody would read the answer.
 */
import { IPCError } from '../../errors.js';
import type { IPCErrorCode } from '../../errors.js';
import type { ReadableBody } from '../../wire/body.js';
import type { Body } from '../../wire/frame-writer.js';
import { encodeFault, shorten } from '../values/fault.js';
import type { FaultCodec } from '../values/fault.js';
import { ServedCall } from './handler-context.js';
import type { HandlerContext } from './handler-context.js';
import { PayloadProblem } from '../values/payload-problem.js';
import { isThenable } from '../../async/is-thenable.js';
import { checkName, isTooLarge } from '../connection.js';
import { codecFor } from '../values/value-codec.js';
import type { ValueCodec } from '../values/value-codec.js';

/** Answers calls: takes the data and the call's context, returns a value or a promise of one. */
export type HandlerCallback = (data: never, context: HandlerContext) => unknown;

/** How the data of one handler is read and its result is written. */
export interface HandlerCodecs {
  readonly input: ValueCodec;
  readonly output: ValueCodec;
  /** The errors that a contract declares for this handler. */
  readonly faults?: FaultCodec | undefined;
  /** Names the types of the handler's contract; two that agree have the same. */
  readonly fingerprint?: string | undefined;
}

/** Where an answer goes. Exactly one of these is called for each call that was not cancelled. */
export interface Reply {
  value(body: Body): void;
  thrown(fault: string): void;
  /** @param fingerprint - Of the contract by which the payload was refused. */
  refused(code: IPCErrorCode, detail?: string, fingerprint?: string): void;
  /** The data is laid out as no contract here has it. */
  askAgain(): void;
}

export interface ServeRequest {
  readonly correlation: number;
  readonly name: string;
  /** Let go of once it is read: a large one is not held for as long as a handler works. */
  body: ReadableBody;
  readonly sourceCluster: number;
  /** When the caller stops waiting, in `Date.now()` milliseconds. */
  readonly deadline: number;
  /** The fingerprint by which data and result are laid out; `undefined`: they spell their members out. */
  readonly layout: string | undefined;
}

/** Paths and messages of the user's are in a reason, and a frame that is too long ends the link; in characters. */
const MAX_REASON = 8192;

interface Registered extends HandlerCodecs {
  readonly callback: HandlerCallback;
}

export class Server {
  readonly #handlers = new Map<string, Registered>();
  readonly #maxPayloadBytes: number;

  constructor(maxPayloadBytes: number) {
    this.#maxPayloadBytes = maxPayloadBytes;
  }

  /** @throws IPCError `HANDLER_EXISTS` when the name is taken; TypeError when the handler is no function. */
  add(name: string, callback: HandlerCallback, codecs: HandlerCodecs): void {
    checkName(name);
    if (typeof callback !== 'function') throw new TypeError(`The handler of '${name}' must be a function`);
    if (this.#handlers.has(name)) {
      throw new IPCError('HANDLER_EXISTS', `There is a handler for '${name}' already; remove it first`, {
        handler: name,
      });
    }
    const { input, output, faults, fingerprint } = codecs;
    this.#handlers.set(name, { callback, input, output, faults, fingerprint });
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

  /**
   * Answers one call. `open` holds the calls being worked on, so that a cancel finds them; one that is answered
   * before this returns is never in it.
   */
  serve(request: ServeRequest, open: Map<number, ServedCall>, reply: Reply): void {
    const registered = this.#handlers.get(request.name);
    if (registered === undefined) {
      reply.refused('NO_HANDLER');
      return;
    }
    if (request.layout !== undefined && request.layout !== registered.fingerprint) {
      reply.askAgain();
      return;
    }
    let data: unknown;
    try {
      data = codecFor(registered.input, request.layout !== undefined).decode(request.body);
      request.body = undefined;
    } catch (error) {
      this.#refuse(reply, error, registered.fingerprint);
      return;
    }
    const served = new ServedCall(request.sourceCluster, request.deadline);
    let result: unknown;
    try {
      result = registered.callback(data as never, served);
    } catch (error) {
      this.#threw(registered, error, reply);
      return;
    }
    // A value that is there already is answered at once: no turn of the promise queue, and nothing to cancel.
    if (!isThenable(result)) {
      this.#returned(request, registered, result, reply);
      return;
    }
    const { correlation } = request;
    const isStillWanted = (): boolean => {
      open.delete(correlation);
      return !served.cancelled;
    };
    open.set(correlation, served);
    Promise.resolve(result).then(
      (value) => isStillWanted() && this.#returned(request, registered, value, reply),
      (error: unknown) => isStillWanted() && this.#threw(registered, error, reply),
    );
  }

  #threw({ faults }: Registered, error: unknown, reply: Reply): void {
    reply.thrown(encodeFault(error, this.#maxPayloadBytes, faults));
  }

  #returned({ name, layout }: ServeRequest, { output }: Registered, value: unknown, reply: Reply): void {
    let body: Body;
    try {
      body = codecFor(output, layout !== undefined).encode(value, name);
    } catch (error) {
      this.#refuse(reply, error);
      return;
    }
    if (isTooLarge(body, this.#maxPayloadBytes)) {
      reply.refused('PAYLOAD_TOO_LARGE', `the result is over the limit of ${this.#maxPayloadBytes} bytes`);
    } else reply.value(body);
  }

  #refuse(reply: Reply, error: unknown, fingerprint?: string): void {
    if (error instanceof PayloadProblem)
      reply.refused(error.code, shorten(error.message, MAX_REASON), fingerprint);
    else reply.thrown(encodeFault(error, this.#maxPayloadBytes));
  }
}
