/**
 * Row layouts: where values stand when they travel by position instead of by name.
 *
 * An object is as many consecutive values as it has members, in the order of their keys. One that is always there
 * takes its places among its parent's, and an array of objects is one long row. What does not come to a fixed number
 * of values is one value: a row of its own, or what an encoder makes of it (`packed`).
 *
 * Types with the same canonical form must have the same layout. So nothing here may depend on names, on the order in
 * which members are declared, or on what was written inline; and another layout needs another `LAYOUT_VERSION`.
 */
import { Fingerprints } from './fingerprint.js';
import type { Member, NamedType, Shape } from './model.js';
import { alternativesOf, compare, isOptional, resolve, someInside, tableOf } from './shapes.js';
import type { TypeTable } from './shapes.js';
import { wireKinds } from './wire-kinds.js';

export type Layout =
  /** One value, as the shape's encoder makes it. */
  | { readonly kind: 'packed'; readonly shape: Shape }
  /** The columns of a type: among its parent's, or as a row of their own where one value has to stand. */
  | { readonly kind: 'row'; readonly name: string }
  /** The items of an array; rows lie in it one behind the other. */
  | { readonly kind: 'list'; readonly item: Layout }
  | { readonly kind: 'orNull'; readonly of: Layout };

/** What stands for an absent member: a value that a present one never has, or a box with nothing in it. */
export type Absence = 'null' | '0' | 'false' | 'empty box';

/** A member of an object, or a place of a tuple. */
export interface Column {
  /** Of a place: its number. */
  readonly key: string;
  readonly shape: Shape;
  readonly layout: Layout;
  /** `undefined` for what is always there. */
  readonly absence: Absence | undefined;
}

export class RowLayouts {
  readonly #types: TypeTable;
  readonly #canonical: Fingerprints;
  readonly #columns = new Map<string, readonly Column[]>();
  readonly #arities = new Map<string, number>();
  /** Types of which no value can end, because each holds another; and those that are being asked. */
  readonly #endless = new Map<string, boolean>();

  constructor(types: readonly NamedType[]) {
    this.#types = tableOf(types);
    this.#canonical = new Fingerprints(types);
  }

  /** How the values of a handler's or an event's place travel; `undefined` where rows gain nothing. */
  ofPlace(shape: Shape): Layout | undefined {
    const layout = this.#ofPresent(shape);
    const hasKeys = someInside(shape, this.#types, ({ kind }) => kind === 'object');
    return layout.kind === 'packed' || !hasKeys ? undefined : layout;
  }

  /** The columns of a type, in the order in which they stand in a row. */
  columns(name: string): readonly Column[] {
    const known = this.#columns.get(name) ?? this.#columnsOf(this.#shapeOf(name));
    this.#columns.set(name, known);
    return known;
  }

  /** How many values of a row one value of the type takes. */
  arity(name: string): number {
    const known =
      this.#arities.get(name) ?? this.columns(name).reduce((sum, one) => sum + this.width(one), 0);
    this.#arities.set(name, known);
    return known;
  }

  /** How many values a column takes. */
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

  /** Of something that stands where nothing can be absent: JSON makes `null` of `undefined` there. */
  #of(shape: Shape, above: readonly Shape[] = []): Layout {
    return this.#has(shape, 'absent') ? { kind: 'packed', shape } : this.#ofPresent(shape, above);
  }

  /** Of what stands there if anything does. */
  #ofPresent(shape: Shape, above: readonly Shape[] = []): Layout {
    const present = alternativesOf(shape, this.#types).filter((one) => {
      return !['null', 'absent'].includes(resolve(one, this.#types).kind);
    });
    const only = this.#onlyOne(present);
    const layout = only === undefined ? undefined : this.#single(only, above);
    if (layout === undefined) return { kind: 'packed', shape };
    return this.#has(shape, 'null') ? { kind: 'orNull', of: layout } : layout;
  }

  /** @param above - The arrays around it, for one that holds nothing but itself. */
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

  /** The types of which every value of the shape holds one. */
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
    const identity = this.#canonical.identityOf(first);
    return others.every((one) => this.#canonical.identityOf(one) === identity) ? first : undefined;
  }

  /** The last of the names that stand for each other. */
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

/** The type whose columns stand among those of its parent. */
export function inlinedType({ layout, absence }: Column): string | undefined {
  return layout.kind === 'row' && absence === undefined ? layout.name : undefined;
}

/** Whether all values of a shape have the same number of parts, and at least one. */
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
