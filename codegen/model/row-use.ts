/**
 * Row use: which of a page's types travel by position, and so which functions the page has to have for them.
 */
import type { Shape } from './model.js';
import type { Recursion } from './recursion.js';
import { inlinedType } from './row-layout.js';
import type { Layout, RowLayouts } from './row-layout.js';
import { namesIn } from './shapes.js';

/** Names of types, by what somebody does with them. */
export interface RowUse {
  /** Becomes an array of its own, and nothing in it adds to that array. */
  readonly alone: ReadonlySet<string>;
  /** Adds its values to a row that is being written. */
  readonly added: ReadonlySet<string>;
  /** Is read from a row. */
  readonly taken: ReadonlySet<string>;
  /** Is read by something that has to know how deep it is. */
  readonly deep: ReadonlySet<string>;
}

export interface RowContext {
  readonly layouts: RowLayouts;
  readonly recursion: Recursion;
  /** Whether the receiver turns values of a type back. */
  readonly isUnpacked: (name: string) => boolean;
}

/** @param places - What stands in the places of handlers and events. */
export function rowUse(context: RowContext, places: readonly Shape[]): RowUse {
  const { layouts } = context;
  const walk = new UseWalk(layouts);
  for (const layout of places.map((place) => layouts.ofPlace(place))) {
    if (layout !== undefined) walk.cell(layout);
  }
  const { alone, added, taken } = walk;
  return { alone, added, taken, deep: deepTypes(context, taken) };
}

/** Types come after what they mention, unless they contain themselves. */
function deepTypes({ layouts, recursion, isUnpacked }: RowContext, taken: ReadonlySet<string>): Set<string> {
  const deep = new Set<string>();
  const isDeep = (layout: Layout): boolean => {
    if (layout.kind === 'orNull') return isDeep(layout.of);
    if (layout.kind === 'list') return isDeep(layout.item);
    if (layout.kind === 'row') return deep.has(layout.name);
    return namesIn(layout.shape).some((name) => recursion.isDeep(name) && isUnpacked(name));
  };
  for (const { name } of recursion.groups.flat().filter((type) => taken.has(type.name))) {
    const columns = layouts.columns(name);
    if (recursion.isRecursive(name) || columns.some(({ layout }) => isDeep(layout))) deep.add(name);
  }
  return deep;
}

/** Whether a type's row holds the columns of other types. */
export function holdsColumns(layouts: RowLayouts, name: string): boolean {
  return layouts.columns(name).some((column) => inlinedType(column) !== undefined);
}

class UseWalk {
  readonly alone = new Set<string>();
  readonly added = new Set<string>();
  readonly taken = new Set<string>();
  readonly #layouts: RowLayouts;

  constructor(layouts: RowLayouts) {
    this.#layouts = layouts;
  }

  cell(layout: Layout): void {
    if (layout.kind === 'orNull') this.cell(layout.of);
    if (layout.kind === 'row') {
      (holdsColumns(this.#layouts, layout.name) ? this.added : this.alone).add(layout.name);
      this.#columns(layout.name);
    }
    if (layout.kind !== 'list') return;
    if (layout.item.kind === 'row') this.#add(layout.item.name);
    else this.cell(layout.item);
  }

  #add(name: string): void {
    this.added.add(name);
    this.#columns(name);
  }

  #columns(name: string): void {
    if (this.taken.has(name)) return;
    this.taken.add(name);
    for (const column of this.#layouts.columns(name)) {
      const inlined = inlinedType(column);
      if (inlined === undefined) this.cell(column.layout);
      else this.#add(inlined);
    }
  }
}
