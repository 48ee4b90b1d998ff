import { describe, expect, it } from 'vitest';
import { InFlightRequests } from '../../../src/router/in-flight.js';
import { Peer } from '../../../src/router/peer.js';

function memberOf(id: number, generation = 1): Peer {
  const member = new Peer(id, { peers: [] });
  member.generation = generation;
  return member;
}

function scene() {
  return { flights: new InFlightRequests(), caller: memberOf(0), target: memberOf(1), other: memberOf(2) };
}

describe('Flights', () => {
  it('joins who asked to who was asked, under a number of its own', () => {
    const { flights, caller, target } = scene();

    const one = flights.open(caller, 77, target);
    const other = flights.open(caller, 78, target);

    expect(one).toMatchObject({ caller, callerGeneration: 1, correlation: 77, target, targetGeneration: 1 });
    expect(one.id).not.toBe(other.id);
    expect([flights.size, target.inFlight, caller.inFlight]).toEqual([2, 2, 0]);
  });

  it('may be answered by the process that was asked and by no other', () => {
    const { flights, caller, target, other } = scene();
    const flight = flights.open(caller, 77, target);

    expect([target, caller, other].map((source) => flights.answerable(flight.id, source))).toEqual([
      flight,
      undefined,
      undefined,
    ]);
    expect(flights.answerable(flight.id + 1, target)).toBeUndefined();
  });

  it('may not be answered by the successor of the process that was asked', () => {
    const { flights, caller, target } = scene();
    const flight = flights.open(caller, 77, target);

    target.generation += 1;

    expect(flights.answerable(flight.id, target)).toBeUndefined();
  });

  it('is freed once, however often', () => {
    const { flights, caller, target } = scene();
    const flight = flights.open(caller, 77, target);
    flights.open(caller, 78, target);

    flights.free(flight);
    flights.free(flight);

    expect([flights.size, target.inFlight, flights.askedBy(caller, 77)]).toEqual([1, 1, []]);
  });

  it('is found by the call it belongs to, also among those of a fan-out', () => {
    const { flights, caller, target, other } = scene();
    const fanOut = [target, other, memberOf(3)].map((each) => flights.open(caller, 77, each));
    const single = flights.open(caller, 78, target);

    flights.free(fanOut[0] as (typeof fanOut)[0]);

    expect(new Set(flights.askedBy(caller, 77))).toEqual(new Set(fanOut.slice(1)));
    expect(flights.askedBy(caller, 78)).toEqual([single]);
    expect(flights.askedBy(other, 77)).toEqual([]);
  });

  it('leaves nothing behind when all of a fan-out is freed', () => {
    const { flights, caller, target, other } = scene();

    for (const flight of [target, other].map((each) => flights.open(caller, 77, each))) flights.free(flight);

    expect([flights.size, caller.asked.size]).toEqual([0, 0]);
  });

  it('is counted for good, unlike those in flight', () => {
    const { flights, caller, target } = scene();

    for (const correlation of [1, 2, 3]) flights.free(flights.open(caller, correlation, target));

    expect([target.calls, target.inFlight, caller.calls]).toEqual([3, 0, 0]);
  });

  it('is found by everyone who takes part in it', () => {
    const { flights, caller, target, other } = scene();
    const flight = flights.open(caller, 77, target);
    const back = flights.open(target, 1, caller);

    expect(flights.involving(caller)).toEqual([flight, back]);
    expect(flights.involving(target)).toEqual([flight, back]);
    expect(flights.involving(other)).toEqual([]);
  });
});
