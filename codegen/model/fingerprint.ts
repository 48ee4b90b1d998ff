/**
 * Fingerprints: hashes of the canonical form of what a handler or an event sends.
 *
 * Two processes with the same fingerprint for a name can exchange its values, however different their contract files
 * are: order, aliases, comments and options have no influence, only the values that may be sent. Recursive types are
 * told apart by colour refinement (the partition refinement that also minimises automata), so their names have no
 * influence either.
 */
import { createHash } from 'node:crypto';
import { isLeaf, writtenKind } from './leaf-shapes.js';
import type { LeafShape } from './leaf-shapes.js';
import type { Bounds, Member, NamedType, RecordShape, Shape, TupleShape } from './model.js';
import { findRecursion } from './recursion.js';
import type { Recursion } from './recursion.js';
import { compare, isOptional, tableOf, withoutUndefined } from './shapes.js';
import type { TypeTable } from './shapes.js';

/** The version of the wire layout. It is part of every fingerprint. */
export const LAYOUT_VERSION = 2;

const FINGERPRINT_LENGTH = 16;

/** Longer forms are replaced by their hash. The form of types that mention each other often would otherwise explode. */
const MAX_FORM_LENGTH = 200;

type Form = string | { readonly [key: string]: FormValue };
type FormValue = Form | number | boolean | readonly FormValue[];

/** The colours of partition refinement over a cycle of types, by name. `undefined`: recursive types compare by name. */
type Colours = ReadonlyMap<string, string> | undefined;

const NO_COLOURS: Colours = new Map();

/** The page and the lock file of a contract both contain its fingerprints. */
const known = new WeakMap<readonly NamedType[], Fingerprints>();

/** @param types - All types of one contract. */
export function fingerprintsOf(types: readonly NamedType[]): Fingerprints {
  const fingerprints = known.get(types) ?? new Fingerprints(types);
  known.set(types, fingerprints);
  return fingerprints;
}

/** Computes the fingerprints of one contract. */
export class Fingerprints {
  readonly #types: TypeTable;
  readonly #recursion: Recursion;
  readonly #formsByName = new Map<string, Form>();
  readonly #identityFormsByName = new Map<string, Form>();
  readonly #identities = new Map<Shape, string>();
  readonly #coloursByGroup = new Map<readonly NamedType[], ReadonlyMap<string, string>>();

  constructor(types: readonly NamedType[]) {
    this.#types = tableOf(types);
    this.#recursion = findRecursion(types);
  }

  /** Hashes a handler or an event: its wire name, and the shapes of its payloads. */
  of(wireName: string, payloads: readonly Shape[]): string {
    const forms = payloads.map((shape) => this.#part(shape, NO_COLOURS));
    return sha256(JSON.stringify([LAYOUT_VERSION, wireName, ...forms])).slice(0, FINGERPRINT_LENGTH);
  }

  /** Returns the same string for shapes that count as one member of a union. */
  identityOf(shape: Shape): string {
    return memoized(this.#identities, shape, () => JSON.stringify(this.#part(shape, undefined)));
  }

  #part(shape: Shape, colours: Colours): Form {
    return shorten(this.#form(shape, colours));
  }

  #form(shape: Shape, colours: Colours): Form {
    if (isLeaf(shape)) return leafForm(shape);
    switch (shape.kind) {
      case 'array':
        return { array: this.#part(shape.item, colours), ...boundsForm(shape.bounds) };
      case 'tuple':
        return this.#tuple(shape, colours);
      case 'set':
        return { set: this.#part(shape.item, colours) };
      case 'map':
        return { map: [this.#part(shape.key, colours), this.#part(shape.value, colours)] };
      case 'object':
        return { object: this.#members(shape.members, colours) };
      case 'record':
        return this.#record(shape, colours);
      case 'union':
        return this.#union(shape.members, colours);
      case 'named':
        return this.#named(shape.name, colours);
    }
  }

  #tuple({ head, optional, rest, tail }: TupleShape, colours: Colours): Form {
    const forms = (shapes: readonly Shape[]): readonly Form[] =>
      shapes.map((shape) => this.#part(shape, colours));
    return { tuple: [forms(head), forms(optional), rest === undefined ? [] : forms([rest]), forms(tail)] };
  }

  #record({ members, rules }: RecordShape, colours: Colours): Form {
    const keyed = rules.map(({ pattern, value }): FormValue => [pattern ?? '', this.#part(value, colours)]);
    return { object: this.#members(members, colours), keys: keyed };
  }

  #members(members: readonly Member[], colours: Colours): readonly FormValue[] {
    const sorted = members.toSorted((a, b) => compare(a.key, b.key));
    return sorted.map((member): FormValue => {
      if (!isOptional(member, this.#types)) return [member.key, this.#part(member.shape, colours)];
      return [member.key, this.#part(withoutUndefined(this.#open(member.shape)), colours), 'optional'];
    });
  }

  #union(members: readonly Shape[], colours: Colours): Form {
    const alternatives = members.flatMap((member) => this.#alternatives(member));
    const different = new Map(alternatives.map((one) => [this.identityOf(one), one]));
    const forms = [...different.values()].map((one) => this.#part(one, colours));
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

  /** A type outside the current cycle has the same form everywhere, so its form is computed once. */
  #named(name: string, colours: Colours): Form {
    const shape = this.#shapeOf(name);
    if (shape.kind === 'named') return this.#named(shape.name, colours);
    const isRecursive = this.#recursion.isRecursive(name);
    if (colours === undefined) {
      return isRecursive
        ? { named: name }
        : memoized(this.#identityFormsByName, name, () => this.#form(shape, colours));
    }
    const colour = colours.get(name);
    if (colour !== undefined) return { cycle: colour };
    return memoized(this.#formsByName, name, () => {
      return isRecursive ? this.#cycle(name) : this.#form(shape, NO_COLOURS);
    });
  }

  #cycle(name: string): Form {
    const group = this.#recursion.groups.find((types) => types.some((type) => type.name === name)) ?? [];
    const known = memoized(this.#coloursByGroup, group, () => this.#coloursOf(group));
    return { cycle: known.get(name) ?? '', of: [...known.values()].toSorted(compare) };
  }

  /**
   * Refines the colours of a cycle: each round computes a type's colour from the last colours of the types in it, until a
   * round separates no more types. Expanding the types inside each other instead would take exponential time.
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

  /** Resolves names, except those of recursive types. */
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

function leafForm(shape: LeafShape): Form {
  switch (shape.kind) {
    case 'text':
      return { text: [shape.rules.pattern ?? ''], ...boundsForm(shape.rules) };
    case 'range':
      return { range: shape.of, ...boundsForm(shape.bounds) };
    case 'bytes':
      return shape.as;
    case 'literal':
      return { literal: shape.value };
    default:
      return writtenKind(shape);
  }
}

function memoized<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
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
