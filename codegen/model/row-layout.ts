/**
 * Row layouts: the positions of values in a row, which carries no keys.
 *
 * An object is a run of consecutive values, one per member, in the order of the keys. A required member that is an
 * object is inlined: its values stand among its parent's. An array of objects is one long row. Anything that does not
 * have a fixed number of values takes one position: it is a nested row, or whatever an encoder makes of it (`packed`).
 *
 * Types with the same canonical form must have the same layout. So a layout must not depend on names, on the order in
 * which members are declared, or on whether a type was written inline. Changing a layout requires a new `LAYOUT_VERSION`.
 */
import { Fingerprints } from './fingerprint.js';
import type { Member, NamedType, Shape } from './model.js';
import { alternativesOf, compare, isOptional, resolve, someInside, tableOf } from './shapes.js';
import type { TypeTable } from './shapes.js';
import { wireKinds } from './wire-kinds.js';

export type Layout =
  /** One value: the output of the shape's encoder. */
  | { readonly kind: 'packed'; readonly shape: Shape }
  /** The columns of a type: inlined in its parent's row, or a nested row where only one position is free. */
  | { readonly kind: 'row'; readonly name: string }
  /** The items of an array. Items that are rows are concatenated. */
  | { readonly kind: 'list'; readonly item: Layout }
  | { readonly kind: 'orNull'; readonly of: Layout };

/** The mark of an absent member: a value that a present one never has, or an empty box (`{}` instead of `{ v: value }`). */
export type Absence = 'null' | '0' | 'false' | 'empty box';

/** A member of an object, or an element of a tuple. */
export interface Column {
  /** The member's key, or the element's index. */
  readonly key: string;
  readonly shape: Shape;
  readonly layout: Layout;
  /** `undefined` for a column that is always present. */
  readonly absence: Absence | undefined;
}

export class RowLayouts {
  readonly #types: TypeTable;
  readonly #fingerprints: Fingerprints;
  readonly #columns = new Map<string, readonly Column[]>();
  readonly #arities = new Map<string, number>();
  /** Types without finite values, since each value requires another one; types being examined count as such. */
  readonly #endless = new Map<string, boolean>();

  constructor(types: readonly NamedType[]) {
    this.#types = tableOf(types);
    this.#fingerprints = new Fingerprints(types);
  }

  /** Returns the layout of a handler's data or result or an event's data; `undefined` where a row saves nothing. */
  ofPayload(shape: Shape): Layout | undefined {
    const layout = this.#ofPresent(shape);
    const hasKeys = someInside(shape, this.#types, ({ kind }) => kind === 'object');
    return layout.kind === 'packed' || !hasKeys ? undefined : layout;
  }

  /** Returns the columns of a type in row order. */
  columns(name: string): readonly Column[] {
    const known = this.#columns.get(name) ?? this.#columnsOf(this.#shapeOf(name));
    this.#columns.set(name, known);
    return known;
  }

  /** Returns how many positions a value of the type takes. */
  arity(name: string): number {
    const known =
      this.#arities.get(name) ?? this.columns(name).reduce((sum, one) => sum + this.width(one), 0);
    this.#arities.set(name, known);
    return known;
  }

  /** Returns how many positions a column takes. */
  width(column: Column): number {
    const inlined = inlinedType(column);
    return inlined === undefined ? 1 : this.arity(inlined);
  }

  #columnsOf(shape: Shape): readonly Column[] {
    if (shape.kind === 'tuple') {
      return shape.head.map((item, i) => {
        return { key: String(i), shape: item, layout: this.#of(item), absence: undefined };
      });
    }
    const members = shape.kind === 'object' ? shape.members : [];
    return members.toSorted((a, b) => compare(a.key, b.key)).map((member) => this.#column(member));
  }

  #column(member: Member): Column {
    const { key, shape } = member;
    if (!isOptional(member, this.#types)) {
      return { key, shape, layout: this.#of(shape), absence: undefined };
    }
    return { key, shape, layout: this.#ofPresent(shape), absence: this.#absence(shape) };
  }

  #absence(shape: Shape): Absence {
    const kinds = wireKinds(shape, this.#types);
    if (!kinds.has('null')) return 'null';
    if (!kinds.has('number')) return '0';
    return kinds.has('boolean') ? 'empty box' : 'false';
  }

  /** Returns the layout at a position that cannot be absent, where JSON would turn `undefined` into `null`. */
  #of(shape: Shape, above: readonly Shape[] = []): Layout {
    return this.#has(shape, 'undefined') ? { kind: 'packed', shape } : this.#ofPresent(shape, above);
  }

  /** Returns the layout of the values other than `undefined`. */
  #ofPresent(shape: Shape, above: readonly Shape[] = []): Layout {
    const present = alternativesOf(shape, this.#types).filter((one) => {
      return !['null', 'undefined'].includes(resolve(one, this.#types).kind);
    });
    const only = this.#onlyOne(present);
    const layout = only === undefined ? undefined : this.#single(only, above);
    if (layout === undefined) return { kind: 'packed', shape };
    return this.#has(shape, 'null') ? { kind: 'orNull', of: layout } : layout;
  }

  /** @param above - The enclosing arrays, which detect an array type that contains only itself. */
  #single(shape: Shape, above: readonly Shape[]): Layout | undefined {
    const resolved = resolve(shape, this.#types);
    if (resolved.kind === 'array') {
      if (above.includes(resolved)) return undefined;
      const item = this.#of(resolved.item, [...above, resolved]);
      return item.kind === 'packed' ? undefined : { kind: 'list', item };
    }
    const name = this.#nameBehind(shape);
    return name === undefined || !isFixed(resolved) || this.#isEndless(name)
      ? undefined
      : { kind: 'row', name };
  }

  #has(shape: Shape, kind: Shape['kind']): boolean {
    return alternativesOf(shape, this.#types).some((one) => resolve(one, this.#types).kind === kind);
  }

  #isEndless(name: string): boolean {
    const known = this.#endless.get(name);
    if (known !== undefined) return known;
    this.#endless.set(name, true);
    const isEndless = this.#required(this.#shapeOf(name)).some((one) => this.#isEndless(one));
    this.#endless.set(name, isEndless);
    return isEndless;
  }

  /** Returns the types of which every value of the shape contains at least one value. */
  #required(shape: Shape): readonly string[] {
    const members = shape.kind === 'object' ? shape.members : [];
    const shapes = members.filter((one) => !isOptional(one, this.#types)).map((one) => one.shape);
    return [...shapes, ...(shape.kind === 'tuple' ? shape.head : [])].flatMap((one) => {
      const only = this.#onlyOne(alternativesOf(one, this.#types));
      const name = only === undefined ? undefined : this.#nameBehind(only);
      return name === undefined ? [] : [name];
    });
  }

  #onlyOne([first, ...others]: readonly Shape[]): Shape | undefined {
    if (first === undefined || others.length === 0) return first;
    const identity = this.#fingerprints.identityOf(first);
    return others.every((one) => this.#fingerprints.identityOf(one) === identity) ? first : undefined;
  }

  /** Returns the name at the end of a chain of aliases. */
  #nameBehind(shape: Shape): string | undefined {
    if (shape.kind !== 'named') return undefined;
    return this.#nameBehind(this.#shapeOf(shape.name)) ?? shape.name;
  }

  #shapeOf(name: string): Shape {
    const type = this.#types.get(name);
    if (type === undefined) throw new Error(`no type is named ${name}`);
    return type.shape;
  }
}

/** Returns the type whose columns are inlined in the parent's row. */
export function inlinedType({ layout, absence }: Column): string | undefined {
  return layout.kind === 'row' && absence === undefined ? layout.name : undefined;
}

/** Whether all values of a shape take the same number of positions, and at least one. */
function isFixed(shape: Shape): boolean {
  if (shape.kind === 'tuple') {
    return (
      shape.head.length > 0 && [...shape.optional, ...shape.tail].length === 0 && shape.rest === undefined
    );
  }
  // A literal with `__proto__: value` would set a prototype.
  return (
    shape.kind === 'object' &&
    shape.members.length > 0 &&
    shape.members.every(({ key }) => key !== '__proto__')
  );
}
