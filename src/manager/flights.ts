/**
 * Flights: the manager's record of each forwarded request.
 *
 * A flight joins who asked (and in which generation) to who was asked. Its number stands in the forwarded
 * frame in place of the caller's own, so an answer is believed only from the process that was asked, and
 * reaches only the process that asked. Freed by the first of answer, cancel and the death of either side.
 */
import { IdTable } from '../wire/id-table.js';

/** What flights need to know of a process that asks or is asked. */
export interface FlightParty {
  readonly id: number;
  readonly generation: number;
  /** Calls on their way to this process or worked on by it. */
  inFlight: number;
  /** All calls that were ever sent to it. */
  calls: number;
  /**
   * The numbers of the flights that this process waits for, by its own correlation ids; a fan-out has several.
   * Numbers and not the flights themselves: see the id table on what a `Map` keeps alive.
   */
  readonly asked: Map<number, number | Set<number>>;
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
  readonly #flights = new IdTable<Flight>();

  get size(): number {
    return this.#flights.size;
  }

  open(caller: FlightParty, correlation: number, target: FlightParty): Flight {
    const flight: Flight = {
      id: this.#flights.freeId(),
      caller,
      callerGeneration: caller.generation,
      correlation,
      target,
      targetGeneration: target.generation,
    };
    this.#flights.add(flight);
    target.inFlight += 1;
    target.calls += 1;
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
    const ids = typeof asked === 'number' ? [asked] : [...asked];
    return ids.flatMap((id) => this.#flights.get(id) ?? []);
  }

  /** All flights that a process takes part in. Walks the whole table: for deaths only. */
  involving(party: FlightParty): Flight[] {
    return this.#flights.entries().filter(({ caller, target }) => caller === party || target === party);
  }

  free(flight: Flight): void {
    if (!this.#flights.delete(flight.id)) return;
    flight.target.inFlight -= 1;
    forgetAsked(flight);
  }
}

/** A single call costs one map entry and nothing else; only a fan-out gets a set. */
function noteAsked({ id, caller: { asked }, correlation }: Flight): void {
  const before = asked.get(correlation);
  if (before === undefined) asked.set(correlation, id);
  else if (typeof before === 'number') asked.set(correlation, new Set([before, id]));
  else before.add(id);
}

function forgetAsked({ id, caller: { asked }, correlation }: Flight): void {
  const noted = asked.get(correlation);
  if (noted instanceof Set) {
    noted.delete(id);
    if (noted.size > 0) return;
  } else if (noted !== id) return;
  asked.delete(correlation);
}
