/**
 * Unions of objects and records: a record has no tag, and a value may fit both.
 */
import { describe, expect, it } from 'vitest';
import { eventOn } from '../../property/codegen/run-page.js';
import { readSample } from './read-contract.js';

function sentOf(type: string, value: unknown): unknown {
  const { data } = eventOn(readSample(`export interface E extends Events { it: ${type} }`));
  expect(data.is(value)).toBe(true);
  return data.pack(value);
}

const TAGGED = "{ kind: 'one'; a: { b: 1 } } | { kind: 'two'; c: { d: 2 } }";

describe('what is sent of a union with a record', () => {
  it.each([
    ["{ a?: 'x' } | Record<string, string>", { b: 'x' }],
    ["{ a?: 'x' } | Record<string, string> | null", { b: 'x' }],
    ["{ a?: 'x' } | Record<string, string> | string", { b: 'x' }],
    ["{ a?: 'x' } | ({ c: 'x' } & Record<string, string>)", { c: 'x', b: 'y' }],
    [`${TAGGED} | Record<string, string>`, { b: 'x' }],
    [`${TAGGED} | Record<string, string> | number`, { kind: 'three' }],
  ])('%s: all of what fits the record', (type, value) => {
    expect(sentOf(type, value)).toEqual(value);
  });

  it.each([
    ["{ a?: 'x' } | Record<string, string>", { a: 'x', b: 1 }, { a: 'x' }],
    ["{ a?: 'x' } | Record<string, string> | null", { b: 1 }, {}],
    [`${TAGGED} | Record<string, string>`, { kind: 'two', c: { d: 2, e: 3 } }, { kind: 'two', c: { d: 2 } }],
    [`${TAGGED} | Record<string, string>`, { kind: 'one', a: { b: 1 }, c: 0 }, { kind: 'one', a: { b: 1 } }],
  ])('%s: what an object names of that which fits no record', (type, value, sent) => {
    expect(sentOf(type, value)).toEqual(sent);
  });

  it.each([[null], ['text'], [4]])('%j: as it is', (value) => {
    expect(sentOf(`${TAGGED} | Record<string, string> | string | number | null`, value)).toBe(value);
  });
});
