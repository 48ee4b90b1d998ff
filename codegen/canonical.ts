/**
 * Canonical forms and fingerprints.
 *
 * Two processes whose fingerprints for a name agree understand each other there, whatever their contract files look
 * like: order, aliases, comments and options play no part, what may cross does. A type inside itself is named by how
 * many types up it stands, so its name plays no part either.
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
 * The types that a shape stands in, the outermost first. Without them what leads back to a type above is called by the
 * name of that type: whether two such types have the same form depends on where they stand, whether they are the same
 * does not.
 */
type Above = readonly string[] | undefined;

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

  constructor(types: readonly NamedType[]) {
    this.#types = tableOf(types);
    this.#recursion = findRecursion(types);
  }

  /** Hashes a handler or an event: its name on the wire, and what crosses in each place. */
  of(wireName: string, places: readonly Shape[]): string {
    const forms = places.map((shape) => this.#part(shape, []));
    return sha256(JSON.stringify([LAYOUT_VERSION, wireName, ...forms])).slice(0, FINGERPRINT_LENGTH);
  }

  /** The same for shapes that count as one where they stand in one union. */
  identityOf(shape: Shape): string {
    const identity = this.#identities.get(shape) ?? JSON.stringify(this.#part(shape, undefined));
    this.#identities.set(shape, identity);
    return identity;
  }

  #part(shape: Shape, above: Above): Form {
    return shorten(this.#form(shape, above));
  }

  #form(shape: Shape, above: Above): Form {
    switch (shape.kind) {
      case 'array':
        return { array: this.#part(shape.item, above), ...boundsForm(shape.bounds) };
      case 'tuple':
        return this.#tuple(shape, above);
      case 'set':
        return { set: this.#part(shape.item, above) };
      case 'map':
        return { map: [this.#part(shape.key, above), this.#part(shape.value, above)] };
      case 'object':
        return { object: this.#members(shape.members, above) };
      case 'record':
        return this.#record(shape, above);
      case 'text':
        return { text: [shape.rules.pattern ?? ''], ...boundsForm(shape.rules) };
      case 'range':
        return { range: shape.of, ...boundsForm(shape.bounds) };
      case 'bytes':
        return shape.as;
      case 'union':
        return this.#union(shape.members, above);
      case 'literal':
        return { literal: shape.value };
      case 'named':
        return this.#named(shape.name, above);
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

  #tuple({ head, optional, rest, tail }: TupleShape, above: Above): Form {
    const forms = (shapes: readonly Shape[]): readonly Form[] =>
      shapes.map((shape) => this.#part(shape, above));
    return { tuple: [forms(head), forms(optional), rest === undefined ? [] : forms([rest]), forms(tail)] };
  }

  #record({ members, rules }: RecordShape, above: Above): Form {
    const keyed = rules.map(({ pattern, value }): FormValue => [pattern ?? '', this.#part(value, above)]);
    return { object: this.#members(members, above), keys: keyed };
  }

  #members(members: readonly Member[], above: Above): readonly FormValue[] {
    const sorted = members.toSorted((a, b) => compare(a.key, b.key));
    return sorted.map((member): FormValue => {
      if (!isOptional(member, this.#types)) return [member.key, this.#part(member.shape, above)];
      return [member.key, this.#part(withoutAbsent(this.#open(member.shape)), above), 'optional'];
    });
  }

  #union(members: readonly Shape[], above: Above): Form {
    const alternatives = members.flatMap((member) => this.#alternatives(member));
    const different = new Map(alternatives.map((one) => [this.identityOf(one), one]));
    const forms = [...different.values()].map((one) => this.#part(one, above));
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

  /** What does not lead back to a type above is the same everywhere, and is worked out once. */
  #named(name: string, above: Above): Form {
    const shape = this.#shapeOf(name);
    if (shape.kind === 'named') return this.#named(shape.name, above);
    if (above === undefined) {
      return this.#recursion.isRecursive(name)
        ? { named: name }
        : remembered(this.#closedByName, name, () => this.#form(shape, above));
    }
    const levels = above.length - above.lastIndexOf(name);
    if (levels <= above.length) return { up: levels };
    if (above.some((one) => this.#recursion.isStep(one, name))) return this.#expand(name, above);
    return remembered(this.#closed, name, () => this.#expand(name, []));
  }

  #expand(name: string, above: readonly string[]): Form {
    return this.#form(this.#shapeOf(name), [...above, name]);
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

function remembered(forms: Map<string, Form>, name: string, make: () => Form): Form {
  const form = forms.get(name) ?? make();
  forms.set(name, form);
  return form;
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
