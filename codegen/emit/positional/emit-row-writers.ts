/**
 * Row writers: for each type that is sent as a row, the functions that write it (`row-layout.ts` defines the columns).
 *
 * `toRowX` returns an array of a value's members, `pushRowX` appends them to an array that holds other values as well,
 * `fromRowX` reads them back (`emit-row-readers.ts`). A page has the functions that it calls. Writers run only on values
 * that a check has accepted.
 */
import type { Member, NamedType, Shape } from '../../model/model.js';
import { inlinedType } from '../../model/row-layout.js';
import type { Column, Layout } from '../../model/row-layout.js';
import { allowsUndefined } from '../../model/shapes.js';
import { memberPack, packOf } from '../codecs/emit-pack.js';
import { emitFromRow, valueIn } from './emit-row-readers.js';
import { holdsColumns } from '../../model/row-use.js';
import type { ContractPage } from '../contract-page.js';
import { destructure } from '../destructure.js';
import { fromRowFunctionName, pushRowFunctionName, toRowFunctionName } from '../names.js';
import { brackets, call } from '../printer/fragment.js';
import type { Fragment } from '../printer/fragment.js';

/** Writes those of `toRowX`, `pushRowX` and `fromRowX` that the page calls. */
export function emitRows(page: ContractPage, type: NamedType): void {
  const { toRow, pushRow, fromRow } = page.model.rowUse;
  if (toRow.has(type.name)) emitToRow(page, type);
  if (pushRow.has(type.name)) emitPushRow(page, type);
  if (fromRow.has(type.name)) emitFromRow(page, type);
}

/** Returns `toRow` and `fromRow` of a payload; nothing for payloads that are sent as keyed JSON. */
export function rowMembers(page: ContractPage, shape: Shape): readonly Fragment[] {
  const { rows, types } = page.model;
  const layout = rows.ofPayload(shape);
  if (layout === undefined) return [];
  const hasFunction =
    layout.kind === 'row' && !holdsColumns(rows, layout.name) && !allowsUndefined(shape, types);
  const absent = allowsUndefined(shape, types) ? 'value === undefined ? value : ' : '';
  const toRow: Fragment = hasFunction
    ? toRowFunctionName(layout.name)
    : [`(value) => ${absent}`, cellOf(page, layout, 'value')];
  if (layout.kind !== 'row') {
    return [
      ['toRow: ', toRow],
      ['fromRow: (row) => ', valueIn(page, layout, 'row', undefined)],
    ];
  }
  const args = [toRow, String(rows.arity(layout.name)), fromRowFunctionName(layout.name)];
  return [call(`...${page.runtime('rowCodec')}`, args)];
}

function emitToRow(page: ContractPage, type: NamedType): void {
  page.line();
  page.block(
    `function ${toRowFunctionName(type.name)}(value: unknown): unknown[] {`,
    () => {
      const locals = readColumns(page, type);
      const cells = page.model.rows
        .columns(type.name)
        .map((column, i) => columnCell(page, column, locals[i]));
      page.line('return ', brackets(cells), ';');
    },
    '}',
  );
}

function emitPushRow(page: ContractPage, type: NamedType): void {
  page.line();
  page.block(
    `function ${pushRowFunctionName(type.name)}(row: unknown[], value: unknown): void {`,
    () => {
      const locals = readColumns(page, type);
      let cells: Fragment[] = [];
      const flush = (): void => {
        if (cells.length > 0) page.line(call('row.push', cells), ';');
        cells = [];
      };
      for (const [i, column] of page.model.rows.columns(type.name).entries()) {
        const inlined = inlinedType(column);
        if (inlined === undefined) {
          cells.push(columnCell(page, column, locals[i]));
          continue;
        }
        flush();
        page.line(`${pushRowFunctionName(inlined)}(row, ${locals[i] ?? ''});`);
      }
      flush();
    },
    '}',
  );
}

/** Writes the line that reads the columns into variables. Returns their expressions, in the order of the columns. */
function readColumns(page: ContractPage, { name, shape }: NamedType): readonly string[] {
  const columns = page.model.rows.columns(name);
  if (shape.kind !== 'object') {
    page.line(`const items = value as ${page.runtimeType('Row')};`);
    return columns.map(({ key }) => `items[${key}]`);
  }
  const locals = destructure(page, shape.members, `value as ${page.runtimeType('Fields')}`, ['row']);
  return columns.map(({ key }) => locals[shape.members.findIndex((member) => member.key === key)] ?? '');
}

function columnCell(page: ContractPage, column: Column, local = ''): Fragment {
  const { absence } = column;
  if (absence === undefined) return cellOf(page, column.layout, local);
  const present = column.layout.kind === 'packed' ? packedMember(page, column, local) : undefined;
  if (absence === 'empty box') return ['{ v: ', present ?? orAbsent(page, column, local, local), ' }'];
  // `JSON.stringify` writes `undefined` in an array as `null`.
  if (absence === 'null') return present ?? orAbsent(page, column, local, local);
  return orAbsent(page, column, local, absence);
}

function packedMember(page: ContractPage, { key, shape }: Column, local: string): Fragment {
  const member: Member = { key, shape, optional: true };
  return memberPack(page, member, local);
}

function orAbsent(page: ContractPage, { layout }: Column, local: string, absent: string): Fragment {
  return [`${local} === undefined ? ${absent} : `, cellOf(page, layout, local)];
}

/** Returns an expression for the single value that encodes the value of `local`. */
function cellOf(page: ContractPage, layout: Layout, local: string): Fragment {
  switch (layout.kind) {
    case 'packed':
      return packOf(page, layout.shape, local);
    case 'row':
      return holdsColumns(page.model.rows, layout.name)
        ? `${page.runtime('writeRow')}(${local}, ${pushRowFunctionName(layout.name)})`
        : `${toRowFunctionName(layout.name)}(${local})`;
    case 'list': {
      if (layout.item.kind === 'row') {
        return `${page.runtime('writeRows')}(${local}, ${pushRowFunctionName(layout.item.name)})`;
      }
      const inner = local === 'item' ? 'inner' : 'item';
      const item: Fragment = [`(${inner}) => `, cellOf(page, layout.item, inner)];
      return call(page.runtime('packArray'), [local, item]);
    }
    case 'orNull':
      return [`${local} === null ? ${local} : `, cellOf(page, layout.of, local)];
  }
}
