import { describe, expect, it } from 'vitest';
import { Fingerprints } from '../../../codegen/model/fingerprint.js';
import type { Shape } from '../../../codegen/model/model.js';
import { readSample } from './read-contract.js';

/** The shape of an event whose data is written like this. */
function shapeOf(type: string, declarations = ''): Shape | undefined {
  return readSample(`${declarations}\nexport interface E extends Events { it: ${type} }`).events[0]?.data;
}

function fingerprintOf(type: string, declarations = ''): string {
  const { events, types } = readSample(`${declarations}\nexport interface E extends Events { it: ${type} }`);
  return new Fingerprints(types).of(
    'sample.it',
    events.map(({ data }) => data),
  );
}

describe('reading types', () => {
  it.each([
    ['string', { kind: 'string' }],
    ['number', { kind: 'number' }],
    ['boolean', { kind: 'boolean' }],
    ['null', { kind: 'null' }],
    ['void', { kind: 'undefined' }],
    ['undefined', { kind: 'undefined' }],
    ['unknown', { kind: 'unknown' }],
    ['Snowflake', { kind: 'snowflake' }],
    ['Int', { kind: 'int' }],
    ['UInt', { kind: 'uint' }],
    ["'a'", { kind: 'literal', value: 'a' }],
    ['-1.5', { kind: 'literal', value: -1.5 }],
    ['true', { kind: 'literal', value: true }],
    ['true | false', { kind: 'boolean' }],
    ['readonly UInt[]', { kind: 'array', item: { kind: 'uint' } }],
    ['Array<(string)>', { kind: 'array', item: { kind: 'string' } }],
    ['ReadonlyArray<Snowflake>', { kind: 'array', item: { kind: 'snowflake' } }],
  ] as const)('%s', (type, shape) => {
    expect(shapeOf(type)).toEqual(shape);
  });

  it('sorts the members of a union, however they were written', () => {
    const union = { kind: 'union', members: [{ kind: 'string' }, { kind: 'uint' }, { kind: 'null' }] };

    expect(shapeOf('null | UInt | string')).toEqual(union);
    expect(shapeOf('(UInt | null) | string')).toEqual(union);
  });

  it('sees through aliases of what needs no name', () => {
    expect(shapeOf('Id[]', 'type Id = Snowflake;')).toEqual({ kind: 'array', item: { kind: 'snowflake' } });
  });

  it('keeps the names of interfaces and of composed aliases, inside larger unions too', () => {
    const { events, types } = readSample(`
      /** Two words. */
      type Kind = 'a' | 'b';
      interface Item { kind?: Kind | null }
      export interface E extends Events { it: Item | Kind }
    `);

    expect(types.map(({ name, doc }) => [name, doc])).toEqual([
      ['Item', ''],
      ['Kind', 'Two words.'],
    ]);
    expect(events[0]?.data).toEqual({
      kind: 'union',
      members: [
        { kind: 'named', name: 'Item' },
        { kind: 'named', name: 'Kind' },
      ],
    });
  });

  it('tells an optional member from one that may be undefined', () => {
    expect(shapeOf('{ a?: string; b: string | undefined }')).toMatchObject({
      members: [
        { key: 'a', optional: true, shape: { kind: 'string' } },
        { key: 'b', optional: false, shape: { kind: 'union' } },
      ],
    });
  });

  it('merges inherited and intersected members', () => {
    const keys = (shape: Shape | undefined): unknown =>
      shape?.kind === 'object' && shape.members.map(({ key }) => key);

    expect(keys(shapeOf('{ a: string } & { b: string }'))).toEqual(['a', 'b']);
    const { types } = readSample(`
      interface Base { a: string }
      interface Item extends Base { b: string }
      export interface E extends Events { it: Item }
    `);
    expect(keys(types[0]?.shape)).toEqual(['b', 'a']);
  });

  it('reads handlers: methods and functions, promises unwrapped, data optional', () => {
    const { handlers } = readSample(`
      export interface H extends Handlers {
        /** First. */
        a(): Promise<string>;
        b: (data?: UInt) => string | Promise<null>;
        c(data: { id: Snowflake } | undefined): void;
      }
    `);

    expect(handlers).toMatchObject([
      { name: 'a', doc: 'First.', input: { kind: 'undefined' }, output: { kind: 'string' } },
      {
        name: 'b',
        input: { kind: 'union', members: [{ kind: 'uint' }, { kind: 'undefined' }] },
        output: { kind: 'union' },
      },
      { name: 'c', input: { kind: 'union' }, output: { kind: 'undefined' } },
    ]);
  });

  it('reads the options, with or without `satisfies`', () => {
    const { handlers, events } = readSample(`
      export interface H extends Handlers { a(data: { id: Snowflake }): { size: UInt } | null; b(): UInt }
      export interface E extends Events { c: void }
      export const options = {
        a: { target: { guild: 'id' }, reduce: { minBy: 'size' } },
        b: { timeout: 1_500, reduce: 'max' },
        'c': { timeout: 10 },
      };
    `);

    expect(handlers.map(({ options }) => options)).toEqual([
      { target: { by: 'guild', key: 'id' }, reduce: { by: 'minBy', key: 'size' } },
      { timeoutMs: 1_500, reduce: { by: 'max' } },
    ]);
    expect(events[0]?.options).toEqual({ timeoutMs: 10 });
  });
});

describe('fingerprints', () => {
  it('do not see order, aliases, names, comments or where a type stands', () => {
    const plain = fingerprintOf("{ a: UInt; b?: 'x' | 'y' | null }");

    expect(fingerprintOf("{ /** Said. */ b?: null | 'y' | 'x'; readonly a: UInt }")).toBe(plain);
    expect(fingerprintOf('Item', "type Kind = 'y' | 'x'; interface Item { a: UInt; b?: Kind | null }")).toBe(
      plain,
    );
    expect(
      fingerprintOf('Item', "type B = 'y' | 'x' | null | undefined; interface Item { a: UInt; b: B }"),
    ).toBe(plain);
  });

  it('do not see the names of types that contain themselves', () => {
    expect(fingerprintOf('A', 'interface A { next: B | null } interface B { back: A[] }')).toBe(
      fingerprintOf('Y', 'interface Z { back: Y[] } interface Y { next: Z | null }'),
    );
  });

  /** A union of what has these names, and of strings. */
  function unionPrint(names: readonly string[], kid: string): string {
    const named = (name: string): Shape => ({ kind: 'named', name });
    const kids: Shape = { kind: 'array', item: named(kid) };
    const tree: Shape = { kind: 'object', members: [{ key: 'kids', optional: false, shape: kids }] };
    const types = [
      { name: 'Tree', doc: '', shape: tree },
      { name: 'Alias', doc: '', shape: named('Tree') },
    ];
    const members = [...names.map(named), { kind: 'string' } as const];
    return new Fingerprints(types).of('sample.it', [{ kind: 'union', members }]);
  }

  it.each([
    [['Alias'], 'Tree'],
    [['Alias', 'Tree'], 'Tree'],
    [['Tree', 'Alias'], 'Tree'],
    [['Tree'], 'Alias'],
    [['Alias', 'Tree'], 'Alias'],
  ])('do not see other names of a type that contains itself: %j, of %s', (names, kid) => {
    expect(unionPrint(names, kid)).toBe(unionPrint(['Tree'], 'Tree'));
  });

  it('see whatever may cross', () => {
    const types = [
      'string',
      'Snowflake',
      'number',
      'Int',
      'UInt',
      "'a'",
      "'b'",
      '1',
      'string[]',
      'string[][]',
      'null',
    ];
    const objects = [
      '{ a: string }',
      '{ a?: string }',
      '{ b: string }',
      '{ a: string; b: string }',
      '{ a: string | null }',
    ];
    const all = [...types, ...objects].map((type) => fingerprintOf(type));

    expect(new Set(all).size).toBe(all.length);
    expect(all.every((one) => /^[0-9a-f]{16}$/.test(one))).toBe(true);
  });

  it('stay quick where types mention each other often', () => {
    const layers = Array.from({ length: 40 }, (_, i) => `interface T${i} { a: T${i + 1}; b: T${i + 1} }`);

    expect(fingerprintOf('T0', `${layers.join('\n')} interface T40 { end: string }`)).toHaveLength(16);
  });

  it('stay quick where unions stand in each other', () => {
    const depth = 40;

    expect(fingerprintOf(`${'{ a: '.repeat(depth)}string${' } | null'.repeat(depth)}`)).toHaveLength(16);
  });

  it('stay quick where many types contain each other', () => {
    const count = 30;
    const types = Array.from({ length: count }, (_, i) => {
      const [a, b, c] = [i + 1, i + 2, i * 7].map((one) => `T${one % count}`);
      return `interface T${i} { is: ${i}; a: ${a}[]; b?: ${b} | ${c} | null }`;
    });

    expect(fingerprintOf('T0', types.join('\n'))).toHaveLength(16);
  });

  it('tell types that contain each other apart by where one begins, and by how many there are', () => {
    const all = [
      fingerprintOf('A', 'interface A { next: A | null }'),
      fingerprintOf('A', 'interface A { next: B | null } interface B { next: A | null }'),
      fingerprintOf('A', 'interface A { next: B | null } interface B { next: A }'),
      fingerprintOf('B', 'interface A { next: B | null } interface B { next: A }'),
    ];

    expect(new Set(all).size).toBe(all.length);
  });
});
