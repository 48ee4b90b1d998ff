/**
 * Schema pages: `generated/<contract>.schema.ts`, the contract as TypeBox schemas.
 *
 * Schemas are for documentation, HTTP and tests; no other page imports them, since loading TypeBox costs a cluster memory
 * and time. A property test ensures that schemas accept what the checks accept. (The one difference: TypeBox does not
 * check the holes of an array.)
 */
import type { ContractModel, ErrorModel, EventModel, NamedType } from '../../model/model.js';
import { emitComparison } from './schema-comparison.js';
import { schemaOf } from './schema-expression.js';
import { HELPERS } from './schema-helpers.js';
import type { HelperKind } from './schema-helpers.js';
import { SchemaPage, TABLES } from './schema-page.js';
import { propertyName, uniqueName } from '../names.js';
import { braces } from '../printer/fragment.js';
import type { Fragment } from '../printer/fragment.js';
import { quote } from '../printer/literals.js';

/**
 * Writes a contract's schema page.
 *
 * @param contractImport - The contract file as the page imports it: `../contracts/guilds.js`.
 */
export function emitSchemas(contract: ContractModel, contractImport: string): string {
  const page = new SchemaPage(contract);
  emitHelpers(page);
  for (const group of page.recursion.groups) emitGroup(page, group);
  const handlers = contract.handlers.map(({ name, doc, input, output }): Entry => {
    const payloads = [
      ['input: ', schemaOf(page, input)],
      ['output: ', schemaOf(page, output)],
    ];
    return { doc, value: [`${propertyName(name)}: `, braces(payloads)] };
  });
  const withData = ({ name, doc, data }: EventModel | ErrorModel): Entry => {
    return { doc, value: [`${propertyName(name)}: `, schemaOf(page, data)] };
  };
  const tables = [handlers, contract.events.map(withData), contract.errors.map(withData)];
  let isFirst = true;
  for (const [i, entries] of tables.entries()) {
    if (entries.length === 0) continue;
    if (!isFirst) page.line();
    isFirst = false;
    emitTable(page, TABLES[i] ?? '', entries);
  }
  emitComparison(page, contract, contractImport);
  return page.toString();
}

/** Writes the helpers for types that TypeBox does not provide. */
function emitHelpers(page: SchemaPage): void {
  for (const [kind, name] of page.helpers) {
    const { value, isFunction, note } = HELPERS[kind];
    const text = value(page.builder);
    if (note !== undefined) page.docComment(note);
    if (!isFunction) page.line(`const ${name} = ${text};`);
    else emitHelperFunction(page, kind, name, text);
  }
  if (page.helpers.size > 0) page.line();
}

function emitHelperFunction(page: SchemaPage, kind: HelperKind, name: string, text: string): void {
  const [schema, fixed] = [page.useType('TSchema', 'typebox'), page.useType('Static', 'typebox')];
  const isMap = kind === 'map';
  const parameters = isMap ? `<K extends ${schema}, T extends ${schema}>` : `<T extends ${schema}>`;
  const type = isMap
    ? `Map<${fixed}<K>, ${fixed}<T>>`
    : `${kind === 'set' ? 'Set<' : 'Record<string, '}${fixed}<T>>`;
  const args = isMap ? '_key: K, _value: T' : kind === 'set' ? '_item: T' : 'item: T';
  page.line(`const ${name} = ${parameters}(${args}) => ${page.builder}.Unsafe<${type}>(${text});`);
}

interface Entry {
  readonly doc: string;
  readonly value: Fragment;
}

function emitTable(page: SchemaPage, name: string, entries: readonly Entry[]): void {
  if (entries.length === 0) return;
  page.block(
    `export const ${name} = {`,
    () => {
      for (const { doc, value } of entries) {
        page.docComment(doc);
        page.line(value, ',');
      }
    },
    '};',
  );
}

/** Writes types that contain each other; they share their definitions. */
function emitGroup(page: SchemaPage, group: readonly NamedType[]): void {
  const [first] = group;
  if (first === undefined) return;
  if (group.length === 1 && !page.recursion.isRecursive(first.name)) return emitType(page, first);

  const definitions = group.map((type): Fragment => {
    return [`${propertyName(type.name)}: `, schemaOf(page, type.shape, type.name)];
  });
  const shared =
    group.length > 1
      ? uniqueName(`${page.constantOf(first.name)}Definitions`, (one) => page.types.has(one))
      : '';
  if (shared !== '') page.line(`const ${shared} = `, braces(definitions), ';');
  if (shared !== '') page.line();
  for (const type of group) {
    page.docComment(type.doc);
    const args = [shared === '' ? braces(definitions) : shared, quote(type.name)];
    page.line(`export const ${page.constantOf(type.name)} = `, page.type('Cyclic', args), ';');
    page.line();
  }
}

function emitType(page: SchemaPage, type: NamedType): void {
  page.docComment(type.doc);
  page.line(`export const ${page.constantOf(type.name)} = `, schemaOf(page, type.shape, type.name), ';');
  page.line();
}
