/**
 * Local calls: calls of this process that its own handlers answer.
 *
 * They do not use the link, but their values are encoded and decoded like those of any other call: handler and caller
 * get what they would get from another process.
 */
import type { Rejection } from '../../wire/rejection.js';
import type { Body } from '../../wire/body.js';
import { Kind } from '../../wire/frame.js';
import type { AnswerKind } from '../../wire/frame.js';
import { ServedCalls } from './served-calls.js';
import type { Server, ServeRequest } from './server.js';

/** Receives the answer to a local call. */
export interface LocalReply {
  answer(kind: AnswerKind, body: Body): void;
  resendKeyed(): void;
}

export class LocalCalls {
  /** The calls that handlers are working on. */
  readonly served = new ServedCalls();
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  serve(request: ServeRequest, reply: LocalReply): void {
    this.#server.serve(request, this.served, {
      result: (body) => reply.answer(Kind.result, body),
      error: (serialized) => reply.answer(Kind.error, serialized),
      rejected: (code, detail, fingerprint) =>
        reply.answer(Kind.rejected, JSON.stringify({ code, detail, fingerprint } satisfies Rejection)),
      resendKeyed: () => reply.resendKeyed(),
    });
  }
}
