import fc from 'fast-check';
import { expect, it } from 'vitest';
import { explain } from '../../../src/schema/explain.js';
import { Random } from '../../../src/testing/mocks/random.js';
import { randomValue } from '../../../src/testing/mocks/random-value.js';
import { runs } from '../runs.js';
import { LEAVES, shapeInContext } from './arbitrary-shape.js';
import { contractWith } from './contract-with.js';
import { runPage } from './run-page.js';

const OTHERS = [
  { kind: 'text', rules: { min: 40, max: 40 } },
  { kind: 'text', rules: { format: 'email', pattern: '^[^@]+@[^@]+$' } },
  { kind: 'range', of: 'int', bounds: { max: -5_000 } },
  { kind: 'range', of: 'uint', bounds: { min: 7, max: 7 } },
] as const;

it.each([...LEAVES, ...OTHERS])('a mocked value passes the check of its page: %j', async (shape) => {
  const spec = runPage(contractWith({ shape, types: [] })).events['it'];

  for (let seed = 0; seed < 50; seed++) {
    const value = await randomValue(spec!.data.shape, new Random(String(seed)));
    expect(spec!.data.is(value), String(value)).toBe(true);
  }
});

it('a mocked value passes the check of its page, whatever the shape, and is the same for the same seed', async () => {
  await fc.assert(
    fc.asyncProperty(shapeInContext, fc.string(), async (context, seed) => {
      const { data } = runPage(contractWith(context)).events['it']!;

      const value = await randomValue(data.shape, new Random(seed));
      const again = await randomValue(data.shape, new Random(seed));

      expect(explain(data.shape, value)).toEqual([]);
      expect(data.is(value)).toBe(true);
      expect(again).toEqual(value);
    }),
    { numRuns: runs(60) },
  );
});
