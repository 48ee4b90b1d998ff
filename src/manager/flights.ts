/**
 * Flights: the manager's record of each forwarded request.
 *
 * A flight joins who asked (and in which generation) to who was asked. Its number stands in the forwarded
 * frame in place of the caller's own, so an answer is believed only from the process that was asked, and
 * reaches only the process that asked. Freed by the first of answer, cancel and the death of either side.
 */
import { CorrelationIds } from '../wire/correlation-ids.js';

/** What flights need to know of a process that asks or is asked. */
export interface FlightParty {
  readonly id: number;
  readonly generation: number;
  /** Calls on their way to this process or worked on by it. */
  inFlight: number;
  /** What this process waits for, by its own correlation ids; a fan-out has several flights. */
  readonly asked: Map<number, Flight | Set<Flight>>;
}

export interface Flight {
  readonly id: number;
  readonly caller: FlightParty;
  readonly callerGeneration: number;
  /** The caller's own number for the call. */
  readonly correlation: number;
  readonly target: FlightParty;
  readonly targetGeneration: number;
}

export class Flights {
  readonly #flights = new Map<number, Flight>();
  readonly #ids = new CorrelationIds((id) => this.#flights.has(id));

  get size(): number {
    return this.#flights.size;
  }

  open(caller: FlightParty, correlation: number, target: FlightParty): Flight {
    const flight: Flight = {
      id: this.#ids.next(),
      caller,
      callerGeneration: caller.generation,
      correlation,
      target,
      targetGeneration: target.generation,
    };
    this.#flights.set(flight.id, flight);
    target.inFlight += 1;
    noteAsked(flight);
    return flight;
  }

  /** The flight that `source` may answer under this number, if it was asked at all. */
  answerable(id: number, source: FlightParty): Flight | undefined {
    const flight = this.#flights.get(id);
    if (flight === undefined || flight.target !== source) return undefined;
    return flight.targetGeneration === source.generation ? flight : undefined;
  }

  /** The open flights of one call of `caller`. */
  askedBy(caller: FlightParty, correlation: number): Flight[] {
    const asked = caller.asked.get(correlation);
    if (asked === undefined) return [];
    return asked instanceof Set ? [...asked] : [asked];
  }

  /** All flights that a process takes part in. Walks the whole table: for deaths only. */
  involving(party: FlightParty): Flight[] {
    return [...this.#flights.values()].filter(({ caller, target }) => caller === party || target === party);
  }

  free(flight: Flight): void {
    if (!this.#flights.delete(flight.id)) return;
    flight.target.inFlight -= 1;
    forgetAsked(flight);
  }
}

/** A single call costs one map entry and nothing else; only a fan-out gets a set. */
function noteAsked(flight: Flight): void {
  const { asked } = flight.caller;
  const before = asked.get(flight.correlation);
  if (before === undefined) asked.set(flight.correlation, flight);
  else if (before instanceof Set) before.add(flight);
  else asked.set(flight.correlation, new Set([before, flight]));
}

function forgetAsked(flight: Flight): void {
  const { asked } = flight.caller;
  const noted = asked.get(flight.correlation);
  if (noted instanceof Set) {
    noted.delete(flight);
    if (noted.size > 0) return;
  } else if (noted !== flight) return;
  asked.delete(flight.correlation);
}
