/**
 * Canonical forms and fingerprints.
 *
 * Two processes whose fingerprints for a name agree understand each other there, whatever their contract files look
 * like: order, aliases, comments and options play no part, what may cross does. Types that contain each other are named
 * by what they hold, worked out round by round, so their names play no part either.
 */
import { createHash } from 'node:crypto';
import type { Bounds, Member, NamedType, RecordShape, Shape, TupleShape } from './model.js';
import { findRecursion } from './recursion.js';
import type { Recursion } from './recursion.js';
import { compare, isOptional, tableOf, withoutAbsent } from './shapes.js';
import type { TypeTable } from './shapes.js';

/** How values are laid out on the wire. Another layout, another fingerprint for everything. */
export const LAYOUT_VERSION = 2;

const FINGERPRINT_LENGTH = 16;

/** Longer forms are represented by their hash: types that mention each other often would otherwise explode. */
const MAX_FORM_LENGTH = 200;

type Form = string | { readonly [key: string]: FormValue };
type FormValue = Form | number | boolean | readonly FormValue[];

/**
 * What stands for the types that contain each other while they are worked out; none outside of them. Without it they are
 * called by their names: whether two such types have the same form is not the question then, but whether they are one.
 */
type Colours = ReadonlyMap<string, string> | undefined;

const NONE: Colours = new Map();

/** The page and the lock file of a contract have the same fingerprints in them. */
const known = new WeakMap<readonly NamedType[], Fingerprints>();

/** @param types - Those of one contract. */
export function fingerprintsOf(types: readonly NamedType[]): Fingerprints {
  const fingerprints = known.get(types) ?? new Fingerprints(types);
  known.set(types, fingerprints);
  return fingerprints;
}

/** Makes fingerprints for one contract. */
export class Fingerprints {
  readonly #types: TypeTable;
  readonly #recursion: Recursion;
  readonly #closed = new Map<string, Form>();
  readonly #closedByName = new Map<string, Form>();
  readonly #identities = new Map<Shape, string>();
  readonly #colours = new Map<readonly NamedType[], ReadonlyMap<string, string>>();

  constructor(types: readonly NamedType[]) {
    this.#types = tableOf(types);
    this.#recursion = findRecursion(types);
  }

  /** Hashes a handler or an event: its name on the wire, and what crosses in each place. */
  of(wireName: string, places: readonly Shape[]): string {
    const forms = places.map((shape) => this.#part(shape, NONE));
    return sha256(JSON.stringify([LAYOUT_VERSION, wireName, ...forms])).slice(0, FINGERPRINT_LENGTH);
  }

  /** The same for shapes that count as one where they stand in one union. */
  identityOf(shape: Shape): string {
    return remembered(this.#identities, shape, () => JSON.stringify(this.#part(shape, undefined)));
  }

  #part(shape: Shape, within: Colours): Form {
    return shorten(this.#form(shape, within));
  }

  #form(shape: Shape, within: Colours): Form {
    switch (shape.kind) {
      case 'array':
        return { array: this.#part(shape.item, within), ...boundsForm(shape.bounds) };
      case 'tuple':
        return this.#tuple(shape, within);
      case 'set':
        return { set: this.#part(shape.item, within) };
      case 'map':
        return { map: [this.#part(shape.key, within), this.#part(shape.value, within)] };
      case 'object':
        return { object: this.#members(shape.members, within) };
      case 'record':
        return this.#record(shape, within);
      case 'text':
        return { text: [shape.rules.pattern ?? ''], ...boundsForm(shape.rules) };
      case 'range':
        return { range: shape.of, ...boundsForm(shape.bounds) };
      case 'bytes':
        return shape.as;
      case 'union':
        return this.#union(shape.members, within);
      case 'literal':
        return { literal: shape.value };
      case 'named':
        return this.#named(shape.name, within);
      case 'string':
      case 'number':
      case 'int':
      case 'uint':
      case 'snowflake':
      case 'boolean':
      case 'null':
      case 'absent':
      case 'anything':
      case 'bigint':
      case 'date':
        return shape.kind;
    }
  }

  #tuple({ head, optional, rest, tail }: TupleShape, within: Colours): Form {
    const forms = (shapes: readonly Shape[]): readonly Form[] =>
      shapes.map((shape) => this.#part(shape, within));
    return { tuple: [forms(head), forms(optional), rest === undefined ? [] : forms([rest]), forms(tail)] };
  }

  #record({ members, rules }: RecordShape, within: Colours): Form {
    const keyed = rules.map(({ pattern, value }): FormValue => [pattern ?? '', this.#part(value, within)]);
    return { object: this.#members(members, within), keys: keyed };
  }

  #members(members: readonly Member[], within: Colours): readonly FormValue[] {
    const sorted = members.toSorted((a, b) => compare(a.key, b.key));
    return sorted.map((member): FormValue => {
      if (!isOptional(member, this.#types)) return [member.key, this.#part(member.shape, within)];
      return [member.key, this.#part(withoutAbsent(this.#open(member.shape)), within), 'optional'];
    });
  }

  #union(members: readonly Shape[], within: Colours): Form {
    const alternatives = members.flatMap((member) => this.#alternatives(member));
    const different = new Map(alternatives.map((one) => [this.identityOf(one), one]));
    const forms = [...different.values()].map((one) => this.#part(one, within));
    const sorted = forms.toSorted((a, b) => compare(JSON.stringify(a), JSON.stringify(b)));
    const [first] = sorted;
    return first !== undefined && sorted.length === 1 && typeof first === 'string'
      ? first
      : { union: sorted };
  }

  #alternatives(shape: Shape): readonly Shape[] {
    const opened = this.#open(shape);
    return opened.kind === 'union' ? opened.members.flatMap((one) => this.#alternatives(one)) : [shape];
  }

  /** What does not lead back to where it stands is the same everywhere, and is worked out once. */
  #named(name: string, within: Colours): Form {
    const shape = this.#shapeOf(name);
    if (shape.kind === 'named') return this.#named(shape.name, within);
    const isRecursive = this.#recursion.isRecursive(name);
    if (within === undefined) {
      return isRecursive
        ? { named: name }
        : remembered(this.#closedByName, name, () => this.#form(shape, within));
    }
    const colour = within.get(name);
    if (colour !== undefined) return { cycle: colour };
    return remembered(this.#closed, name, () => {
      return isRecursive ? this.#cycle(name) : this.#form(shape, NONE);
    });
  }

  #cycle(name: string): Form {
    const group = this.#recursion.groups.find((types) => types.some((type) => type.name === name)) ?? [];
    const colours = remembered(this.#colours, group, () => this.#coloursOf(group));
    return { cycle: colours.get(name) ?? '', of: [...colours.values()].toSorted(compare) };
  }

  /**
   * Each round tells types of a group apart by what the last one said of those that they hold, until a round tells no
   * more. Writing them out inside each other would take as long as there are ways through the group.
   */
  #coloursOf(group: readonly NamedType[]): ReadonlyMap<string, string> {
    const types = group.filter(({ shape }) => shape.kind !== 'named');
    let colours = new Map(types.map((type) => [type.name, '']));
    let known = 0;
    for (let different = 1; different > known; different = new Set(colours.values()).size) {
      known = different;
      const last = colours;
      colours = new Map(
        types.map((type) => [type.name, sha256(JSON.stringify(this.#form(type.shape, last)))]),
      );
    }
    return colours;
  }

  /** Looks behind the name of a type that does not contain itself. */
  #open(shape: Shape): Shape {
    if (shape.kind !== 'named' || this.#recursion.isRecursive(shape.name)) return shape;
    return this.#open(this.#shapeOf(shape.name));
  }

  #shapeOf(name: string): Shape {
    const type = this.#types.get(name);
    if (type === undefined) throw new Error(`no type is named ${name}`);
    return type.shape;
  }
}

function remembered<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

function boundsForm({ min, max }: Bounds = {}): { readonly [key: string]: number } {
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

function shorten(form: Form): Form {
  const text = JSON.stringify(form);
  return text.length <= MAX_FORM_LENGTH ? form : { sha256: sha256(text) };
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
