/**
 * Schema pages: `generated/<contract>.schema.ts`, the contract as TypeBox schemas.
 *
 * They are for documentation, HTTP and tests; no other page imports them, since loading TypeBox costs a cluster memory
 * and time. A property test holds that they accept what the checks accept. (They differ in one thing: TypeBox does not
 * look at the holes of an array.)
 */
import type {
  ContractModel,
  ErrorModel,
  EventModel,
  LiteralValue,
  Member,
  NamedType,
  Shape,
} from '../model.js';
import { findRecursion } from '../recursion.js';
import type { Recursion } from '../recursion.js';
import { isOptional, partsOf, tableOf, withoutAbsent } from '../shapes.js';
import type { TypeTable } from '../shapes.js';
import { braces, list } from './doc.js';
import type { Doc } from './doc.js';
import { pageHeader } from './header.js';
import { propertyName, uniqueName } from './names.js';
import { SourcePrinter, quote } from './source-printer.js';

interface SchemaScope {
  readonly out: SourcePrinter;
  readonly types: TypeTable;
  readonly recursion: Recursion;
  /** The constant that stands for a type. */
  readonly nameOf: (type: string) => string;
  /** The constants that stand for `Snowflake`, `Int` and `UInt`, as far as they are used. */
  readonly constrained: ReadonlyMap<ConstrainedKind, string>;
  /** Name of the `Type` builder. */
  readonly builder: string;
}

const TABLES = ['handlers', 'events', 'errors'];

/** Writes a contract's schema page. */
export function emitSchemas(contract: ContractModel): string {
  const page = schemaScope(contract);
  emitConstrained(page);
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
  return page.out.toString();
}

function schemaScope(contract: ContractModel): SchemaScope {
  const names = new Map<string, string>();
  const taken = new Set(TABLES);
  const constrained = new Map<ConstrainedKind, string>();
  for (const kind of kindsIn(contract)) {
    if (isConstrained(kind)) constrained.set(kind, declare(taken, CONSTRAINED[kind].name));
  }
  for (const { name } of contract.types) {
    names.set(name, declare(taken, name));
  }
  const out = new SourcePrinter(pageHeader(contract.source), { declared: taken, imported: new Set() });
  return {
    out,
    types: tableOf(contract.types),
    recursion: findRecursion(contract.types),
    constrained,
    nameOf: (type) => names.get(type) ?? type,
    builder: out.use('Type', 'typebox'),
  };
}

function declare(taken: Set<string>, wish: string): string {
  const name = uniqueName(wish, (one) => taken.has(one));
  taken.add(name);
  return name;
}

/** The kinds of shape that a contract uses, in a fixed order. */
function kindsIn({ handlers, events, errors, types }: ContractModel): readonly Shape['kind'][] {
  const places = [
    ...handlers.flatMap(({ input, output }) => [input, output]),
    ...events.map(({ data }) => data),
    ...errors.map(({ data }) => data),
  ];
  const shapes = [...types.map(({ shape }) => shape), ...places];
  const kinds = (shape: Shape): readonly Shape['kind'][] => [shape.kind, ...partsOf(shape).flatMap(kinds)];
  return [...new Set(shapes.flatMap(kinds))].toSorted();
}

function isConstrained(kind: Shape['kind']): kind is ConstrainedKind {
  return kind in CONSTRAINED;
}

/** The value types that the contract uses, once for the page. */
function emitConstrained(page: SchemaScope): void {
  for (const [kind, name] of page.constrained) {
    const { builder, options } = CONSTRAINED[kind];
    page.out.line(`const ${name} = `, call(page, builder, [braces([...options])]), ';');
  }
  if (page.constrained.size > 0) page.out.line();
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
      return page.constrained.get(shape.kind) ?? '';
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
      return [`${page.builder}.Array(`, schemaOf(page, shape.item, type), ')'];
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

type ConstrainedKind = 'int' | 'snowflake' | 'uint';

const CONSTRAINED: Readonly<Record<ConstrainedKind, Constrained>> = {
  int: {
    name: 'Int',
    builder: 'Integer',
    options: ['minimum: Number.MIN_SAFE_INTEGER', 'maximum: Number.MAX_SAFE_INTEGER'],
  },
  snowflake: {
    name: 'Snowflake',
    builder: 'String',
    options: [`pattern: ${quote(snowflakePattern('18446744073709551615'))}`],
  },
  uint: { name: 'UInt', builder: 'Integer', options: ['minimum: 0', 'maximum: Number.MAX_SAFE_INTEGER'] },
};

interface Constrained {
  readonly name: string;
  readonly builder: string;
  readonly options: readonly string[];
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
