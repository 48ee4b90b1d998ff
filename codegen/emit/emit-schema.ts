/**
 * Schema pages: `generated/<contract>.schema.ts`, the contract as TypeBox schemas.
 *
 * They are for documentation, HTTP and tests; no other page imports them, since loading TypeBox costs a cluster memory
 * and time. A property test holds that they accept what the checks accept. (They differ in one thing: TypeBox does not
 * look at the holes of an array.)
 */
import type {
  Bounds,
  ContractModel,
  ErrorModel,
  EventModel,
  LiteralValue,
  Member,
  NamedType,
  RecordShape,
  Shape,
  TextRules,
  TupleShape,
} from '../model.js';
import { findRecursion } from '../recursion.js';
import type { Recursion } from '../recursion.js';
import { allowsAbsent, isOptional, partsOf, someInside, tableOf, unionOf, withoutAbsent } from '../shapes.js';
import type { TypeTable } from '../shapes.js';
import { braces, list, typeArguments } from './doc.js';
import type { Doc } from './doc.js';
import { pageHeader } from './header.js';
import { propertyName, uniqueName } from './names.js';
import { RUNTIME } from './page-scope.js';
import { SourcePrinter, quote } from './source-printer.js';

interface SchemaScope {
  readonly out: SourcePrinter;
  readonly types: TypeTable;
  readonly recursion: Recursion;
  /** The constant that stands for a type. */
  readonly nameOf: (type: string) => string;
  /** What stands for the types that TypeBox has no word for, as far as they are used. */
  readonly helpers: ReadonlyMap<HelperKind, string>;
  /** Name of the `Type` builder. */
  readonly builder: string;
}

const TABLES = ['handlers', 'events', 'errors'];

/** The type that only the compiler reads. */
const RESERVED = [...TABLES, 'Checked'];

/**
 * Writes a contract's schema page.
 *
 * @param contractImport - The contract file as the page imports it: `../contracts/guilds.js`.
 */
export function emitSchemas(contract: ContractModel, contractImport: string): string {
  const page = schemaScope(contract);
  emitHelpers(page);
  for (const group of page.recursion.groups) emitGroup(page, group);
  const handlers = contract.handlers.map(({ name, doc, input, output }): Entry => {
    const places = [
      ['input: ', schemaOf(page, input)],
      ['output: ', schemaOf(page, output)],
    ];
    return { doc, value: [`${propertyName(name)}: `, braces(places)] };
  });
  const withData = ({ name, doc, data }: EventModel | ErrorModel): Entry => {
    return { doc, value: [`${propertyName(name)}: `, schemaOf(page, data)] };
  };
  const tables = [handlers, contract.events.map(withData), contract.errors.map(withData)];
  let isFirst = true;
  for (const [i, entries] of tables.entries()) {
    if (entries.length === 0) continue;
    if (!isFirst) page.out.line();
    isFirst = false;
    emitTable(page, TABLES[i] ?? '', entries);
  }
  emitComparison(page, contract, contractImport);
  return page.out.toString();
}

/**
 * Lines for the type checker alone: it compares what the schemas come to with what the contract says. A brand and an
 * `undefined` that may be left out are no part of a schema, so not every schema fits its contract in return.
 */
function emitComparison(page: SchemaScope, contract: ContractModel, contractImport: string): void {
  const { out } = page;
  const { handlersType, eventsType, errorsType, handlers, events, errors } = contract;
  const isWide = (one: Shape): boolean => isWider(one, page.types);
  const isExact = (shape: Shape): boolean => {
    return contract.hasBrands !== true && !someInside(shape, page.types, isWide);
  };
  const pairs: Doc[] = [];
  // The type of a cyclic schema is too much for the type checker.
  const isCyclic = (one: Shape): boolean => one.kind === 'named' && page.recursion.isRecursive(one.name);
  const isEndless = (shape: Shape): boolean => someInside(shape, page.types, isCyclic);
  const compare = (type: () => string, schema: string, shape: Shape): void => {
    if (shape.kind === 'absent' || isEndless(shape)) return;
    const name = out.useType(isExact(shape) ? 'Same' : 'Fits', RUNTIME);
    pairs.push(typeArguments(name, [type(), `${out.useType('Static', 'typebox')}<(typeof ${schema}>`]));
  };
  for (const { name, input, output } of handlersType === undefined ? [] : handlers) {
    const own = (part: string): string => {
      return `${out.useType(part, RUNTIME)}<${out.useType(handlersType ?? '', contractImport)}[${quote(name)}]>`;
    };
    compare(() => own('InputOf'), `handlers)[${quote(name)}]['input']`, input);
    compare(() => own('OutputOf'), `handlers)[${quote(name)}]['output']`, output);
  }
  for (const { name, data } of eventsType === undefined ? [] : events) {
    const own = (): string => `${out.useType(eventsType ?? '', contractImport)}[${quote(name)}]`;
    compare(own, `events)[${quote(name)}]`, data);
  }
  for (const { name, data } of errorsType === undefined ? [] : errors) {
    const own = (): string => `${out.useType(errorsType ?? '', contractImport)}[${quote(name)}]`;
    compare(own, `errors)[${quote(name)}]`, data);
  }
  if (pairs.length === 0) return;
  out.line();
  out.docComment('For the type checker alone: the schemas are the types of the contract.');
  out.line(`export type Checked = ${out.useType('Compared', RUNTIME)}<`, list('[', pairs, ']'), '>;');
}

/** Whether the type of a schema is wider than the contract's. */
function isWider(shape: Shape, types: TypeTable): boolean {
  if (shape.kind === 'tuple')
    return shape.optional.length + shape.tail.length > 0 || shape.rest !== undefined;
  if (shape.kind === 'record') return !isTable(shape);
  return (
    shape.kind === 'object' && shape.members.some((one) => !one.optional && allowsAbsent(one.shape, types))
  );
}

function schemaScope(contract: ContractModel): SchemaScope {
  const names = new Map<string, string>();
  const taken = new Set(RESERVED);
  const helpers = new Map<HelperKind, string>();
  for (const kind of kindsIn(contract)) helpers.set(kind, declare(taken, HELPERS[kind].name));
  for (const { name } of contract.types) {
    names.set(name, declare(taken, name));
  }
  const out = new SourcePrinter(pageHeader(contract.source), {
    declared: taken,
    imported: new Set(
      [contract.handlersType, contract.eventsType, contract.errorsType].filter((name) => name !== undefined),
    ),
  });
  return {
    out,
    types: tableOf(contract.types),
    recursion: findRecursion(contract.types),
    helpers,
    nameOf: (type) => names.get(type) ?? type,
    builder: out.use('Type', 'typebox'),
  };
}

function declare(taken: Set<string>, wish: string): string {
  const name = uniqueName(wish, (one) => taken.has(one));
  taken.add(name);
  return name;
}

/** The kinds of shape in a contract that need help, in a fixed order. */
function kindsIn({ handlers, events, errors, types }: ContractModel): readonly HelperKind[] {
  const places = [
    ...handlers.flatMap(({ input, output }) => [input, output]),
    ...events.map(({ data }) => data),
    ...errors.map(({ data }) => data),
  ];
  const shapes = [...types.map(({ shape }) => shape), ...places];
  const kinds = (shape: Shape): readonly (HelperKind | undefined)[] => {
    return [helperOf(shape), ...partsOf(shape).flatMap(kinds)];
  };
  return [...new Set(shapes.flatMap(kinds))].filter((kind) => kind !== undefined).toSorted();
}

function helperOf(shape: Shape): HelperKind | undefined {
  if (shape.kind === 'bytes') return shape.as === 'Buffer' ? 'buffer' : 'bytes';
  if (shape.kind === 'record') return isTable(shape) ? 'record' : undefined;
  return shape.kind in HELPERS ? (shape.kind as HelperKind) : undefined;
}

/** Any keys, and the same under all of them. */
function isTable({ members, rules }: RecordShape): boolean {
  return members.length === 0 && rules.length === 1 && rules[0]?.pattern === undefined;
}

/** What TypeBox has no word for, once for the page. */
function emitHelpers(page: SchemaScope): void {
  for (const [kind, name] of page.helpers) {
    const { value, isFunction, note } = HELPERS[kind];
    const text = value(page.builder);
    if (note !== undefined) page.out.docComment(note);
    if (!isFunction) page.out.line(`const ${name} = ${text};`);
    else emitHelperFunction(page, kind, name, text);
  }
  if (page.helpers.size > 0) page.out.line();
}

function emitHelperFunction(page: SchemaScope, kind: HelperKind, name: string, text: string): void {
  const [schema, fixed] = [page.out.useType('TSchema', 'typebox'), page.out.useType('Static', 'typebox')];
  const isMap = kind === 'map';
  const parameters = isMap ? `<K extends ${schema}, T extends ${schema}>` : `<T extends ${schema}>`;
  const type = isMap
    ? `Map<${fixed}<K>, ${fixed}<T>>`
    : `${kind === 'set' ? 'Set<' : 'Record<string, '}${fixed}<T>>`;
  const taken = isMap ? '_key: K, _value: T' : kind === 'set' ? '_item: T' : 'item: T';
  page.out.line(`const ${name} = ${parameters}(${taken}) => ${page.builder}.Unsafe<${type}>(${text});`);
}

interface Entry {
  readonly doc: string;
  readonly value: Doc;
}

function emitTable(page: SchemaScope, name: string, entries: readonly Entry[]): void {
  if (entries.length === 0) return;
  page.out.block(
    `export const ${name} = {`,
    () => {
      for (const { doc, value } of entries) {
        page.out.docComment(doc);
        page.out.line(value, ',');
      }
    },
    '};',
  );
}

/** Types that contain each other share their definitions. */
function emitGroup(page: SchemaScope, group: readonly NamedType[]): void {
  const [first] = group;
  if (first === undefined) return;
  if (group.length === 1 && !page.recursion.isRecursive(first.name)) return emitType(page, first);

  const definitions = group.map((type): Doc => {
    return [`${propertyName(type.name)}: `, schemaOf(page, type.shape, type.name)];
  });
  const shared =
    group.length > 1 ? uniqueName(`${page.nameOf(first.name)}Definitions`, (one) => page.types.has(one)) : '';
  if (shared !== '') page.out.line(`const ${shared} = `, braces(definitions), ';');
  if (shared !== '') page.out.line();
  for (const type of group) {
    page.out.docComment(type.doc);
    const args = [shared === '' ? braces(definitions) : shared, quote(type.name)];
    page.out.line(`export const ${page.nameOf(type.name)} = `, call(page, 'Cyclic', args), ';');
    page.out.line();
  }
}

function emitType(page: SchemaScope, type: NamedType): void {
  page.out.docComment(type.doc);
  page.out.line(`export const ${page.nameOf(type.name)} = `, schemaOf(page, type.shape, type.name), ';');
  page.out.line();
}

/** A schema for a shape. `type` is the type in whose definition it stands. */
function schemaOf(page: SchemaScope, shape: Shape, type?: string): Doc {
  switch (shape.kind) {
    case 'string':
      return call(page, 'String');
    case 'number':
      return call(page, 'Number');
    case 'int':
    case 'uint':
    case 'snowflake':
    case 'date':
      return page.helpers.get(shape.kind) ?? '';
    case 'bytes':
      return page.helpers.get(shape.as === 'Buffer' ? 'buffer' : 'bytes') ?? '';
    case 'bigint':
      return call(page, 'BigInt');
    case 'text':
      return textOf(page, shape.rules);
    case 'range':
      return rangeOf(page, shape.of, shape.bounds);
    case 'set':
      return [`${page.helpers.get('set') ?? ''}(`, schemaOf(page, shape.item, type), ')'];
    case 'map': {
      const parts = [shape.key, shape.value].map((part) => schemaOf(page, part, type));
      return list(`${page.helpers.get('map') ?? ''}(`, parts, ')');
    }
    case 'tuple':
      return tupleOf(page, shape, type);
    case 'record':
      return recordOf(page, shape, type);
    case 'boolean':
      return call(page, 'Boolean');
    case 'null':
      return call(page, 'Null');
    case 'absent':
      return call(page, 'Undefined');
    case 'anything':
      return call(page, 'Unknown');
    case 'literal':
      return call(page, 'Literal', [literalText(shape.value)]);
    case 'array':
      return arrayOf(page, shape, type);
    case 'object':
      return [
        `${page.builder}.Object(`,
        braces(shape.members.map((member) => memberOf(page, member, type))),
        ')',
      ];
    case 'union': {
      const members = shape.members.map((member) => schemaOf(page, member, type));
      return [`${page.builder}.Union(`, list('[', members, ']'), ')'];
    }
    case 'named':
      if (page.recursion.isStep(type, shape.name)) return call(page, 'Ref', [quote(shape.name)]);
      return page.nameOf(shape.name);
  }
}

function memberOf(page: SchemaScope, member: Member, type: string | undefined): Doc {
  const key = `${propertyName(member.key)}: `;
  if (!isOptional(member, page.types)) return [key, schemaOf(page, member.shape, type)];
  return [key, `${page.builder}.Optional(`, schemaOf(page, withoutAbsent(member.shape), type), ')'];
}

function call(page: SchemaScope, name: string, args: readonly Doc[] = []): Doc {
  const [only] = args;
  if (only !== undefined && args.length === 1) return [`${page.builder}.${name}(`, only, ')'];
  return list(`${page.builder}.${name}(`, args, ')');
}

function literalText(value: LiteralValue): string {
  return typeof value === 'string' ? quote(value) : String(value);
}

function arrayOf(
  page: SchemaScope,
  { item, bounds }: Extract<Shape, { readonly kind: 'array' }>,
  type: string | undefined,
): Doc {
  const schema = schemaOf(page, item, type);
  return call(page, 'Array', bounds === undefined ? [schema] : [schema, boundsOf(bounds, 'Items')]);
}

function boundsOf({ min, max }: Bounds, what: 'Items' | 'Length' | 'imum'): Doc {
  const places = [
    ...(min === undefined ? [] : [`min${what}: ${min}`]),
    ...(max === undefined ? [] : [`max${what}: ${max}`]),
  ];
  return braces(places);
}

function textOf(page: SchemaScope, { min, max, pattern, template }: TextRules): Doc {
  const places: Doc[] = [
    ...(min === undefined ? [] : [`minLength: ${min}`]),
    ...(max === undefined ? [] : [`maxLength: ${max}`]),
    ...(pattern === undefined ? [] : [`pattern: ${quote(pattern)}`]),
  ];
  const schema = call(page, 'String', places.length === 0 ? [] : [braces(places)]);
  return template === undefined ? schema : [`${page.builder}.Unsafe<${template}>(`, schema, ')'];
}

function rangeOf(page: SchemaScope, of: 'number' | 'int' | 'uint', { min, max }: Bounds): Doc {
  if (of === 'number')
    return call(page, 'Number', [
      boundsOf({ ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }, 'imum'),
    ]);
  const least = of === 'uint' ? String(Math.max(0, min ?? 0)) : String(min ?? 'Number.MIN_SAFE_INTEGER');
  const places = [`minimum: ${least}`, `maximum: ${max ?? 'Number.MAX_SAFE_INTEGER'}`];
  return call(page, 'Integer', [braces(places)]);
}

/** TypeBox' own tuples know neither optional items nor a rest. */
function tupleOf(page: SchemaScope, shape: TupleShape, type: string | undefined): Doc {
  const { head, optional, rest, tail } = shape;
  const schemas = (shapes: readonly Shape[]): Doc => {
    return list(
      '[',
      shapes.map((one) => schemaOf(page, one, type)),
      ']',
    );
  };
  if (optional.length + tail.length === 0 && rest === undefined) return call(page, 'Tuple', [schemas(head)]);
  const places: Doc[] = ["type: 'array'", `minItems: ${head.length + tail.length}`];
  if (rest === undefined) places.push(`maxItems: ${head.length + optional.length}`);
  const first = [...head, ...optional];
  if (first.length > 0) places.push(['prefixItems: ', schemas(first)]);
  // JSON Schema cannot count from the end.
  const others = rest === undefined ? undefined : unionOf([rest, ...tail]);
  if (others !== undefined) places.push(['items: ', schemaOf(page, others, type)]);
  return [`${page.builder}.Unsafe<readonly unknown[]>(`, braces(places), ')'];
}

function recordOf(page: SchemaScope, shape: RecordShape, type: string | undefined): Doc {
  const { members, rules } = shape;
  const [first] = rules;
  if (isTable(shape) && first !== undefined) {
    return [`${page.helpers.get('record') ?? ''}(`, schemaOf(page, first.value, type), ')'];
  }
  const places: Doc[] = [];
  const patterned = rules.filter(({ pattern }) => pattern !== undefined);
  if (patterned.length > 0) {
    const keyed = patterned.map(({ pattern = '', value }): Doc => {
      return [`${quote(pattern)}: `, schemaOf(page, value, type)];
    });
    places.push(['patternProperties: ', braces(keyed)]);
  }
  const other = rules.find(({ pattern }) => pattern === undefined);
  if (other !== undefined) places.push(['additionalProperties: ', schemaOf(page, other.value, type)]);
  const named = braces(members.map((member) => memberOf(page, member, type)));
  return list(`${page.builder}.Object(`, [named, braces(places)], ')');
}

type HelperKind = 'buffer' | 'bytes' | 'date' | 'int' | 'map' | 'record' | 'set' | 'snowflake' | 'uint';

interface Helper {
  readonly name: string;
  readonly value: (builder: string) => string;
  readonly isFunction?: true;
  readonly note?: string;
}

const HELPERS: Readonly<Record<HelperKind, Helper>> = {
  buffer: { name: 'BufferValue', value: (type) => instance(type, 'Buffer', 'value instanceof Buffer') },
  bytes: { name: 'Bytes', value: (type) => instance(type, 'Uint8Array', 'value instanceof Uint8Array') },
  date: {
    name: 'DateValue',
    value: (type) => instance(type, 'Date', 'value instanceof Date && !Number.isNaN(value.getTime())'),
  },
  int: {
    name: 'Int',
    value: (type) =>
      `${type}.Integer({ minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER })`,
  },
  map: {
    name: 'MapOf',
    value: (type) => `${type}.Refine(${type}.Unknown(), (value) => value instanceof Map)`,
    isFunction: true,
    note: 'TypeBox does not look into a `Map`.',
  },
  record: {
    name: 'RecordOf',
    value: () => `{ type: 'object', additionalProperties: item }`,
    isFunction: true,
  },
  set: {
    name: 'SetOf',
    value: (type) => `${type}.Refine(${type}.Unknown(), (value) => value instanceof Set)`,
    isFunction: true,
    note: 'TypeBox does not look into a `Set`.',
  },
  snowflake: {
    name: 'Snowflake',
    value: (type) => `${type}.String({\n  pattern: ${quote(snowflakePattern('18446744073709551615'))},\n})`,
  },
  uint: {
    name: 'UInt',
    value: (type) => `${type}.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })`,
  },
};

function instance(type: string, name: string, test: string): string {
  return `${type}.Unsafe<${name}>(${type}.Refine(${type}.Unknown(), (value) => ${test}))`;
}

/** 17 to 20 digits, and of 20 no more than the largest: digit by digit, the same so far and then a smaller one. */
function snowflakePattern(largest: string): string {
  const smaller = largest.split('').map((digit, i) => {
    const least = i === 0 ? 1 : 0;
    const most = Number(digit) - 1;
    return most < least
      ? []
      : [largest.slice(0, i) + digitsTo(least, most) + anyDigits(largest.length - i - 1)];
  });
  return `^(?:[1-9]\\d{16,18}|${[...smaller.flat(), largest].join('|')})$`;
}

function digitsTo(least: number, most: number): string {
  return least === most ? String(least) : `[${least}-${most}]`;
}

function anyDigits(count: number): string {
  if (count < 2) return '\\d'.repeat(count);
  return `\\d{${count}}`;
}
