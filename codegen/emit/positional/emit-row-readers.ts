/**
 * Readers of rows: for each type of a page that travels by position, a function that makes a value of what stands from
 * a place on.
 *
 * They run on whatever was parsed, before any check, and do what a decoder does: what they make is in the contract's
 * terms.
 */
import type { NamedType } from '../../model/model.js';
import { inlinedType } from '../../model/row-layout.js';
import type { Column, Layout } from '../../model/row-layout.js';
import { braces, list } from '../printer/fragment.js';
import type { Doc } from '../printer/fragment.js';
import { unpackOf } from '../codecs/emit-unpack.js';
import { propertyName } from '../names.js';
import { takeFunctionName } from '../page-model.js';
import { RUNTIME, depthArgument, runtime } from '../emit-context.js';
import type { PageScope } from '../emit-context.js';
import { quote } from '../printer/source-printer.js';

/** Writes `takeX` for a type. */
export function emitTake(page: PageScope, type: NamedType): void {
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
export function valueIn(page: PageScope, layout: Layout, cell: string, type: string | undefined): Doc {
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
