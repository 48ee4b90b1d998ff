/**
 * Row readers: for each type that is sent as a row, a function that reads one value from an index on.
 *
 * Readers run before any check, on any parsed JSON. They decode as well: the value has the contract's types.
 */
import type { NamedType } from '../../model/model.js';
import { inlinedType } from '../../model/row-layout.js';
import type { Column, Layout } from '../../model/row-layout.js';
import { unpackOf } from '../codecs/emit-unpack.js';
import type { ContractPage } from '../contract-page.js';
import { fromRowFunctionName, propertyName } from '../names.js';
import { braces, brackets, call } from '../printer/fragment.js';
import type { Fragment } from '../printer/fragment.js';
import { quote } from '../printer/literals.js';

/** Writes `fromRowX` for a type. */
export function emitFromRow(page: ContractPage, type: NamedType): void {
  const { recursion, rowUse } = page.model;
  const depth = rowUse.deep.has(type.name) ? ', depth = 0' : '';
  const row = page.runtimeType('Row');
  page.line();
  page.block(
    `function ${fromRowFunctionName(type.name)}(row: ${row}, at: number${depth}): unknown {`,
    () => {
      // The check rejects any value that is nested this deep.
      if (recursion.isRecursive(type.name)) {
        page.line(`if (depth > ${page.runtime('MAX_DEPTH')}) return row;`);
      }
      emitBody(page, type);
    },
    '}',
  );
}

interface OffsetColumn extends Column {
  /** The number of values before the column. */
  readonly offset: number;
}

function offsetColumns(page: ContractPage, name: string): readonly OffsetColumn[] {
  const { rows } = page.model;
  let offset = 0;
  return rows.columns(name).map((column) => {
    const withOffset = { ...column, offset };
    offset += rows.width(column);
    return withOffset;
  });
}

function emitBody(page: ContractPage, { name, shape }: NamedType): void {
  const withOffsets = offsetColumns(page, name);
  if (shape.kind !== 'object') {
    const items = withOffsets.map((column) => columnValue(page, column, name));
    return page.line('return ', brackets(items), ';');
  }
  const columns = shape.members.flatMap(({ key }) => withOffsets.filter((column) => column.key === key));
  const certain = columns.filter(({ absence }) => absence === undefined);
  const fields = braces(
    certain.map((column): Fragment => [`${propertyName(column.key)}: `, columnValue(page, column, name)]),
  );
  if (certain.length === columns.length) return page.line('return ', fields, ';');

  page.line('const value: Record<string, unknown> = ', fields, ';');
  for (const column of columns) if (column.absence !== undefined) emitOptional(page, column, name);
  page.line('return value;');
}

/** Writes the line that sets an optional member, so that a missing member does not become `undefined`. */
function emitOptional(page: ContractPage, column: OffsetColumn, type: string): void {
  const slot = `row[${at(column)}]`;
  const isBoxed = column.absence === 'empty box';
  const cell = isBoxed ? `${page.runtime('unbox')}(${slot})` : slot;
  const missing = isBoxed ? 'undefined' : column.absence;
  const value = valueIn(page, column.layout, cell, type);
  page.line(`if (${cell} !== ${missing}) value[${quote(column.key)}] = `, value, ';');
}

function columnValue(page: ContractPage, column: OffsetColumn, type: string): Fragment {
  const inlined = inlinedType(column);
  if (inlined === undefined) return valueIn(page, column.layout, `row[${at(column)}]`, type);
  return `${fromRowFunctionName(inlined)}(row, ${at(column)}${depthOf(page, inlined, type)})`;
}

function depthOf(page: ContractPage, to: string, from: string | undefined): string {
  return page.model.rowUse.deep.has(to) ? page.depthArgument(to, from) : '';
}

function at({ offset }: OffsetColumn): string {
  return offset === 0 ? 'at' : `at + ${offset}`;
}

/**
 * Returns an expression for the value that the single value `cell` encodes.
 *
 * @param type - The type whose function the expression is part of.
 */
export function valueIn(
  page: ContractPage,
  layout: Layout,
  cell: string,
  type: string | undefined,
): Fragment {
  switch (layout.kind) {
    case 'packed':
      return unpackOf(page, layout.shape, cell, type);
    case 'row':
      return readCall(page, 'readRow', cell, layout.name, type);
    case 'list': {
      if (layout.item.kind === 'row') return readCall(page, 'readRows', cell, layout.item.name, type);
      const item: Fragment = ['(item) => ', valueIn(page, layout.item, 'item', type)];
      return call(page.runtime('unpackArray'), [cell, item]);
    }
    case 'orNull':
      // Readers of a single value leave `null` unchanged.
      return valueIn(page, layout.of, cell, type);
  }
}

function readCall(
  page: ContractPage,
  name: 'readRow' | 'readRows',
  cell: string,
  itemType: string,
  type: string | undefined,
): Fragment {
  const depth = depthOf(page, itemType, type);
  const fromRow = fromRowFunctionName(itemType);
  const reader = depth === '' ? fromRow : `(row, at) => ${fromRow}(row, at${depth})`;
  return call(page.runtime(name), [cell, String(page.model.rows.arity(itemType)), reader]);
}
