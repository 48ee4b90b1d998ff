import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { payloadBreaks } from '../../../codegen/breaking/payload-breaks.js';
import { classOf } from '../../../codegen/breaking/rules.js';
import type { ValueSpec } from '../../../src/contract/runtime.js';
import { runs } from '../runs.js';
import { fitting, shapeInContext } from './arbitrary-shape.js';
import type { ShapeInContext } from './arbitrary-shape.js';
import { isDistinct } from './contract-with.js';
import { evolved } from './evolved-shape.js';
import { specOf } from './sample-page.js';

/** Whether a value that one version sends is accepted by another. */
function arrives(value: unknown, from: ValueSpec, to: ValueSpec): boolean {
  const sent = JSON.parse(JSON.stringify({ it: from.pack(value) })) as { readonly it?: unknown };
  return to.is(to.unpack === undefined ? sent.it : to.unpack(sent.it));
}

const versions = shapeInContext
  .filter(isDistinct)
  .chain((before) => fc.tuple(fc.constant(before), evolved(before).filter(isDistinct)));

const RUNS = { numRuns: runs(30) };

/** A test that never meets a refused value shows nothing. */
let refused = 0;
afterAll(() => expect(refused).toBeGreaterThan(0));

const withValues = (pick: (pair: readonly [ShapeInContext, ShapeInContext]) => ShapeInContext) =>
  versions.chain((pair) =>
    fc.tuple(fc.constant(pair), fc.array(fitting(pick(pair)), { minLength: 8, maxLength: 8 })),
  );

describe('breaking changes', () => {
  it('are none between a contract and itself', () => {
    fc.assert(
      fc.property(shapeInContext, (one) => {
        for (const place of ['data', 'result', 'event', 'error'] as const) {
          expect(payloadBreaks(place, 'it', one, one)).toEqual([]);
        }
      }),
      { numRuns: runs(100) },
    );
  });

  it('are found in data whenever something that callers of before send is refused now', () => {
    fc.assert(
      fc.property(
        withValues(([before]) => before),
        ([[before, now], values]) => {
          const [from, to] = [specOf(before), specOf(now)];
          const isRefused = values.some(
            ({ noisy }) => arrives(noisy, from, from) && !arrives(noisy, from, to),
          );

          const breaks = payloadBreaks('data', 'data', before, now).filter(
            ({ rule }) => classOf(rule) === 'wire',
          );

          if (isRefused) refused++;
          if (isRefused) expect(breaks).not.toEqual([]);
        },
      ),
      RUNS,
    );
  });

  it('are found in results whenever something that handlers of now give is refused by callers of before', () => {
    fc.assert(
      fc.property(
        withValues(([, now]) => now),
        ([[before, now], values]) => {
          const [from, to] = [specOf(now), specOf(before)];
          const isRefused = values.some(
            ({ noisy }) => arrives(noisy, from, from) && !arrives(noisy, from, to),
          );

          const breaks = payloadBreaks('result', 'result', before, now).filter(
            ({ rule }) => classOf(rule) === 'wire',
          );

          if (isRefused) refused++;
          if (isRefused) expect(breaks).not.toEqual([]);
        },
      ),
      RUNS,
    );
  });

  it('are found in an event whenever they would be found in data or in a result', () => {
    fc.assert(
      fc.property(versions, ([before, now]) => {
        const inEvent = payloadBreaks('event', 'it', before, now).map(({ path }) => path);

        for (const place of ['data', 'result'] as const) {
          const wire = payloadBreaks(place, 'it', before, now).filter(({ rule }) => classOf(rule) === 'wire');
          expect(inEvent).toEqual(expect.arrayContaining(wire.map(({ path }) => path)));
        }
      }),
      { numRuns: runs(100) },
    );
  });

  it('are none for a new optional member, wherever it is added', () => {
    const object = shapeInContext.filter(({ shape }) => shape.kind === 'object');
    fc.assert(
      fc.property(object, ({ shape, types }) => {
        if (shape.kind !== 'object') return;
        const member = { key: 'new', optional: true, shape: { kind: 'string' } } as const;
        const now = { types, shape: { ...shape, members: [...shape.members, member] } };

        for (const place of ['data', 'result', 'event', 'error'] as const) {
          expect(payloadBreaks(place, 'it', { types, shape }, now)).toEqual([]);
        }
      }),
      { numRuns: runs(60) },
    );
  });
});
