import { describe, expect, it } from 'vitest';
import type { Shape } from '../../../codegen/model/model.js';
import { readSample } from './read-contract.js';

/** The shape of an event whose data is written like this, without the names of types. */
function shapeOf(type: string, declarations = ''): Shape | undefined {
  const text = `${declarations}\nexport interface E extends Events { it: ${type} }`;
  const { events, types } = readSample(text);
  const table = new Map(types.map(({ name, shape }) => [name, shape]));
  const [event] = events;
  return event?.data.kind === 'named' ? table.get(event.data.name) : event?.data;
}

const text = (rules: object) => ({ kind: 'text', rules });
const literals = (...values: readonly unknown[]) => ({
  kind: 'union',
  members: values.map((value) => ({ kind: 'literal', value })),
});

const BITS = 'declare enum Bits { None = 0, A = 1, B = 2, C = 1099511627776 }';
const UINT = { kind: 'uint' };
const NULL = { kind: 'null' };

describe('reading what TypeScript works out', () => {
  it.each([
    ['keyof typeof', 'keyof typeof TABLE', 'declare const TABLE: { a: 1; b: 2 };', literals('a', 'b')],
    ['indexed access', "Item['kind']", "interface Item { kind: 'a' | 'b' }", literals('a', 'b')],
    ['exclude and extract', "Exclude<'a' | 'b' | 'c', 'c'>", '', literals('a', 'b')],
    ['infer', 'Inner<string[]>', 'type Inner<T> = T extends (infer U)[] ? U : never;', { kind: 'string' }],
    ['template unions', '`${1 | 2}px`', '', literals('1px', '2px')],
    ['an enum', 'E2', "declare enum E2 { A = 1, B = 'b' }", literals('b', 1)],
    ['one member of an enum', 'E2.A', 'declare enum E2 { A = 1, B = 2 }', { kind: 'literal', value: 1 }],
    ['an enum of bits', 'Bits', BITS, { kind: 'uint' }],
    [
      'what may be an enum of bits',
      '{ a: Bits | null }["a"]',
      BITS,
      { kind: 'union', members: [UINT, NULL] },
    ],
    ['some members of an enum of bits', 'Bits.A | Bits.C', BITS, literals(1, 2 ** 40)],
    ['an enum that counts', 'E2', 'declare enum E2 { A = 0, B = 1, C = 2 }', literals(0, 1, 2)],
    ['an enum with more than bits', 'E2', 'declare enum E2 { A = 1, B = 3, C = 4 }', literals(1, 3, 4)],
    ['a brand', 'Id', "type Id = string & { readonly __brand: 'Id' };", { kind: 'string' }],
    ['a branded snowflake', 'Id', "type Id = Snowflake & { readonly __brand: 'Id' };", { kind: 'snowflake' }],
    [
      'a namespace',
      'Space.Item',
      'declare namespace Space { type Item = "x" }',
      { kind: 'literal', value: 'x' },
    ],
  ])('%s', (_name, type, declarations, shape) => {
    expect(shapeOf(type, declarations)).toEqual(shape);
  });

  it('takes the flags of Discord`s own types for what they are', () => {
    const { types } = readSample(`
      import type { APIMessage, APIUser } from 'discord.js';
      export interface E extends Events { it: Pick<APIUser, 'public_flags'> & Pick<APIMessage, 'flags'> }
    `);

    expect(types.map(({ name, shape }) => [name, shape])).toEqual([
      ['UserFlags', UINT],
      ['MessageFlags', UINT],
    ]);
  });

  it.each([
    ['Partial', 'Partial<Item>', ['a?', 'b?']],
    ['Required', 'Required<{ a?: string }>', ['a']],
    ['Pick', "Pick<Item, 'a'>", ['a']],
    ['Omit', "Omit<Item, 'a'>", ['b?']],
    ['Record of literals', "Record<'x' | 'y', string>", ['x', 'y']],
    ['a mapped type with `as`', '{ [K in keyof Item as `get_${K}`]: Item[K] }', ['get_a', 'get_b?']],
    ['a merged interface', 'Merged', ['first', 'second']],
    ['a generic instance', 'Box<Item>', ['held']],
    ['an intersection', 'Item & { c: string }', ['a', 'b?', 'c']],
    ['a class of data', 'typeof DATA', ['size']],
  ])('%s', (_name, type, keys) => {
    const shape = shapeOf(
      type,
      `interface Item { a: string; b?: string }
       interface Merged { first: string }
       interface Merged { second: string }
       interface Box<T> { held: T }
       declare const DATA: { readonly size: 3 };`,
    );

    const members = shape?.kind === 'object' ? shape.members : [];
    expect(members.map(({ key, optional }) => (optional ? `${key}?` : key)).toSorted()).toEqual(keys);
  });

  it.each([
    ['extract', "Extract<'a' | 'b' | 1, string>", '', literals('a', 'b')],
    ['non-nullable', "NonNullable<'a' | 'b' | null | undefined>", '', literals('a', 'b')],
    ['a conditional over a union', "No<'a' | 'b'>", 'type No<T> = T extends "b" ? never : T;', 'a'],
    ['a constant enum', 'Level', 'declare const enum Level { Low = 1, High = 2 }', literals(1, 2)],
    ['keys of a type', 'keyof { a: 1; b: 2 }', '', literals('a', 'b')],
    [
      'items of a constant',
      '(typeof ALL)[number]',
      "declare const ALL: readonly ['a', 'b'];",
      literals('a', 'b'),
    ],
  ])('%s', (_name, type, declarations, shape) => {
    expect(shapeOf(type, declarations)).toEqual(
      typeof shape === 'string' ? { kind: 'literal', value: shape } : shape,
    );
  });

  it('reads what interfaces inherit, near and far, generic bases included', () => {
    const shape = shapeOf(
      'Readonly<Third>',
      `interface First<T> { first: T }
       interface Second<T> extends First<T[]> { second: T }
       interface Third extends Second<UInt>, Pick<{ kept: string; left: string }, 'kept'> { third: null }`,
    );

    const members = shape?.kind === 'object' ? shape.members : [];
    expect(Object.fromEntries(members.map((member) => [member.key, member.shape]))).toEqual({
      first: { kind: 'array', item: { kind: 'uint' } },
      second: { kind: 'uint' },
      kept: { kind: 'string' },
      third: { kind: 'null' },
    });
  });

  it.each([
    ['an import', "import type { Shape as It } from '../test/golden/shared/shapes.js';", 'It'],
    ['`export *`', "import type { Shape } from '../test/golden/shared/everything.js';", 'Shape'],
    [
      'a re-export by another name',
      "import type { Form } from '../test/golden/shared/everything.js';",
      'Form',
    ],
    ['`export * as`', "import type { forms } from '../test/golden/shared/everything.js';", 'forms.Shape'],
    ['a namespace import', "import type * as all from '../test/golden/shared/everything.js';", 'all.Shape'],
    ['an import type', '', "import('../test/golden/shared/shapes.js').Shape"],
  ])('follows %s', (_name, statement, type) => {
    expect(shapeOf(type, statement)).toMatchObject({
      members: [{ key: 'sides', shape: { kind: 'number' } }],
    });
  });

  it('knows what is only declared for Node, in files that a contract imports, too', () => {
    const shape = shapeOf('Attachment', "import type { Attachment } from '../test/golden/shared/bytes.js';");

    expect(shape).toMatchObject({ members: [{ key: 'content', shape: { kind: 'bytes', as: 'Buffer' } }] });
  });

  it('reads the plain types of the Discord API', () => {
    const shape = shapeOf('APIUser', "import type { APIUser } from 'discord-api-types/v10';");

    const members = shape?.kind === 'object' ? shape.members : [];
    expect(members.find(({ key }) => key === 'username')).toMatchObject({ shape: { kind: 'string' } });
    expect(members.find(({ key }) => key === 'bot')).toMatchObject({
      optional: true,
      shape: { kind: 'boolean' },
    });
  });
});

describe('reading what JSON has no word for', () => {
  it.each([
    ['bigint', { kind: 'bigint' }],
    ['Date', { kind: 'date' }],
    ['Uint8Array', { kind: 'bytes', as: 'Uint8Array' }],
    ['Buffer', { kind: 'bytes', as: 'Buffer' }],
    ['ReadonlySet<UInt>', { kind: 'set', item: { kind: 'uint' } }],
    ['Map<string, Date>', { kind: 'map', key: { kind: 'string' }, value: { kind: 'date' } }],
  ])('%s', (type, shape) => {
    expect(shapeOf(type)).toEqual(shape);
  });

  it('reads tuples: named, optional, with a rest anywhere', () => {
    const [s, n] = [{ kind: 'string' }, { kind: 'number' }];

    expect(shapeOf('[a: string, b?: number]')).toEqual({ kind: 'tuple', head: [s], optional: [n], tail: [] });
    expect(shapeOf('readonly [string, ...number[]]')).toEqual({
      kind: 'tuple',
      head: [s],
      optional: [],
      rest: n,
      tail: [],
    });
    expect(shapeOf('[...number[], string]')).toEqual({
      kind: 'tuple',
      head: [],
      optional: [],
      rest: n,
      tail: [s],
    });
  });

  it('reads keys that are data', () => {
    expect(shapeOf('Record<string, UInt>')).toEqual({
      kind: 'record',
      members: [],
      rules: [{ keys: 'string', value: { kind: 'uint' } }],
    });
    expect(shapeOf('{ [id: `x-${string}`]: UInt; total: Int }')).toMatchObject({
      members: [{ key: 'total' }],
      rules: [{ pattern: '^x-(?:[\\s\\S]*)$', value: { kind: 'uint' } }],
    });
    // Any string compiles as a `Snowflake`, so a key that is none must not be dropped in silence.
    expect(shapeOf('Record<Snowflake, UInt>')).toMatchObject({
      rules: [{ pattern: '^[1-9]\\d{16,19}$' }, { keys: 'string', value: { kind: 'undefined' } }],
    });
  });
});

describe('reading constraints', () => {
  it.each([
    ['Str<{ min: 1; max: 5 }>', text({ min: 1, max: 5 })],
    ["Str<{ pattern: '^a' }>", text({ pattern: '^a' })],
    ['Arr<Snowflake, { max: 2 }>', { kind: 'array', item: { kind: 'snowflake' }, bounds: { max: 2 } }],
    ['Str<{ max: 3 }>[]', { kind: 'array', item: text({ max: 3 }) }],
  ])('%s', (type, shape) => {
    expect(shapeOf(type, "import type { Arr, Str } from 'shardwire/contract';")).toEqual(shape);
  });

  it('reads JSDoc tags of members, of aliases and through mapped types', () => {
    const shape = shapeOf(
      'Partial<Item>',
      `/** @maxLength 3 */
       type Short = string;
       interface Item {
         a: Short;
         /** @minimum 1 */
         b: UInt | null;
         /**
          * @minItems 1
          * @maxItems 2
          */
         c: string[];
         /** @format uuid */
         d: string;
         /**
          * @minLength 2
          * @pattern ^[a-z]
          */
         e: string;
         /** @maximum 9.5 */
         f: number;
       }`,
    );

    const members = shape?.kind === 'object' ? shape.members : [];
    expect(members.map((member) => member.shape)).toMatchObject([
      text({ max: 3 }),
      { kind: 'union', members: [{ kind: 'range', of: 'uint', bounds: { min: 1 } }, { kind: 'null' }] },
      { kind: 'array', bounds: { min: 1, max: 2 } },
      text({ format: 'uuid' }),
      text({ min: 2, pattern: '^[a-z]' }),
      { kind: 'range', of: 'number', bounds: { max: 9.5 } },
    ]);
  });
});

describe('reading schemas', () => {
  it('reads what a schema asks for beyond its type, at once or through an alias', () => {
    const { events, handlers } = readSample(`
      import { Type, type Static } from 'typebox';
      export const Profile = Type.Object({
        name: Type.String({ minLength: 2, pattern: '^[a-z]+$' }),
        age: Type.Optional(Type.Integer({ minimum: 0 })),
        tags: Type.Array(Type.Union([Type.Literal('a'), Type.Null()]), { maxItems: 3 }),
        pair: Type.Tuple([Type.String(), Type.BigInt()]),
        notes: Type.Record(Type.String(), Type.Unknown()),
      });
      type Named = Static<typeof Profile>;
      export interface H extends Handlers { set(data: Static<typeof Profile>): void }
      export interface E extends Events { it: Named }
    `);

    const profile = {
      kind: 'object',
      members: [
        { key: 'name', optional: false, shape: { kind: 'text', rules: { min: 2, pattern: '^[a-z]+$' } } },
        { key: 'age', optional: true, shape: { kind: 'range', of: 'int', bounds: { min: 0 } } },
        { key: 'tags', shape: { kind: 'array', bounds: { max: 3 } } },
        { key: 'pair', shape: { kind: 'tuple', head: [{ kind: 'string' }, { kind: 'bigint' }] } },
        { key: 'notes', shape: { kind: 'record', rules: [{ value: { kind: 'unknown' } }] } },
      ],
    };
    expect(handlers[0]?.input).toMatchObject(profile);
    expect(events[0]?.data).toMatchObject(profile);
  });

  it('reads schemas that refer to each other, once each, as types that contain themselves', () => {
    const { events, types } = readSample(`
      import { Type, type Static } from 'typebox';
      export const Tree = Type.Cyclic(
        {
          Tree: Type.Object({ label: Type.String({ minLength: 1 }), kids: Type.Array(Type.Ref('Tree')) }),
          Unused: Type.Object({ tree: Type.Ref('Tree') }),
        },
        'Tree',
      );
      const module = Type.Module({
        Order: Type.Object({ lines: Type.Array(Type.Ref('Line')), code: Type.Ref('Code') }),
        Line: Type.Object({ of: Type.Union([Type.Ref('Order'), Type.Null()]) }),
        Code: Type.String({ maxLength: 8 }),
      });
      export const Order = module.Order;
      export interface E extends Events {
        planted: Static<typeof Tree>;
        felled: { trees: Static<typeof Tree>[] };
        ordered: Static<typeof Order> | null;
      }
    `);

    expect(events.map(({ data }) => data)).toMatchObject([
      { kind: 'named', name: 'Tree' },
      { members: [{ shape: { kind: 'array', item: { kind: 'named', name: 'Tree' } } }] },
      { kind: 'union', members: [{ kind: 'named', name: 'Order' }, { kind: 'null' }] },
    ]);
    expect(types.map(({ name }) => name)).toEqual(['Tree', 'Order', 'Line', 'Code']);
    expect(types[0]?.shape).toMatchObject({
      members: [
        { key: 'label', shape: text({ min: 1 }) },
        { key: 'kids', shape: { kind: 'array', item: { kind: 'named', name: 'Tree' } } },
      ],
    });
  });
});
