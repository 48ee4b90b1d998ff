import { describe, expect, it } from 'vitest';
import type { EventSpec, ValueSpec } from '../../../src/contract/runtime.js';
import { eventOn } from '../../property/codegen/run-page.js';
import { readSample } from './read-contract.js';

const DECLARATIONS = `
  interface Owner { name: string; id: UInt }
  interface Twin { id: UInt; name: string }
  interface Tree { label: string; kids: Tree[]; next?: Tree }
  interface Endless { it: Endless }
  type Maybe = Owner | undefined;
  type Point = [x: number, y: number];
  type Change = { kind: 'gone'; id: UInt } | { kind: 'none' };
`;

function eventOf(type: string): EventSpec {
  return eventOn(readSample(`${DECLARATIONS}\nexport interface E extends Events { it: ${type} }`));
}

function rowsOf(type: string): Required<Pick<ValueSpec, 'toRow' | 'fromRow'>> {
  const { toRow, fromRow } = eventOf(type).data;
  if (toRow === undefined || fromRow === undefined) throw new Error(`${type} has no rows`);
  return { toRow, fromRow };
}

const OWNER = { name: 'x', id: 1 };

describe('how a value lies in a row', () => {
  it.each([
    ['members by their keys, whatever their order', '{ b: string; a: UInt }', { b: 'x', a: 1 }, [1, 'x']],
    ['one key only', '{ a: string }', { a: 'x' }, ['x']],
    [
      'an object that is always there, among the values of its parent',
      '{ p: 1; owner: Owner; n: 0 }',
      { p: 1, owner: OWNER, n: 0 },
      [0, 1, 'x', 1],
    ],
    ['an object that may be null', '{ owner: Owner | null }', { owner: OWNER }, [[1, 'x']]],
    ['null in its place', '{ owner: Owner | null }', { owner: null }, [null]],
    ['null at the top', 'Owner | null', null, null],
    ['an optional object', '{ a: 1; owner?: Owner }', { a: 1, owner: OWNER }, [1, [1, 'x']]],
    ['no optional object', '{ a: 1; owner?: Owner }', { a: 1 }, [1, null]],
    ['an optional object that may be null', '{ owner?: Owner | null }', { owner: null }, [null]],
    ['what is absent where null may stand', '{ owner?: Owner | null; a?: string | null }', {}, [0, 0]],
    ['what is absent where a number may stand too', '{ a?: number | null }', {}, [false]],
    ['what is absent where anything may stand', '{ a: 1; b: unknown }', { a: 1 }, [1, {}]],
    ['what is there where anything may stand', '{ a: 1; b: unknown }', { a: 1, b: null }, [1, { v: null }]],
    [
      'objects of one array, one behind the other',
      'Owner[]',
      [OWNER, { name: 'y', id: 2 }],
      [1, 'x', 2, 'y'],
    ],
    ['no objects', '{ all: Owner[] }', { all: [] }, [[]]],
    ['arrays of arrays', 'Owner[][]', [[OWNER], []], [[1, 'x'], []]],
    ['objects or nulls', '(Owner | null)[]', [OWNER, null], [[1, 'x'], null]],
    ['a tuple', '[UInt, Owner, Point]', [7, OWNER, [0, 1]], [7, 1, 'x', 0, 1]],
    ['tuples of one array', '{ path: Point[] }', { path: [[0, 1], [2, 3]] }, [[0, 1, 2, 3]]], // prettier-ignore
    [
      'a type inside itself',
      'Tree',
      { label: 'a', kids: [{ label: 'b', kids: [] }] },
      [[[], 'b', null], 'a', null],
    ],
    ['a union, by name', '{ it: Change; a: 1 }', { it: { kind: 'none' }, a: 1 }, [1, { kind: 'none' }]],
    ['keys that are data, by name', '{ a: Record<string, Owner> }', { a: { k: OWNER } }, [{ k: OWNER }]],
    [
      'an alias that may be absent',
      '{ a: 1; b: Maybe; c: Maybe | null }',
      { a: 1, c: null },
      [1, null, null],
    ],
    ['types that are the same twice', 'Owner | Twin | null', OWNER, [1, 'x']],
  ])('%s', (_name, type, value, row) => {
    const { toRow, fromRow } = rowsOf(type);
    const sent: unknown = JSON.parse(JSON.stringify(toRow(value)));

    expect(sent).toEqual(row);
    expect(fromRow(sent)).toStrictEqual(value);
  });

  it.each([
    'string',
    'void',
    'unknown',
    'string[]',
    'Point',
    'Change',
    'Change[] | null',
    'Record<string, Owner>',
    'Map<string, Owner>',
    'Endless',
  ])('%s: rows gain nothing, so there are none', (type) => {
    const { toRow, fromRow } = eventOf(type).data;

    expect([toRow, fromRow]).toEqual([undefined, undefined]);
  });

  it.each(['Maybe', 'Owner | undefined', 'Owner | null | undefined', 'Maybe | null', 'Owner[] | undefined'])(
    '%s: nothing stays nothing',
    (type) => {
      const { toRow, fromRow } = rowsOf(type);

      expect([toRow(undefined), fromRow(undefined)]).toEqual([undefined, undefined]);
    },
  );

  it('is the same for types with the same fingerprint', () => {
    const [one, other] = [eventOf('Owner | Twin | null'), eventOf('Twin | null')];

    expect(one.fingerprint).toBe(other.fingerprint);
    expect(one.data.toRow?.(OWNER)).toEqual(other.data.toRow?.(OWNER));
  });
});

describe('a row with another number of values', () => {
  it.each([
    ['Owner', [1]],
    ['Owner', [1, 'x', 2]],
    ['Owner', { id: 1, name: 'x' }],
    ['{ owner: Owner; a: 1 }', [1, [1, 'x']]],
    ['Owner[]', [1, 'x', 2]],
    ['{ all?: Owner[] }', [[1]]],
    ['{ a: 1; b: unknown }', [1, 2]],
  ])('%s: is refused', (type, row) => {
    expect(() => rowsOf(type).fromRow(row)).toThrow(TypeError);
  });

  it('is refused by the check where it nests without end', () => {
    const { is } = eventOf('Tree').data;
    let row: unknown[] = ['a', [], null];
    for (let i = 0; i < 20_000; i++) row = [[], 'a', row];

    expect(is(rowsOf('Tree').fromRow(row))).toBe(false);
  });
});
