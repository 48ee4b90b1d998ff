/**
 * In-flight requests: the manager's record of each forwarded request.
 *
 * An entry joins the caller to the target, each in one generation. Its id stands in the forwarded frame in place of
 * the caller's own, so an answer is accepted only from the process that was asked, and reaches only the process that
 * asked. An entry is closed by the first of: answer, cancel, death of either process.
 */
import { IdTable } from '../wire/id-table.js';
import type { CallerIndex, IndexedRequest } from './caller-index.js';

/** A caller or a target, as far as in-flight requests are concerned. */
export interface InFlightPeer {
  readonly id: number;
  readonly generation: number;
  /** Calls in flight to this process. */
  inFlight: number;
  /** All calls ever sent to this process. */
  calls: number;
  /** Requests in flight of which this process is the caller. */
  readonly ownRequests: CallerIndex<InFlightRequest>;
}

export interface InFlightRequest extends IndexedRequest {
  readonly id: number;
  readonly caller: InFlightPeer;
  readonly callerGeneration: number;
  readonly target: InFlightPeer;
  readonly targetGeneration: number;
}

export class InFlightRequests {
  readonly #requests = new IdTable<InFlightRequest>();

  get size(): number {
    return this.#requests.size;
  }

  /** @param correlation - The caller's own id for the call. */
  open(caller: InFlightPeer, correlation: number, target: InFlightPeer): InFlightRequest {
    const request: InFlightRequest = {
      id: this.#requests.freeId(),
      caller,
      callerGeneration: caller.generation,
      correlation,
      target,
      targetGeneration: target.generation,
      nextInBucket: undefined,
    };
    this.#requests.add(request);
    target.inFlight += 1;
    target.calls += 1;
    caller.ownRequests.add(request);
    return request;
  }

  /** The request with this id, if `target` is the process that was asked. */
  find(id: number, target: InFlightPeer): InFlightRequest | undefined {
    const request = this.#requests.get(id);
    if (request === undefined || request.target !== target) return undefined;
    return request.targetGeneration === target.generation ? request : undefined;
  }

  /** The requests of one call of `caller` that are still in flight. */
  ofCall(caller: InFlightPeer, correlation: number): InFlightRequest[] {
    return caller.ownRequests.of(correlation);
  }

  /** All requests with this process as caller or target. Walks the whole table: for deaths only. */
  involving(peer: InFlightPeer): InFlightRequest[] {
    return this.#requests.entries().filter(({ caller, target }) => caller === peer || target === peer);
  }

  /** Does nothing if the request is closed already. */
  close(request: InFlightRequest): void {
    if (!this.#requests.delete(request.id)) return;
    request.target.inFlight -= 1;
    request.caller.ownRequests.remove(request);
  }
}
