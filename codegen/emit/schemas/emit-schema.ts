/**
 * Schema pages: `generated/<contract>.schema.ts`, the contract as TypeBox schemas.
 *
 * They are for documentation, HTTP and tests; no other page imports them, since loading TypeBox costs a cluster memory
 * and time. A property test holds that they accept what the checks accept. (They differ in one thing: TypeBox does not
 * look at the holes of an array.)
 */
import type { ContractModel, ErrorModel, EventModel, NamedType } from '../../model/model.js';
import { findRecursion } from '../../model/recursion.js';
import { tableOf } from '../../model/shapes.js';
import { braces } from '../printer/fragment.js';
import type { Doc } from '../printer/fragment.js';
import { pageHeader } from '../header.js';
import { PLAIN_NAMES, propertyName, uniqueName } from '../names.js';
import { emitComparison } from './schema-comparison.js';
import { call, schemaOf } from './schema-expression.js';
import type { SchemaScope } from './schema-expression.js';
import { HELPERS, kindsIn } from './schema-helpers.js';
import type { HelperKind } from './schema-helpers.js';
import { SourcePrinter, quote } from '../printer/source-printer.js';

const TABLES = ['handlers', 'events', 'errors'];

/** The type that only the compiler reads. */
const RESERVED = [...TABLES, ...PLAIN_NAMES, 'Checked'];

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
