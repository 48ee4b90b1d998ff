/**
 * Rows: functions for each type of a page that travels by position (`row-layout.ts` says where things stand).
 *
 * `rowX` makes an array of a value's members, `putX` adds them to an array that holds more, `takeX` is the way back
 * (`emit-take.ts`). A page has those that somebody calls. They run on what a check has accepted.
 */
import type { Member, NamedType, Shape } from '../../model/model.js';
import { inlinedType } from '../../model/row-layout.js';
import type { Column, Layout } from '../../model/row-layout.js';
import { allowsAbsent } from '../../model/shapes.js';
import { list } from '../printer/fragment.js';
import type { Doc } from '../printer/fragment.js';
import { memberPack, packOf } from '../codecs/emit-pack.js';
import { emitTake, valueIn } from './emit-row-readers.js';
import { putFunctionName, rowFunctionName, takeFunctionName } from '../page-model.js';
import { RUNTIME, readMembers, runtime } from '../emit-context.js';
import type { PageScope } from '../emit-context.js';
import { holdsColumns } from '../../model/row-use.js';

/** Writes what is needed of `rowX`, `putX` and `takeX` for a type. */
export function emitRows(page: PageScope, type: NamedType): void {
  const { alone, added, taken } = page.model.rowUse;
  if (alone.has(type.name)) emitRow(page, type);
  if (added.has(type.name)) emitPut(page, type);
  if (taken.has(type.name)) emitTake(page, type);
}

/** `toRow` and `fromRow` of a place; nothing where rows gain nothing. */
export function rowPlaces(page: PageScope, shape: Shape): readonly Doc[] {
  const { rows, types } = page.model;
  const layout = rows.ofPlace(shape);
  if (layout === undefined) return [];
  const isByName = layout.kind === 'row' && !holdsColumns(rows, layout.name) && !allowsAbsent(shape, types);
  const absent = allowsAbsent(shape, types) ? 'value === undefined ? value : ' : '';
  const toRow: Doc = isByName
    ? rowFunctionName(layout.name)
    : [`(value) => ${absent}`, cellOf(page, layout, 'value')];
  if (layout.kind !== 'row') {
    return [
      ['toRow: ', toRow],
      ['fromRow: (row) => ', valueIn(page, layout, 'row', undefined)],
    ];
  }
  const args = [toRow, String(rows.arity(layout.name)), takeFunctionName(layout.name)];
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
