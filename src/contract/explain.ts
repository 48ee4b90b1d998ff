/**
 * Explaining: where and why a value does not fit its shape.
 *
 * Runs only after a check has said no, so it is written to be thorough, not fast. It finds every wrong path, up to
 * a bound, and never throws: a member that cannot be read is a problem like any other. It must find something
 * exactly where the generated check says no.
 */
import {
  MAX_DEPTH,
  isBuffer,
  isBytes,
  isDate,
  isInt,
  isMatch,
  isNumber,
  isObject,
  isRecord,
  isSnowflake,
  isText,
  isUInt,
} from './checks.js';
import type { Bounds, KeyRule, LiteralValue, Shape, ShapeMembers, TextRules, TupleItems } from './shape.js';
import { showValue } from './show-value.js';

export type Problem =
  | { readonly kind: 'mismatch'; readonly path: string; readonly expected: string; readonly got: string }
  /** Past the bound: this many more were seen. */
  | { readonly kind: 'more'; readonly count: number };

const MAX_PROBLEMS = 20;
/** Past the last problem that is kept, counting goes on for this many values: a cycle would never end. */
const MAX_COUNTED = 10_000;
const MAX_ALTERNATIVES = 12;
const TOO_DEEP = `no more than ${MAX_DEPTH} levels of nesting`;

/** Every way in which a value does not fit; none if it does. */
export function explain(shape: Shape, value: unknown): Problem[] {
  const findings = new Findings(MAX_PROBLEMS, MAX_COUNTED);
  visit(shape, value, { path: '', depth: 0 }, findings);
  return findings.all();
}

/**
 * One line for messages: `guildId: expected a string, got 42; members[3]: ...`.
 *
 * @param root - What to call the value itself. Defaults to `value`.
 */
export function formatProblems(problems: readonly Problem[], root = 'value'): string {
  return problems.map((problem) => formatProblem(problem, root)).join('; ');
}

function formatProblem(problem: Problem, root: string): string {
  if (problem.kind === 'more') return `and ${problem.count.toLocaleString('en-US')} more`;
  return `${problem.path === '' ? root : problem.path}: expected ${problem.expected}, got ${problem.got}`;
}

interface Place {
  readonly path: string;
  readonly depth: number;
}

/** The problems found so far, and whether it is worth going on. */
class Findings {
  readonly #limit: number;
  readonly #kept: Problem[] = [];
  #more = 0;
  #visitsLeft: number;

  constructor(limit: number, counted: number) {
    this.#limit = limit;
    this.#visitsLeft = counted;
  }

  add(place: Place, expected: string, value: unknown): void {
    this.addText(place, expected, showValue(value));
  }

  addText(place: Place, expected: string, got: string): void {
    if (this.#kept.length < this.#limit)
      this.#kept.push({ kind: 'mismatch', path: place.path, expected, got });
    else this.#more++;
  }

  take(problems: readonly Problem[]): void {
    for (const problem of problems) {
      if (problem.kind === 'more') this.#more += problem.count;
      else this.#keep(problem);
    }
  }

  #keep(problem: Problem): void {
    if (this.#kept.length < this.#limit) this.#kept.push(problem);
    else this.#more++;
  }

  /** Whether there is nothing left to learn. */
  get full(): boolean {
    return this.#kept.length >= this.#limit && this.#visitsLeft-- <= 0;
  }

  all(): Problem[] {
    return this.#more === 0 ? this.#kept : [...this.#kept, { kind: 'more', count: this.#more }];
  }
}

function visit(shape: Shape, value: unknown, place: Place, findings: Findings): void {
  if (findings.full) return;
  switch (shape.kind) {
    case 'array':
      return visitArray(shape, value, place, findings);
    case 'tuple':
      return visitTuple(shape.items, value, place, findings);
    case 'set':
      return visitSet(shape.item, value, place, findings);
    case 'map':
      return visitMap(shape, value, place, findings);
    case 'object':
      return visitObject(shape.members, value, place, findings);
    case 'record':
      return visitRecord(shape, value, place, findings);
    case 'union':
      return visitUnion(shape.members, value, place, findings);
    case 'optional':
      return value === undefined ? undefined : visit(shape.shape, value, place, findings);
    case 'ref':
      return visitNested(shape.to, value, place, findings);
    default:
      if (!fitsSafely(shape, value)) findings.add(place, describe(shape), value);
  }
}

type SimpleShape = Exclude<
  Shape,
  { readonly kind: 'array' | 'tuple' | 'set' | 'map' | 'object' | 'record' | 'union' | 'optional' | 'ref' }
>;

/** What only looks like a `Date` throws when it is asked for its time. */
function fitsSafely(shape: SimpleShape, value: unknown): boolean {
  try {
    return fitsSimply(shape, value);
  } catch {
    return false;
  }
}

function fitsSimply(shape: SimpleShape, value: unknown): boolean {
  switch (shape.kind) {
    case 'string':
      return typeof value === 'string';
    case 'number':
      return isNumber(value);
    case 'int':
      return isInt(value);
    case 'uint':
      return isUInt(value);
    case 'snowflake':
      return isSnowflake(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'null':
      return value === null;
    case 'absent':
      return value === undefined;
    case 'anything':
      return true;
    case 'literal':
      return value === shape.value;
    case 'text':
      return fitsText(shape.rules, value);
    case 'range':
      return fitsSimply({ kind: shape.of }, value) && isWithin(value as number, shape.bounds);
    case 'bigint':
      return typeof value === 'bigint';
    case 'date':
      return isDate(value);
    case 'bytes':
      return isBytes(value);
    case 'buffer':
      return isBuffer(value);
  }
}

function fitsText({ min = 0, max = Infinity, pattern }: TextRules, value: unknown): boolean {
  return isText(value, min, max) && (pattern === undefined || isMatch(value, pattern));
}

function isWithin(value: number, { min = -Infinity, max = Infinity }: Bounds): boolean {
  return value >= min && value <= max;
}

type ShapeOf<Kind extends Shape['kind']> = Extract<Shape, { readonly kind: Kind }>;

function visitArray(
  { item, bounds }: ShapeOf<'array'>,
  value: unknown,
  place: Place,
  findings: Findings,
): void {
  if (!isArraySafely(value)) return findings.add(place, describeArray(bounds), value);
  if (!isWithin(value.length, bounds)) findings.add(place, describeArray(bounds), value);
  const { length } = value;
  for (let i = 0; i < length && !findings.full; i++) {
    visitMember(item, value, i, { path: `${place.path}[${i}]`, depth: place.depth }, findings);
  }
}

function visitObject(members: ShapeMembers, value: unknown, place: Place, findings: Findings): void {
  if (!isObjectSafely(value)) return findings.add(place, describeObject(members), value);
  for (const [key, shape] of Object.entries(members)) {
    visitMember(shape, value, key, { path: joinPath(place.path, key), depth: place.depth }, findings);
  }
}

function visitTuple(items: TupleItems, value: unknown, place: Place, findings: Findings): void {
  if (!isArraySafely(value)) return findings.add(place, describeTuple(items), value);
  const { length } = value;
  if (!isWithin(length, tupleBounds(items))) return findings.add(place, describeTuple(items), value);
  for (let i = 0; i < length && !findings.full; i++) {
    const at = { path: `${place.path}[${i}]`, depth: place.depth };
    visitMember(tupleItem(items, i, length), value, i, at, findings);
  }
}

function tupleBounds({ head, optional = [], rest, tail = [] }: TupleItems): Bounds {
  const min = head.length + tail.length;
  return rest === undefined ? { min, max: min + optional.length } : { min };
}

function tupleItem({ head, optional = [], rest, tail = [] }: TupleItems, i: number, length: number): Shape {
  const first = [...head, ...optional];
  const fromEnd = length - i;
  const item = i < first.length ? first[i] : fromEnd <= tail.length ? tail[tail.length - fromEnd] : rest;
  return item ?? ANYTHING;
}

const ANYTHING: Shape = { kind: 'anything' };

function visitSet(item: Shape, value: unknown, place: Place, findings: Findings): void {
  if (!(value instanceof Set)) return findings.add(place, 'a Set', value);
  let i = 0;
  for (const one of value as ReadonlySet<unknown>) {
    if (findings.full) return;
    visit(item, one, { path: `${place.path}[item ${i++}]`, depth: place.depth }, findings);
  }
}

function visitMap(
  { key, value: item }: ShapeOf<'map'>,
  value: unknown,
  place: Place,
  findings: Findings,
): void {
  if (!(value instanceof Map)) return findings.add(place, 'a Map', value);
  let i = 0;
  for (const [one, held] of value as ReadonlyMap<unknown, unknown>) {
    if (findings.full) return;
    visit(key, one, { path: `${place.path}[key ${i++}]`, depth: place.depth }, findings);
    visit(item, held, { path: `${place.path}[${showValue(one)}]`, depth: place.depth }, findings);
  }
}

function visitRecord(
  { members, rules }: ShapeOf<'record'>,
  value: unknown,
  place: Place,
  findings: Findings,
): void {
  if (!isRecordSafely(value)) {
    const hasProto = isObjectSafely(value) && hasOwnSafely(value, '__proto__');
    return findings.add(place, hasProto ? 'no key "__proto__"' : describeObject(members), value);
  }
  visitObject(members, value, place, findings);
  for (const key of keysSafely(value)) {
    const rule = Object.hasOwn(members, key) ? undefined : ruleFor(rules, key);
    if (rule === undefined || findings.full) continue;
    visitMember(rule.value, value, key, { path: joinPath(place.path, key), depth: place.depth }, findings);
  }
}

function ruleFor(rules: readonly KeyRule[], key: string): KeyRule | undefined {
  return rules.find(({ pattern }) => pattern === undefined || pattern.test(key));
}

function visitMember(
  shape: Shape,
  owner: object,
  key: string | number,
  place: Place,
  findings: Findings,
): void {
  let value: unknown;
  try {
    value = (owner as Record<string | number, unknown>)[key];
  } catch (error) {
    return findings.addText(place, describe(shape), `a getter that throws ${showValue(error)}`);
  }
  visit(shape, value, place, findings);
}

function visitNested(to: () => Shape, value: unknown, place: Place, findings: Findings): void {
  const depth = place.depth + 1;
  if (depth > MAX_DEPTH) return findings.add(place, TOO_DEEP, value);
  visit(to(), value, { path: place.path, depth }, findings);
}

/** One way to fit a union, and how deep it is: what stands behind a `ref` is one level down. */
interface Alternative {
  readonly shape: Shape;
  readonly depth: number;
}

/**
 * Looks for the alternative that was meant before it tries any: where a tag or the kind of the value decides,
 * only that one is walked, so a deep value costs no more than its size.
 */
function visitUnion(members: readonly Shape[], value: unknown, place: Place, findings: Findings): void {
  const alternatives = alternativesOf(members, place.depth);
  const near = nearest(alternatives, value);
  if (near.kind === 'member') return visitAlternative(near.alternative, value, place, findings);
  if (near.kind === 'tag') {
    const at = { path: joinPath(place.path, near.key), depth: place.depth };
    return findings.add(at, oneOf(near.values.map((tag) => JSON.stringify(tag))), near.got);
  }
  if (near.kind === 'several') return visitClosest(near.alternatives, value, place, findings);
  if (!alternatives.some((one) => problemsWith(one, value, place).length === 0)) {
    findings.add(place, oneOf(alternatives.map((one) => describe(one.shape))), value);
  }
}

/** Nothing tells these apart, so the one with the fewest problems was meant. */
function visitClosest(
  alternatives: readonly Alternative[],
  value: unknown,
  place: Place,
  findings: Findings,
): void {
  const counted = alternatives.map((one) => problemsWith(one, value, place));
  const fewest = Math.min(...counted.map((problems) => problems.length));
  findings.take(counted.find((problems) => problems.length === fewest) ?? []);
}

function problemsWith(alternative: Alternative, value: unknown, place: Place): readonly Problem[] {
  const findings = new Findings(MAX_PROBLEMS, 0);
  visitAlternative(alternative, value, place, findings);
  return findings.all();
}

function visitAlternative(
  { shape, depth }: Alternative,
  value: unknown,
  place: Place,
  findings: Findings,
): void {
  if (depth > MAX_DEPTH) return findings.add(place, TOO_DEEP, value);
  visit(shape, value, { path: place.path, depth }, findings);
}

function alternativesOf(members: readonly Shape[], depth: number): readonly Alternative[] {
  return members.flatMap((member) => {
    if (member.kind === 'union') return alternativesOf(member.members, depth);
    if (member.kind !== 'ref') return [{ shape: member, depth }];
    const shape = member.to();
    return shape.kind === 'union' ? alternativesOf(shape.members, depth + 1) : [{ shape, depth: depth + 1 }];
  });
}

type Nearest =
  | { readonly kind: 'member'; readonly alternative: Alternative }
  | {
      readonly kind: 'tag';
      readonly key: string;
      readonly values: readonly LiteralValue[];
      readonly got: unknown;
    }
  | { readonly kind: 'several'; readonly alternatives: readonly Alternative[] }
  | { readonly kind: 'none' };

/** The alternative that was probably meant: the one whose tag matches, or the only one of the value's kind. */
function nearest(alternatives: readonly Alternative[], value: unknown): Nearest {
  if (isArraySafely(value)) return oneOrSeveral(alternatives.filter(({ shape }) => LISTS.has(shape.kind)));
  if (!isObjectSafely(value)) return { kind: 'none' };
  const fields = alternatives.filter(({ shape }) => shape.kind === 'object' || shape.kind === 'record');
  const own = alternatives.filter(({ shape }) => isInstance(shape, value));
  // Such a value has properties as well, so it may fit an object that asks for none.
  if (own.length > 0 || fields.some(({ shape }) => shape.kind === 'record')) {
    return oneOrSeveral([...own, ...fields]);
  }
  return byTag(
    alternatives.filter(({ shape }) => shape.kind === 'object'),
    value,
  );
}

const LISTS: ReadonlySet<Shape['kind']> = new Set(['array', 'tuple']);

/** Whether a value is of the class that a shape is about, whatever it holds. */
function isInstance({ kind }: Shape, value: object): boolean {
  if (kind === 'date') return value instanceof Date;
  if (kind === 'bytes' || kind === 'buffer') return value instanceof Uint8Array;
  return (kind === 'set' && value instanceof Set) || (kind === 'map' && value instanceof Map);
}

function oneOrSeveral(alternatives: readonly Alternative[]): Nearest {
  const [alternative] = alternatives;
  if (alternative === undefined) return { kind: 'none' };
  return alternatives.length === 1 ? { kind: 'member', alternative } : { kind: 'several', alternatives };
}

function byTag(objects: readonly Alternative[], value: object): Nearest {
  if (objects.length < 2) return oneOrSeveral(objects);
  const key = tagOf(objects.map(({ shape }) => shape));
  if (key === undefined) return oneOrSeveral(objects);
  const got = readSafely(value, key);
  const alternative = objects.find(({ shape }) => tagsAt(shape, key).includes(got as LiteralValue));
  if (alternative !== undefined) return { kind: 'member', alternative };
  return { kind: 'tag', key, values: objects.flatMap(({ shape }) => tagsAt(shape, key)), got };
}

/** The first key whose literals tell all members apart. */
function tagOf(objects: readonly Shape[]): string | undefined {
  const [first] = objects.map(membersOf);
  return Object.keys(first ?? {}).find((key) => {
    const tags = objects.map((member) => tagsAt(member, key));
    return tags.every((values) => values.length > 0) && new Set(tags.flat()).size === tags.flat().length;
  });
}

/** The literals that a member may have there; none if anything else fits too. */
function tagsAt(member: Shape, key: string): readonly LiteralValue[] {
  const members = membersOf(member);
  const shape = Object.hasOwn(members, key) ? members[key] : undefined;
  if (shape === undefined) return [];
  const literals = flatten([shape]).map((one) => (one.kind === 'literal' ? [one.value] : []));
  return literals.every((one) => one.length === 1) ? literals.flat() : [];
}

function membersOf(shape: Shape): ShapeMembers {
  return shape.kind === 'object' ? shape.members : {};
}

/** Unions inside unions as one list. What stands behind a `ref` stays there: this only describes. */
function flatten(members: readonly Shape[]): readonly Shape[] {
  return members.flatMap((member) => (member.kind === 'union' ? flatten(member.members) : [member]));
}

function describe(shape: Shape): string {
  switch (shape.kind) {
    case 'string':
      return 'a string';
    case 'number':
      return 'a finite number';
    case 'int':
      return 'a whole number';
    case 'uint':
      return 'a whole number from 0';
    case 'snowflake':
      return 'a snowflake (17 to 20 digits as a string)';
    case 'boolean':
      return 'true or false';
    case 'null':
      return 'null';
    case 'absent':
      return 'nothing';
    case 'anything':
      return 'anything';
    case 'literal':
      return JSON.stringify(shape.value);
    case 'text':
      return describeText(shape.rules);
    case 'range':
      return `${describe({ kind: shape.of })}${describeBounds(shape.bounds, '')}`;
    case 'bigint':
      return 'a bigint';
    case 'date':
      return 'a valid Date';
    case 'bytes':
      return 'a Uint8Array';
    case 'buffer':
      return 'a Buffer';
    case 'array':
      return describeArray(shape.bounds);
    case 'tuple':
      return describeTuple(shape.items);
    case 'set':
      return 'a Set';
    case 'map':
      return 'a Map';
    case 'object':
    case 'record':
      return describeObject(shape.members);
    case 'optional':
      return describe(shape.shape);
    case 'union':
      return oneOf(flatten(shape.members).map(describe));
    case 'ref':
      return describeRef(shape.to());
  }
}

function describeText({ pattern, format, ...bounds }: TextRules): string {
  const length = describeBounds(bounds, ' characters');
  if (pattern === undefined) return `a string${length}`;
  return format === undefined
    ? `a string${length} that matches ${String(pattern)}`
    : `a string${length}: ${format}`;
}

function describeArray(bounds: Bounds): string {
  return `an array${describeBounds(bounds, ' items')}`;
}

function describeTuple(items: TupleItems): string {
  const { min = 0, max = Infinity } = tupleBounds(items);
  return min === max ? `an array of ${min} ${min === 1 ? 'item' : 'items'}` : describeArray({ min, max });
}

function describeBounds({ min = -Infinity, max = Infinity }: Bounds, what: string): string {
  const [least, most] = [min.toLocaleString('en-US'), max.toLocaleString('en-US')];
  if (max === Infinity) return min === -Infinity ? '' : ` of at least ${least}${what}`;
  return min === -Infinity ? ` of at most ${most}${what}` : ` of ${least} to ${most}${what}`;
}

/** Does not look further: a union may hold itself. */
function describeRef(shape: Shape): string {
  return shape.kind === 'union' ? 'a nested value' : describe(shape);
}

function describeObject(members: ShapeMembers): string {
  const required = Object.keys(members).filter((key) => members[key]?.kind !== 'optional');
  return required.length === 0 ? 'an object' : `an object with ${shortList(required, ', ')}`;
}

function oneOf(alternatives: readonly string[]): string {
  const different = [...new Set(alternatives)];
  return different.length === 1 ? different.join('') : `one of ${shortList(different, ' | ')}`;
}

function shortList(items: readonly string[], between: string): string {
  const shown = items.slice(0, MAX_ALTERNATIVES).join(between);
  return items.length > MAX_ALTERNATIVES ? `${shown}${between}…` : shown;
}

function joinPath(path: string, key: string): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

function readSafely(owner: object, key: string): unknown {
  try {
    return (owner as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}

/** `Array.isArray` throws for a revoked proxy. */
function isArraySafely(value: unknown): value is readonly unknown[] {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

function isObjectSafely(value: unknown): value is object {
  try {
    return isObject(value);
  } catch {
    return false;
  }
}

function isRecordSafely(value: unknown): value is object {
  try {
    return isRecord(value);
  } catch {
    return false;
  }
}

function keysSafely(value: object): readonly string[] {
  try {
    return Object.keys(value);
  } catch {
    return [];
  }
}

function hasOwnSafely(value: object, key: string): boolean {
  try {
    return Object.hasOwn(value, key);
  } catch {
    return false;
  }
}
