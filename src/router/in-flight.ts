/**
 * Flights: the manager's record of each forwarded request.
 *
 * A flight joins who asked (and in which generation) to who was asked. Its number stands in the forwarded
 * frame in place of the caller's own, so an answer is believed only from the process that was asked, and
 * reaches only the process that asked. Freed by the first of answer, cancel and the death of either side.
 */
import { IdTable } from '../wire/id-table.js';
import type { AskedFlight, CallerIndex } from './caller-index.js';

/** What flights need to know of a process that asks or is asked. */
export interface FlightParty {
  readonly id: number;
  readonly generation: number;
  /** Calls on their way to this process or worked on by it. */
  inFlight: number;
  /** All calls that were ever sent to it. */
  calls: number;
  /** The flights that this process waits for. */
  readonly asked: CallerIndex<InFlightRequest>;
}

export interface InFlightRequest extends AskedFlight {
  readonly id: number;
  readonly caller: FlightParty;
  readonly callerGeneration: number;
  readonly target: FlightParty;
  readonly targetGeneration: number;
}

export class InFlightRequests {
  readonly #flights = new IdTable<InFlightRequest>();

  get size(): number {
    return this.#flights.size;
  }

  open(caller: FlightParty, correlation: number, target: FlightParty): InFlightRequest {
    const flight: InFlightRequest = {
      id: this.#flights.freeId(),
      caller,
      callerGeneration: caller.generation,
      correlation,
      target,
      targetGeneration: target.generation,
      nextAsked: undefined,
    };
    this.#flights.add(flight);
    target.inFlight += 1;
    target.calls += 1;
    caller.asked.add(flight);
    return flight;
  }

  /** The flight that `source` may answer under this number, if it was asked at all. */
  answerable(id: number, source: FlightParty): InFlightRequest | undefined {
    const flight = this.#flights.get(id);
    if (flight === undefined || flight.target !== source) return undefined;
    return flight.targetGeneration === source.generation ? flight : undefined;
  }

  /** The open flights of one call of `caller`. */
  askedBy(caller: FlightParty, correlation: number): InFlightRequest[] {
    return caller.asked.of(correlation);
  }

  /** All flights that a process takes part in. Walks the whole table: for deaths only. */
  involving(party: FlightParty): InFlightRequest[] {
    return this.#flights.entries().filter(({ caller, target }) => caller === party || target === party);
  }

  free(flight: InFlightRequest): void {
    if (!this.#flights.delete(flight.id)) return;
    flight.target.inFlight -= 1;
    flight.caller.asked.remove(flight);
  }
}
