/**
 * Unions that lead back to themselves: each level of a value is walked a fixed number of times, whatever it is.
 */
import { describe, expect, it } from 'vitest';
import { explain, formatProblems } from '../../../src/schema/explain.js';
import { eventOn } from '../../property/codegen/run-page.js';
import { readSample, readTexts } from './read-contract.js';

/** Each level would double what takes too long. */
const DEPTH = 30;

function rulesOf(union: string): string {
  return `
    export type Rule = ${union};
    export interface Sample extends Events { it: Rule }`;
}

/** `end` inside as many objects of this kind. */
function nested(kind: string, end: unknown): unknown {
  return Array.from({ length: DEPTH }).reduce((of) => ({ kind, of }), end);
}

describe('a value of a union that leads back to itself', () => {
  it.each([
    [
      'with a leaf without tag',
      "{ kind: 'not'; of: Rule } | { kind: 'maybe'; of: Rule } | { value: number }",
    ],
    ['whose tag stands last', "{ of: Rule; kind: 'not' } | { of: Rule; kind: 'maybe' } | { value: number }"],
    [
      'beside a record that does not lead back',
      "{ of: Rule; kind: 'not' } | { of: Rule; kind: 'maybe' } | Record<string, number>",
    ],
  ])('%s is checked and explained before long', (_case, union) => {
    const { data } = eventOn(readSample(rulesOf(union)));

    for (const kind of ['not', 'maybe']) {
      expect(data.is(nested(kind, { value: 1 }))).toBe(true);
      const wrong = nested(kind, { value: 'x' });
      expect(data.is(wrong)).toBe(false);
      expect(formatProblems(explain(data.shape, wrong), 'data')).toMatch(/^data.*expected/);
    }
  });

  it.each([
    '{ of: Rule; a: number } | { [key: string]: Rule } | number',
    "{ kind: 'not'; of: Rule } | { [key: string]: Rule } | number | string",
  ])('is refused where a record beside an object leads back, too: %s', (union) => {
    const { diagnostics } = readTexts({
      'contracts/sample.ts': `import type { Events } from 'shardwire/contract';\n${rulesOf(union)}`,
    });

    expect(diagnostics.map(({ code }) => code)).toEqual(['SW2011']);
  });
});
