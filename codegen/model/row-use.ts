/**
 * Row use: which of a page's types are sent as rows, and which row functions the page needs for them.
 */
import type { Shape } from './model.js';
import type { Recursion } from './recursion.js';
import { inlinedType } from './row-layout.js';
import type { Layout, RowLayouts } from './row-layout.js';
import { namesIn } from './shapes.js';

/** The names of the types that need each of the row functions. */
export interface RowUse {
  /** Types that need `toRowX`: encoded as their own array, without inlined children. */
  readonly toRow: ReadonlySet<string>;
  /** Types that need `pushRowX`: their values are appended to a row that holds other values as well. */
  readonly pushRow: ReadonlySet<string>;
  /** Types that need `fromRowX`. */
  readonly fromRow: ReadonlySet<string>;
  /** The types among `fromRow` whose function counts levels of nesting. */
  readonly deep: ReadonlySet<string>;
}

export interface RowContext {
  readonly layouts: RowLayouts;
  readonly recursion: Recursion;
  /** Whether the receiver has to decode values of a type. */
  readonly isUnpacked: (name: string) => boolean;
}

/** @param payloads - The data and results of handlers, and the data of events. */
export function rowUse(context: RowContext, payloads: readonly Shape[]): RowUse {
  const { layouts } = context;
  const walk = new UseWalk(layouts);
  for (const layout of payloads.map((payload) => layouts.ofPayload(payload))) {
    if (layout !== undefined) walk.cell(layout);
  }
  const { toRow, pushRow, fromRow } = walk;
  return { toRow, pushRow, fromRow, deep: deepTypes(context, fromRow) };
}

/** Relies on the order of the groups: except in a cycle, types come after those that they mention. */
function deepTypes(
  { layouts, recursion, isUnpacked }: RowContext,
  fromRow: ReadonlySet<string>,
): Set<string> {
  const deep = new Set<string>();
  const isDeep = (layout: Layout): boolean => {
    if (layout.kind === 'orNull') return isDeep(layout.of);
    if (layout.kind === 'list') return isDeep(layout.item);
    if (layout.kind === 'row') return deep.has(layout.name);
    return namesIn(layout.shape).some((name) => recursion.isDeep(name) && isUnpacked(name));
  };
  for (const { name } of recursion.groups.flat().filter((type) => fromRow.has(type.name))) {
    const columns = layouts.columns(name);
    if (recursion.isRecursive(name) || columns.some(({ layout }) => isDeep(layout))) deep.add(name);
  }
  return deep;
}

/** Whether other types are inlined in a type's row. */
export function holdsColumns(layouts: RowLayouts, name: string): boolean {
  return layouts.columns(name).some((column) => inlinedType(column) !== undefined);
}

class UseWalk {
  readonly toRow = new Set<string>();
  readonly pushRow = new Set<string>();
  readonly fromRow = new Set<string>();
  readonly #layouts: RowLayouts;

  constructor(layouts: RowLayouts) {
    this.#layouts = layouts;
  }

  cell(layout: Layout): void {
    if (layout.kind === 'orNull') this.cell(layout.of);
    if (layout.kind === 'row') {
      (holdsColumns(this.#layouts, layout.name) ? this.pushRow : this.toRow).add(layout.name);
      this.#columns(layout.name);
    }
    if (layout.kind !== 'list') return;
    if (layout.item.kind === 'row') this.#add(layout.item.name);
    else this.cell(layout.item);
  }

  #add(name: string): void {
    this.pushRow.add(name);
    this.#columns(name);
  }

  #columns(name: string): void {
    if (this.fromRow.has(name)) return;
    this.fromRow.add(name);
    for (const column of this.#layouts.columns(name)) {
      const inlined = inlinedType(column);
      if (inlined === undefined) this.cell(column.layout);
      else this.#add(inlined);
    }
  }
}
