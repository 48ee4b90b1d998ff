/**
 * Server: the handlers of this process, and the calls they are working on.
 *
 * Serves calls that came over the link and calls of this very process alike: data comes as text, the answer
 * leaves as text, so a local caller sees what a remote one would. It never throws and always answers, unless
 * the call was cancelled: then nobody would read the answer.
 */
import { IPCError } from '../errors.js';
import type { IPCErrorCode } from '../errors.js';
import { encodeFault } from './fault.js';
import { ServedCall } from './handler-context.js';
import type { HandlerContext } from './handler-context.js';
import { PayloadProblem } from './payload-problem.js';
import { isTooLarge } from './uplink.js';
import type { ValueCodec } from './value-codec.js';

/** Answers calls: takes the data and the call's context, returns a value or a promise of one. */
export type HandlerCallback = (data: never, context: HandlerContext) => unknown;

/** How the data of one handler is read and its result is written. */
export interface HandlerCodecs {
  readonly input: ValueCodec;
  readonly output: ValueCodec;
}

/** Where an answer goes. Exactly one of these is called for each call that was not cancelled. */
export interface Reply {
  value(text: string | undefined): void;
  thrown(fault: string): void;
  refused(code: IPCErrorCode, detail?: string): void;
}

export interface ServeRequest {
  readonly correlation: number;
  readonly name: string;
  readonly text: string | undefined;
  readonly sourceCluster: number;
  readonly remainingMs: number;
}

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
    if (typeof callback !== 'function') throw new TypeError(`The handler of '${name}' must be a function`);
    if (this.#handlers.has(name)) {
      throw new IPCError('HANDLER_EXISTS', `There is a handler for '${name}' already; remove it first`, {
        handler: name,
      });
    }
    this.#handlers.set(name, { callback, input: codecs.input, output: codecs.output });
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

  /** Answers one call. `open` holds the calls being worked on, so that a cancel finds them. */
  serve(request: ServeRequest, open: Map<number, ServedCall>, reply: Reply): void {
    const registered = this.#handlers.get(request.name);
    if (registered === undefined) {
      reply.refused('NO_HANDLER');
      return;
    }
    let data: unknown;
    try {
      data = registered.input.decode(request.text);
    } catch (error) {
      refuse(reply, error);
      return;
    }
    const served = new ServedCall(request.sourceCluster, request.remainingMs);
    open.set(request.correlation, served);
    this.#run(registered, data, served, (finish) => {
      open.delete(request.correlation);
      if (!served.cancelled) finish(reply);
    });
  }

  #run(
    { callback, output }: Registered,
    data: unknown,
    served: ServedCall,
    end: (finish: (reply: Reply) => void) => void,
  ): void {
    const threw = (error: unknown): void => end((reply) => reply.thrown(encodeFault(error)));
    const returned = (value: unknown): void => end((reply) => this.#answer(value, output, reply));
    let result: unknown;
    try {
      result = callback(data as never, served);
    } catch (error) {
      threw(error);
      return;
    }
    // A value that is there already is answered at once: no turn of the promise queue.
    if (isThenable(result)) Promise.resolve(result).then(returned, threw);
    else returned(result);
  }

  #answer(value: unknown, output: ValueCodec, reply: Reply): void {
    let text: string | undefined;
    try {
      text = output.encode(value);
    } catch (error) {
      refuse(reply, error);
      return;
    }
    if (isTooLarge(text, this.#maxPayloadBytes)) {
      reply.refused('PAYLOAD_TOO_LARGE', `the result is over the limit of ${this.#maxPayloadBytes} bytes`);
    } else reply.value(text);
  }
}

function refuse(reply: Reply, error: unknown): void {
  if (error instanceof PayloadProblem) reply.refused(error.code, error.message);
  else reply.thrown(encodeFault(error));
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  if (typeof value !== 'object' || value === null) return false;
  try {
    return typeof (value as { then?: unknown }).then === 'function';
  } catch {
    return false;
  }
}
