import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CallerIndex } from '../../../src/router/caller-index.js';
import type { IndexedRequest } from '../../../src/router/caller-index.js';

interface Numbered extends IndexedRequest {
  readonly id: number;
}

const byId = (one: Numbered, other: Numbered): number => one.id - other.id;

describe('CallerIndex', () => {
  it('holds what was added and not removed, in whatever order that happens', () => {
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
            const request = { id: all.length, correlation: each.correlation, nextInBucket: undefined };
            all.push(request);
            there.add(request);
            index.add(request);
          } else {
            const request = all[each.remove];
            if (request === undefined) continue;
            there.delete(request);
            index.remove(request);
          }
        }

        expect(index.size).toBe(there.size);
        for (const correlation of new Set(all.map((request) => request.correlation))) {
          const expected = [...there].filter((request) => request.correlation === correlation);
          expect(index.of(correlation).toSorted(byId)).toEqual(expected.toSorted(byId));
        }
      }),
    );
  });

  it('finds and removes every request of a large burst', () => {
    const index = new CallerIndex<Numbered>();
    const requests = Array.from({ length: 20_000 }, (_, id) => ({
      id,
      correlation: id % 10_000,
      nextInBucket: undefined,
    }));

    for (const request of requests) index.add(request);
    const found = index.of(7).toSorted(byId);
    for (const request of requests) index.remove(request);

    expect(found.map(({ id }) => id)).toEqual([7, 10_007]);
    expect([index.size, index.of(7)]).toEqual([0, []]);
  });
});
