/**
 * Explaining: where and why a value does not fit its shape.
 *
 * Runs only after a check has said no, so it is written to be thorough, not fast. It finds every wrong path, up to
 * a bound, and never throws: a member that cannot be read is a problem like any other. It must find something
 * exactly where the generated check says no.
 */
import { MAX_DEPTH, isInt, isNumber, isObject, isSnowflake, isUInt } from './checks.js';
import type { LiteralValue, Shape, ShapeMembers } from './shape.js';
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
      return visitArray(shape.item, value, place, findings);
    case 'object':
      return visitObject(shape.members, value, place, findings);
    case 'union':
      return visitUnion(shape.members, value, place, findings);
    case 'optional':
      return value === undefined ? undefined : visit(shape.shape, value, place, findings);
    case 'ref':
      return visitNested(shape.to, value, place, findings);
    default:
      if (!fitsSimply(shape, value)) findings.add(place, describe(shape), value);
  }
}

type SimpleShape = Exclude<Shape, { readonly kind: 'array' | 'object' | 'union' | 'optional' | 'ref' }>;

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
  }
}

function visitArray(item: Shape, value: unknown, place: Place, findings: Findings): void {
  if (!isArraySafely(value)) return findings.add(place, 'an array', value);
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
  if (isArraySafely(value)) return oneOrSeveral(alternatives.filter(({ shape }) => shape.kind === 'array'));
  if (!isObjectSafely(value)) return { kind: 'none' };
  return byTag(
    alternatives.filter(({ shape }) => shape.kind === 'object'),
    value,
  );
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
    case 'array':
      return 'an array';
    case 'object':
      return describeObject(shape.members);
    case 'optional':
      return describe(shape.shape);
    case 'union':
      return oneOf(flatten(shape.members).map(describe));
    case 'ref':
      return describeRef(shape.to());
  }
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
