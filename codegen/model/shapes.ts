/**
 * Making and questioning shapes: what both the front end and the emitters need to know about the model.
 */
import type { LiteralValue, Member, NamedType, Shape } from './model.js';

export type ObjectShape = Extract<Shape, { readonly kind: 'object' }>;

/** How named types are found. */
export type TypeTable = ReadonlyMap<string, NamedType>;

export function tableOf(types: readonly NamedType[]): TypeTable {
  return new Map(types.map((type) => [type.name, type]));
}

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
  'anything',
  'null',
  'absent',
] as const satisfies readonly Shape['kind'][];

/**
 * A union in its one canonical form: flat, without doubles, in an order that does not depend on how it was
 * written. The type checker's own order changes with what else is in the project.
 */
export function unionOf(members: readonly Shape[]): Shape {
  const flat = members.flatMap((member) => (member.kind === 'union' ? member.members : [member]));
  if (flat.some((member) => member.kind === 'anything')) return { kind: 'anything' };
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

/** By number where both are numbers, else by code unit: the same on every machine. */
export function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}

/** To the type checker `boolean` is a union of two literals. */
function mergeBooleans(members: readonly Shape[]): readonly Shape[] {
  const isBoolean = (member: Shape): boolean =>
    member.kind === 'literal' && typeof member.value === 'boolean';
  const both = members.filter(isBoolean).length === 2 || members.some((member) => member.kind === 'boolean');
  if (!both) return members;
  const others = members.filter((member) => !isBoolean(member) && member.kind !== 'boolean');
  return [...others, { kind: 'boolean' }];
}

/** The shape behind a name; the same shape if it is none. */
export function resolve(shape: Shape, types: TypeTable): Shape {
  if (shape.kind !== 'named') return shape;
  const type = types.get(shape.name);
  if (type === undefined) throw new Error(`no type is named ${shape.name}`);
  return resolve(type.shape, types);
}

/** The members of a union through all names; a shape that is no union is its only member. */
export function alternativesOf(shape: Shape, types: TypeTable): readonly Shape[] {
  const resolved = resolve(shape, types);
  if (resolved.kind === 'union') return resolved.members.flatMap((member) => alternativesOf(member, types));
  return [shape];
}

/** Whether `undefined` fits. */
export function allowsAbsent(shape: Shape, types: TypeTable): boolean {
  return alternativesOf(shape, types).some((one) => {
    const { kind } = resolve(one, types);
    return kind === 'absent' || kind === 'anything';
  });
}

/** A member as emitters see it: what may be `undefined` may as well be left out, for JSON leaves it out. */
export function isOptional(member: Member, types: TypeTable): boolean {
  return member.optional || allowsAbsent(member.shape, types);
}

/** A union without its `undefined`; the very shape if it has none. */
export function withoutAbsent(shape: Shape): Shape {
  if (shape.kind !== 'union' || !shape.members.some(({ kind }) => kind === 'absent')) return shape;
  return unionOf(shape.members.filter((member) => member.kind !== 'absent'));
}

/** What tells object members of a union apart: a key, and for each member the literals that it has there. */
export interface Tag {
  readonly key: string;
  readonly values: readonly (readonly LiteralValue[])[];
}

/**
 * The first key at which every member has literals of its own.
 *
 * @param members - For each member of the union, the objects that it consists of.
 */
export function tagOf(members: readonly (readonly ObjectShape[])[], types: TypeTable): Tag | undefined {
  for (const { key } of members[0]?.[0]?.members ?? []) {
    const values = members.map((objects) => tagsOf(objects, key, types));
    const all = values.flat();
    if (values.every((some) => some.length > 0) && new Set(all).size === all.length) return { key, values };
  }
  return undefined;
}

function tagsOf(objects: readonly ObjectShape[], key: string, types: TypeTable): readonly LiteralValue[] {
  const values = objects.map((object) => literalsAt(object, key, types));
  return values.every((some) => some.length > 0) ? [...new Set(values.flat())] : [];
}

function literalsAt(object: ObjectShape, key: string, types: TypeTable): readonly LiteralValue[] {
  const member = object.members.find((one) => one.key === key);
  if (member === undefined || member.optional) return [];
  return literalsOf(member.shape, types);
}

/** The literals that a value is one of; none when it may be anything else. */
export function literalsOf(shape: Shape, types: TypeTable): readonly LiteralValue[] {
  const alternatives = alternativesOf(shape, types).map((one) => resolve(one, types));
  const literals = alternatives.flatMap((one) => (one.kind === 'literal' ? [one.value] : []));
  return literals.length === alternatives.length ? literals : [];
}

/** The shapes directly inside a shape. */
export function partsOf(shape: Shape): readonly Shape[] {
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
    case 'string':
    case 'number':
    case 'int':
    case 'uint':
    case 'snowflake':
    case 'boolean':
    case 'null':
    case 'absent':
    case 'anything':
    case 'literal':
    case 'text':
    case 'range':
    case 'bigint':
    case 'date':
    case 'bytes':
    case 'named':
      return [];
  }
}

/** Shapes never change, and are asked for their names by everybody who puts types in order. */
const knownNames = new WeakMap<Shape, readonly string[]>();

/** The names that a shape mentions, each once, in order. */
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

/** The unions in a shape, itself included, not looking behind names. */
export function unionsIn(shape: Shape): readonly Shape[] {
  const inside = partsOf(shape).flatMap(unionsIn);
  return shape.kind === 'union' ? [shape, ...inside] : inside;
}

/** The objects that a shape consists of; none if anything else fits too. */
export function objectsOf(shape: Shape, types: TypeTable): readonly ObjectShape[] {
  const alternatives = alternativesOf(shape, types).map((one) => resolve(one, types));
  const objects = alternatives.flatMap((one) => (one.kind === 'object' ? [one] : []));
  return objects.length === alternatives.length ? objects : [];
}

/** What JSON has no word for. */
export function isRich({ kind }: Shape): boolean {
  return kind === 'bigint' || kind === 'date' || kind === 'bytes' || kind === 'set' || kind === 'map';
}

type Question = (shape: Shape) => boolean;

/** Emitters ask the same of the same types again and again. */
const answers = new WeakMap<TypeTable, WeakMap<Question, Map<string, boolean>>>();

/**
 * Whether something holds for a shape or for anything that it consists of, through all names.
 *
 * @param holds - The same function for the same question: what it said of a type is remembered.
 */
export function someInside(shape: Shape, types: TypeTable, holds: Question): boolean {
  const ofTypes = answers.get(types) ?? new WeakMap<Question, Map<string, boolean>>();
  answers.set(types, ofTypes);
  const known = ofTypes.get(holds) ?? new Map<string, boolean>();
  ofTypes.set(holds, known);

  const visited: string[] = [];
  const visit = (one: Shape): boolean => {
    if (holds(one)) return true;
    if (one.kind !== 'named') return partsOf(one).some(visit);
    const answer = known.get(one.name);
    if (answer !== undefined) return answer;
    // Until more is known. A type inside itself adds nothing.
    known.set(one.name, false);
    visited.push(one.name);
    const found = visit(resolve(one, types));
    if (found) known.set(one.name, true);
    return found;
  };
  const found = visit(shape);
  // A "no" from amid a type that contains itself may have come too early.
  if (found) for (const name of visited) if (known.get(name) === false) known.delete(name);
  return found;
}
