/**
 * Own calls: calls of this process that its own handlers work on.
 *
 * They do not see the link, but what they carry is encoded and decoded as for any other, so that a handler gets and
 * a caller sees what it would from elsewhere.
 */
import type { Refusal } from '../../wire/control.js';
import type { Body } from '../../wire/frame-writer.js';
import { Kind } from '../../wire/frame.js';
import type { ServedCall } from './handler-context.js';
import type { AnswerKind } from '../../wire/frame.js';
import type { Server, ServeRequest } from './server.js';

/** How a call of its own may come back to a caller. */
export interface LocalReply {
  answer(kind: AnswerKind, body: Body): void;
  askAgain(): void;
}

export class LocalCalls {
  readonly #server: Server;
  readonly #working = new Map<number, ServedCall>();

  constructor(server: Server) {
    this.#server = server;
  }

  serve(request: ServeRequest, reply: LocalReply): void {
    this.#server.serve(request, this.#working, {
      value: (body) => reply.answer(Kind.result, body),
      thrown: (fault) => reply.answer(Kind.error, fault),
      refused: (code, detail, fingerprint) =>
        reply.answer(Kind.rejected, JSON.stringify({ code, detail, fingerprint } satisfies Refusal)),
      askAgain: () => reply.askAgain(),
    });
  }

  /** Nobody waits for this one any more. */
  stop(id: number): void {
    const served = this.#working.get(id);
    this.#working.delete(id);
    served?.cancel();
  }

  stopAll(): void {
    for (const served of this.#working.values()) served.cancel();
    this.#working.clear();
  }
}
