/**
 * Shape functions: building shapes and asking about them, for the front end and the emitters alike.
 */
import { isLeaf } from './leaf-shapes.js';
import type { LiteralValue, Member, NamedType, Shape } from './model.js';

export type ObjectShape = Extract<Shape, { readonly kind: 'object' }>;

/** Named types by name. */
export type TypeTable = ReadonlyMap<string, NamedType>;

export function tableOf(types: readonly NamedType[]): TypeTable {
  return new Map(types.map((type) => [type.name, type]));
}

/** The order of a union's members in messages and on pages. */
const READING_ORDER = [
  'snowflake',
  'text',
  'string',
  'range',
  'int',
  'uint',
  'number',
  'bigint',
  'boolean',
  'literal',
  'date',
  'bytes',
  'named',
  'object',
  'record',
  'tuple',
  'array',
  'set',
  'map',
  'union',
  'unknown',
  'null',
  'undefined',
] as const satisfies readonly Shape['kind'][];

/**
 * Builds a union in its one canonical form: flat, without duplicates, in an order that does not depend on how the union
 * was written. The type checker's own order depends on the rest of the project.
 */
export function unionOf(members: readonly Shape[]): Shape {
  const flat = members.flatMap((member) => (member.kind === 'union' ? member.members : [member]));
  if (flat.some((member) => member.kind === 'unknown')) return { kind: 'unknown' };
  const different = mergeBooleans([
    ...new Map(flat.map((member) => [JSON.stringify(member), member])).values(),
  ]);
  const [first] = different;
  if (first !== undefined && different.length === 1) return first;
  return { kind: 'union', members: different.toSorted(inReadingOrder) };
}

function inReadingOrder(a: Shape, b: Shape): number {
  const byKind = READING_ORDER.indexOf(a.kind) - READING_ORDER.indexOf(b.kind);
  return byKind === 0 ? compare(sortKey(a), sortKey(b)) : byKind;
}

function sortKey(shape: Shape): string | number {
  if (shape.kind !== 'literal') return JSON.stringify(shape);
  return typeof shape.value === 'number' ? shape.value : JSON.stringify(shape.value);
}

/** Compares two numbers by value, anything else by code unit: the same order on every machine. */
export function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}

/** The type checker presents `boolean` as a union of two literals. */
function mergeBooleans(members: readonly Shape[]): readonly Shape[] {
  const isBoolean = (member: Shape): boolean =>
    member.kind === 'literal' && typeof member.value === 'boolean';
  const both = members.filter(isBoolean).length === 2 || members.some((member) => member.kind === 'boolean');
  if (!both) return members;
  const others = members.filter((member) => !isBoolean(member) && member.kind !== 'boolean');
  return [...others, { kind: 'boolean' }];
}

/** Returns the shape that a name stands for; any other shape is returned as it is. */
export function resolve(shape: Shape, types: TypeTable): Shape {
  if (shape.kind !== 'named') return shape;
  const type = types.get(shape.name);
  if (type === undefined) throw new Error(`no type is named ${shape.name}`);
  return resolve(type.shape, types);
}

/** Returns the members of a union, looking through names. Any other shape is its own only member. */
export function alternativesOf(shape: Shape, types: TypeTable): readonly Shape[] {
  const resolved = resolve(shape, types);
  if (resolved.kind === 'union') return resolved.members.flatMap((member) => alternativesOf(member, types));
  return [shape];
}

/** Whether a shape accepts `undefined`. */
export function allowsUndefined(shape: Shape, types: TypeTable): boolean {
  return alternativesOf(shape, types).some((one) => {
    const { kind } = resolve(one, types);
    return kind === 'undefined' || kind === 'unknown';
  });
}

/** Whether a member may be left out. One that may be `undefined` counts, since JSON drops it. */
export function isOptional(member: Member, types: TypeTable): boolean {
  return member.optional || allowsUndefined(member.shape, types);
}

/** Returns a union without its `undefined`; the same object if it has none. */
export function withoutUndefined(shape: Shape): Shape {
  if (shape.kind !== 'union' || !shape.members.some(({ kind }) => kind === 'undefined')) return shape;
  return unionOf(shape.members.filter((member) => member.kind !== 'undefined'));
}

/** The discriminant of a union of objects: a key, and for each member of the union its literals under that key. */
export interface Discriminant {
  readonly key: string;
  readonly values: readonly (readonly LiteralValue[])[];
}

/**
 * Returns the first key under which every member has literals that no other member has.
 *
 * @param members - For each member of the union, the objects that the member consists of.
 */
export function discriminantOf(
  members: readonly (readonly ObjectShape[])[],
  types: TypeTable,
): Discriminant | undefined {
  for (const { key } of members[0]?.[0]?.members ?? []) {
    const values = members.map((objects) => discriminantValues(objects, key, types));
    const all = values.flat();
    if (values.every((some) => some.length > 0) && new Set(all).size === all.length) return { key, values };
  }
  return undefined;
}

function discriminantValues(
  objects: readonly ObjectShape[],
  key: string,
  types: TypeTable,
): readonly LiteralValue[] {
  const values = objects.map((object) => literalsAt(object, key, types));
  return values.every((some) => some.length > 0) ? [...new Set(values.flat())] : [];
}

function literalsAt(object: ObjectShape, key: string, types: TypeTable): readonly LiteralValue[] {
  const member = object.members.find((one) => one.key === key);
  if (member === undefined || member.optional) return [];
  return literalsOf(member.shape, types);
}

/** Returns the literals of a shape that consists of literals only; an empty list for any other shape. */
export function literalsOf(shape: Shape, types: TypeTable): readonly LiteralValue[] {
  const alternatives = alternativesOf(shape, types).map((one) => resolve(one, types));
  const literals = alternatives.flatMap((one) => (one.kind === 'literal' ? [one.value] : []));
  return literals.length === alternatives.length ? literals : [];
}

/** Returns the shapes directly inside a shape. */
export function partsOf(shape: Shape): readonly Shape[] {
  if (isLeaf(shape)) return [];
  switch (shape.kind) {
    case 'array':
    case 'set':
      return [shape.item];
    case 'tuple':
      return [
        ...shape.head,
        ...shape.optional,
        ...(shape.rest === undefined ? [] : [shape.rest]),
        ...shape.tail,
      ];
    case 'map':
      return [shape.key, shape.value];
    case 'object':
      return shape.members.map((member) => member.shape);
    case 'record':
      return [...shape.members.map((member) => member.shape), ...shape.rules.map((rule) => rule.value)];
    case 'union':
      return shape.members;
    case 'named':
      return [];
  }
}

/** Shapes are immutable, and sorting types asks for the names in them repeatedly. */
const knownNames = new WeakMap<Shape, readonly string[]>();

/** Returns the names that a shape mentions, each once, in order. */
export function namesIn(shape: Shape): readonly string[] {
  const known = knownNames.get(shape);
  if (known !== undefined) return known;
  const names = new Set<string>();
  const visit = (one: Shape): void => {
    if (one.kind === 'named') names.add(one.name);
    else for (const part of partsOf(one)) visit(part);
  };
  visit(shape);
  const found = [...names];
  knownNames.set(shape, found);
  return found;
}

/** Returns the unions in a shape, itself included, without looking through names. */
export function unionsIn(shape: Shape): readonly Shape[] {
  const inside = partsOf(shape).flatMap(unionsIn);
  return shape.kind === 'union' ? [shape, ...inside] : inside;
}

/** Returns the objects of a shape that consists of objects only; an empty list for any other shape. */
export function objectsOf(shape: Shape, types: TypeTable): readonly ObjectShape[] {
  const alternatives = alternativesOf(shape, types).map((one) => resolve(one, types));
  const objects = alternatives.flatMap((one) => (one.kind === 'object' ? [one] : []));
  return objects.length === alternatives.length ? objects : [];
}

/** Whether JSON cannot represent values of a shape, so that they are encoded and decoded. */
export function isRich({ kind }: Shape): boolean {
  return kind === 'bigint' || kind === 'date' || kind === 'bytes' || kind === 'set' || kind === 'map';
}

type Predicate = (shape: Shape) => boolean;

/** Emitters ask the same questions about the same types repeatedly. */
const answers = new WeakMap<TypeTable, WeakMap<Predicate, Map<string, boolean>>>();

/**
 * Whether a predicate holds for a shape or for any shape inside it, looking through names.
 *
 * @param holds - Must be the same function for the same question, since answers are cached by function and type.
 */
export function someInside(shape: Shape, types: TypeTable, holds: Predicate): boolean {
  const ofTypes = answers.get(types) ?? new WeakMap<Predicate, Map<string, boolean>>();
  answers.set(types, ofTypes);
  const known = ofTypes.get(holds) ?? new Map<string, boolean>();
  ofTypes.set(holds, known);

  const visited: string[] = [];
  const visit = (one: Shape): boolean => {
    if (holds(one)) return true;
    if (one.kind !== 'named') return partsOf(one).some(visit);
    const answer = known.get(one.name);
    if (answer !== undefined) return answer;
    // A preliminary answer: the occurrence of a type inside itself cannot make a difference.
    known.set(one.name, false);
    visited.push(one.name);
    const found = visit(resolve(one, types));
    if (found) known.set(one.name, true);
    return found;
  };
  const found = visit(shape);
  // A "no" for a type that is part of a cycle may have rested on a preliminary answer.
  if (found) for (const name of visited) if (known.get(name) === false) known.delete(name);
  return found;
}
