import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CallerIndex } from '../../../src/router/caller-index.js';
import type { AskedFlight } from '../../../src/router/caller-index.js';

interface Numbered extends AskedFlight {
  readonly id: number;
}

const byId = (one: Numbered, other: Numbered): number => one.id - other.id;

describe('AskedFlights', () => {
  it('are the list they stand for, whatever is added and removed in whatever order', () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.record({ correlation: fc.nat({ max: 300 }) }) },
      { weight: 2, arbitrary: fc.record({ remove: fc.nat({ max: 400 }) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
        const index = new CallerIndex<Numbered>();
        const all: Numbered[] = [];
        const there = new Set<Numbered>();
        for (const each of steps) {
          if ('correlation' in each) {
            const flight = { id: all.length, correlation: each.correlation, nextAsked: undefined };
            all.push(flight);
            there.add(flight);
            index.add(flight);
          } else {
            const flight = all[each.remove];
            if (flight === undefined) continue;
            there.delete(flight);
            index.remove(flight);
          }
        }

        expect(index.size).toBe(there.size);
        for (const correlation of new Set(all.map((flight) => flight.correlation))) {
          const expected = [...there].filter((flight) => flight.correlation === correlation);
          expect(index.of(correlation).toSorted(byId)).toEqual(expected.toSorted(byId));
        }
      }),
    );
  });

  it('of a large burst are all found, and let go of', () => {
    const index = new CallerIndex<Numbered>();
    const flights = Array.from({ length: 20_000 }, (_, id) => ({
      id,
      correlation: id % 10_000,
      nextAsked: undefined,
    }));

    for (const flight of flights) index.add(flight);
    const found = index.of(7).toSorted(byId);
    for (const flight of flights) index.remove(flight);

    expect(found.map(({ id }) => id)).toEqual([7, 10_007]);
    expect([index.size, index.of(7)]).toEqual([0, []]);
  });
});
