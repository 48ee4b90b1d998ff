/**
 * Rows: functions for each type of a page that travels by position (`row-layout.ts` says where things stand).
 *
 * `rowX` makes an array of a value's members, `putX` adds them to an array that holds more, `takeX` makes a value of
 * what stands from a place on. A page has those that somebody calls. Writers run on what a check has accepted, readers
 * on whatever was parsed, before any check.
 */
import type { Member, NamedType } from '../model.js';
import { inlinedType } from '../row-layout.js';
import type { Column, Layout } from '../row-layout.js';
import { braces, list } from './doc.js';
import type { Doc } from './doc.js';
import { memberPack, packOf } from './emit-pack.js';
import { unpackOf } from './emit-unpack.js';
import { propertyName } from './names.js';
import { putFunctionName, rowFunctionName, takeFunctionName } from './page-model.js';
import { RUNTIME, depthArgument, readMembers, runtime } from './page-scope.js';
import type { PageScope } from './page-scope.js';
import { holdsColumns } from './row-use.js';
import { quote } from './source-printer.js';

/** Writes what is needed of `rowX`, `putX` and `takeX` for a type. */
export function emitRows(page: PageScope, type: NamedType): void {
  const { alone, added, taken } = page.model.rowUse;
  if (alone.has(type.name)) emitRow(page, type);
  if (added.has(type.name)) emitPut(page, type);
  if (taken.has(type.name)) emitTake(page, type);
}

/** `toRow` and `fromRow` of a place; nothing where rows gain nothing. */
export function rowPlaces(page: PageScope, layout: Layout | undefined): readonly Doc[] {
  if (layout === undefined) return [];
  const write: Doc = ['(value) => ', cellOf(page, layout, 'value')];
  if (layout.kind !== 'row') {
    return [
      ['toRow: ', write],
      ['fromRow: (row) => ', valueIn(page, layout, 'row', undefined)],
    ];
  }
  const { name } = layout;
  const toRow = holdsColumns(page.model.rows, name) ? write : rowFunctionName(name);
  const args = [toRow, String(page.model.rows.arity(name)), takeFunctionName(name)];
  return [list(`...${runtime(page, 'byPosition')}(`, args, ')')];
}

function emitRow(page: PageScope, type: NamedType): void {
  page.out.line();
  page.out.block(
    `function ${rowFunctionName(type.name)}(value: unknown): unknown[] {`,
    () => {
      const locals = readColumns(page, type);
      const cells = page.model.rows
        .columns(type.name)
        .map((column, i) => columnCell(page, column, locals[i]));
      page.out.line('return ', list('[', cells, ']'), ';');
    },
    '}',
  );
}

function emitPut(page: PageScope, type: NamedType): void {
  page.out.line();
  page.out.block(
    `function ${putFunctionName(type.name)}(row: unknown[], value: unknown): void {`,
    () => {
      const locals = readColumns(page, type);
      let cells: Doc[] = [];
      const flush = (): void => {
        if (cells.length > 0) page.out.line(list('row.push(', cells, ')'), ';');
        cells = [];
      };
      for (const [i, column] of page.model.rows.columns(type.name).entries()) {
        const inlined = inlinedType(column);
        if (inlined === undefined) {
          cells.push(columnCell(page, column, locals[i]));
          continue;
        }
        flush();
        page.out.line(`${putFunctionName(inlined)}(row, ${locals[i] ?? ''});`);
      }
      flush();
    },
    '}',
  );
}

/** Reads what stands in the columns into variables. Returns expressions, in the order of the columns. */
function readColumns(page: PageScope, { name, shape }: NamedType): readonly string[] {
  const columns = page.model.rows.columns(name);
  if (shape.kind !== 'object') {
    page.out.line(`const items = value as ${page.out.useType('Row', RUNTIME)};`);
    return columns.map(({ key }) => `items[${key}]`);
  }
  const locals = readMembers(page, shape.members, `value as ${page.out.useType('Fields', RUNTIME)}`, ['row']);
  return columns.map(({ key }) => locals[shape.members.findIndex((member) => member.key === key)] ?? '');
}

function columnCell(page: PageScope, column: Column, local = ''): Doc {
  const { absence } = column;
  if (absence === undefined) return cellOf(page, column.layout, local);
  const present = column.layout.kind === 'packed' ? packedMember(page, column, local) : undefined;
  if (absence === 'empty box') return ['{ v: ', present ?? orAbsent(page, column, local, local), ' }'];
  // JSON makes `null` of `undefined`.
  if (absence === 'null') return present ?? orAbsent(page, column, local, local);
  return orAbsent(page, column, local, absence);
}

function packedMember(page: PageScope, { key, shape }: Column, local: string): Doc {
  const member: Member = { key, shape, optional: true };
  return memberPack(page, member, local);
}

function orAbsent(page: PageScope, { layout }: Column, local: string, absent: string): Doc {
  return [`${local} === undefined ? ${absent} : `, cellOf(page, layout, local)];
}

/** An expression for the one value that stands for what `local` holds. */
function cellOf(page: PageScope, layout: Layout, local: string): Doc {
  switch (layout.kind) {
    case 'packed':
      return packOf(page, layout.shape, local);
    case 'row':
      return holdsColumns(page.model.rows, layout.name)
        ? `${runtime(page, 'rowOf')}(${local}, ${putFunctionName(layout.name)})`
        : `${rowFunctionName(layout.name)}(${local})`;
    case 'list': {
      if (layout.item.kind === 'row') {
        return `${runtime(page, 'rowOfAll')}(${local}, ${putFunctionName(layout.item.name)})`;
      }
      const inner = local === 'item' ? 'inner' : 'item';
      const item: Doc = [`(${inner}) => `, cellOf(page, layout.item, inner)];
      return list(`${runtime(page, 'packArray')}(`, [local, item], ')');
    }
    case 'orNull':
      return [`${local} === null ? ${local} : `, cellOf(page, layout.of, local)];
  }
}

function emitTake(page: PageScope, type: NamedType): void {
  const { recursion, rowUse } = page.model;
  const depth = rowUse.deep.has(type.name) ? ', depth = 0' : '';
  const row = page.out.useType('Row', RUNTIME);
  page.out.line();
  page.out.block(
    `function ${takeFunctionName(type.name)}(row: ${row}, at: number${depth}): unknown {`,
    () => {
      // Nested as deep as this, a check refuses whatever there is.
      if (recursion.isRecursive(type.name)) {
        page.out.line(`if (depth > ${runtime(page, 'MAX_DEPTH')}) return row;`);
      }
      emitTaken(page, type);
    },
    '}',
  );
}

interface PlacedColumn extends Column {
  /** How many values stand before it. */
  readonly offset: number;
}

function placedColumns(page: PageScope, name: string): readonly PlacedColumn[] {
  const { rows } = page.model;
  let offset = 0;
  return rows.columns(name).map((column) => {
    const placed = { ...column, offset };
    offset += rows.width(column);
    return placed;
  });
}

function emitTaken(page: PageScope, { name, shape }: NamedType): void {
  const placed = placedColumns(page, name);
  if (shape.kind !== 'object') {
    const items = placed.map((column) => taken(page, column, name));
    return page.out.line('return ', list('[', items, ']'), ';');
  }
  const columns = shape.members.flatMap(({ key }) => placed.filter((column) => column.key === key));
  const certain = columns.filter(({ absence }) => absence === undefined);
  const fields = braces(
    certain.map((column): Doc => [`${propertyName(column.key)}: `, taken(page, column, name)]),
  );
  if (certain.length === columns.length) return page.out.line('return ', fields, ';');

  page.out.line('const value: Record<string, unknown> = ', fields, ';');
  for (const column of columns) if (column.absence !== undefined) emitOptional(page, column, name);
  page.out.line('return value;');
}

/** What is absent must not be there as `undefined`. */
function emitOptional(page: PageScope, column: PlacedColumn, type: string): void {
  const place = `row[${at(column)}]`;
  const isBoxed = column.absence === 'empty box';
  const cell = isBoxed ? `${runtime(page, 'inBox')}(${place})` : place;
  const nothing = isBoxed ? 'undefined' : column.absence;
  const value = valueIn(page, column.layout, cell, type);
  page.out.line(`if (${cell} !== ${nothing}) value[${quote(column.key)}] = `, value, ';');
}

function taken(page: PageScope, column: PlacedColumn, type: string): Doc {
  const inlined = inlinedType(column);
  if (inlined === undefined) return valueIn(page, column.layout, `row[${at(column)}]`, type);
  return `${takeFunctionName(inlined)}(row, ${at(column)}${depthOf(page, inlined, type)})`;
}

function depthOf(page: PageScope, to: string, from: string | undefined): string {
  return page.model.rowUse.deep.has(to) ? depthArgument(page, to, from) : '';
}

function at({ offset }: PlacedColumn): string {
  return offset === 0 ? 'at' : `at + ${offset}`;
}

/** An expression for what the one value `cell` stands for. `type` is the type whose function this stands in. */
function valueIn(page: PageScope, layout: Layout, cell: string, type: string | undefined): Doc {
  switch (layout.kind) {
    case 'packed':
      return unpackOf(page, layout.shape, cell, type);
    case 'row':
      return takeCall(page, 'takeOne', cell, layout.name, type);
    case 'list': {
      if (layout.item.kind === 'row') return takeCall(page, 'takeAll', cell, layout.item.name, type);
      const item: Doc = ['(item) => ', valueIn(page, layout.item, 'item', type)];
      return list(`${runtime(page, 'unpackArray')}(`, [cell, item], ')');
    }
    case 'orNull':
      // Readers of one value leave `null` as it is.
      return valueIn(page, layout.of, cell, type);
  }
}

function takeCall(
  page: PageScope,
  reader: 'takeOne' | 'takeAll',
  cell: string,
  name: string,
  type: string | undefined,
): Doc {
  const depth = depthOf(page, name, type);
  const take = takeFunctionName(name);
  const takeHere = depth === '' ? take : `(row, at) => ${take}(row, at${depth})`;
  return list(`${runtime(page, reader)}(`, [cell, String(page.model.rows.arity(name)), takeHere], ')');
}
