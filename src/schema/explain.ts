/**
 * Explanations: where and why a value does not fit its shape.
 *
 * `explain` runs only after a check has failed, so it is thorough, not fast. It finds every wrong path up to a bound and
 * never throws: an unreadable member is a problem like any other. It must find a problem exactly where the generated check
 * fails. How messages describe shapes is up to `describe-shape.ts`, which member of a union was meant to
 * `union-alternatives.ts`.
 */
import { MAX_DEPTH } from './checks.js';
import { describe, describeObject, oneOf, tupleBounds } from './describe-shape.js';
import { Findings, itemAt, memberAt } from './findings.js';
import type { Place, Problem } from './findings.js';
import {
  fitsSafely,
  hasOwnSafely,
  isArraySafely,
  isObjectSafely,
  isRecordSafely,
  isWithin,
  keysSafely,
} from './safe-checks.js';
import { unknown } from './shape.js';
import type { KeyRule, Shape, ShapeMembers, TupleItems } from './shape.js';
import { showValue } from './show-value.js';
import { alternativesOf, nearest } from './union-alternatives.js';
import type { Alternative } from './union-alternatives.js';

const MAX_PROBLEMS = 20;
/** Once `MAX_PROBLEMS` are kept, counting stops after this many values: a cyclic value would never end. */
const MAX_COUNTED = 10_000;
/** Trying union members is exponential in depth; stop after this many visits. */
const MAX_TRIED = 100_000;
const TOO_DEEP = `at most ${MAX_DEPTH} levels of nesting`;

type ShapeOf<Kind extends Shape['kind']> = Extract<Shape, { readonly kind: Kind }>;

/** Returns the problems of a value that does not fit; an empty array if it fits. */
export function explain(shape: Shape, value: unknown): Problem[] {
  const findings = new Findings(MAX_PROBLEMS, MAX_COUNTED, { left: MAX_TRIED });
  const root = { path: '', depth: 0 };
  visit(shape, value, root, findings);
  // The value does not fit: `explain` is called after a failed check.
  if (findings.isTired && findings.isEmpty) findings.add(root, describe(shape), value);
  return findings.all();
}

/**
 * Returns one line for messages: `guildId: expected a string, got 42; members[3]: ...`.
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

function visit(shape: Shape, value: unknown, place: Place, findings: Findings): void {
  if (findings.full) return;
  switch (shape.kind) {
    case 'array':
      return visitArray(shape, value, place, findings);
    case 'tuple':
      return visitTuple(shape, value, place, findings);
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

function visitArray(shape: ShapeOf<'array'>, value: unknown, place: Place, findings: Findings): void {
  if (!isArraySafely(value)) return findings.add(place, describe(shape), value);
  if (!isWithin(value.length, shape.bounds)) findings.add(place, describe(shape), value);
  const { length } = value;
  for (let i = 0; i < length && !findings.full; i++) {
    visitMember(shape.item, value, i, itemAt(place, i), findings);
  }
}

function visitTuple(shape: ShapeOf<'tuple'>, value: unknown, place: Place, findings: Findings): void {
  if (!isArraySafely(value)) return findings.add(place, describe(shape), value);
  const { length } = value;
  if (!isWithin(length, tupleBounds(shape.items))) return findings.add(place, describe(shape), value);
  for (let i = 0; i < length && !findings.full; i++) {
    visitMember(tupleItem(shape.items, i, length), value, i, itemAt(place, i), findings);
  }
}

function tupleItem({ head, optional = [], rest, tail = [] }: TupleItems, i: number, length: number): Shape {
  const first = [...head, ...optional];
  const fromEnd = length - i;
  const item = i < first.length ? first[i] : fromEnd <= tail.length ? tail[tail.length - fromEnd] : rest;
  return item ?? unknown;
}

function visitSet(item: Shape, value: unknown, place: Place, findings: Findings): void {
  if (!(value instanceof Set)) return findings.add(place, 'a Set', value);
  let i = 0;
  for (const one of value as ReadonlySet<unknown>) {
    if (findings.full) return;
    visit(item, one, itemAt(place, `item ${i++}`), findings);
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
    visit(key, one, itemAt(place, `key ${i++}`), findings);
    visit(item, held, itemAt(place, showValue(one)), findings);
  }
}

function visitObject(members: ShapeMembers, value: unknown, place: Place, findings: Findings): void {
  if (!isObjectSafely(value)) return findings.add(place, describeObject(members), value);
  for (const [key, shape] of Object.entries(members)) {
    visitMember(shape, value, key, memberAt(place, key), findings);
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
    return findings.add(
      place,
      hasProto ? 'an object without the key "__proto__"' : describeObject(members),
      value,
    );
  }
  visitObject(members, value, place, findings);
  for (const key of keysSafely(value)) {
    const rule = Object.hasOwn(members, key) ? undefined : ruleFor(rules, key);
    if (rule === undefined || findings.full) continue;
    visitMember(rule.value, value, key, memberAt(place, key), findings);
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

/**
 * Selects the alternative that was meant by its tag or by the kind of the value if possible, and walks only that one, so
 * that a deep value costs no more than its size.
 */
function visitUnion(members: readonly Shape[], value: unknown, place: Place, findings: Findings): void {
  const alternatives = alternativesOf(members, place.depth);
  const near = nearest(alternatives, value);
  if (near.kind === 'member') return visitAlternative(near.alternative, value, place, findings);
  if (near.kind === 'tag') {
    const expected = oneOf(near.values.map((tag) => JSON.stringify(tag)));
    return findings.add(memberAt(place, near.key), expected, near.got);
  }
  if (near.kind === 'several') return visitClosest(near.alternatives, value, place, findings);
  // A value without members is quickly tried against all alternatives.
  if (!alternatives.some((one) => fits(one, value, place))) {
    findings.add(place, oneOf(alternatives.map((one) => describe(one.shape))), value);
  }
}

function fits(alternative: Alternative, value: unknown, place: Place): boolean {
  const findings = new Findings(1, 0, { left: 0 });
  visitAlternative(alternative, value, place, findings);
  return findings.isEmpty;
}

/** Explains a union without a discriminant by the alternative with the fewest problems. */
function visitClosest(
  alternatives: readonly Alternative[],
  value: unknown,
  place: Place,
  findings: Findings,
): void {
  const counted = alternatives.map((one) => {
    const trial = findings.trial();
    visitAlternative(one, value, place, trial);
    return trial.all();
  });
  // Incomplete trials tell neither whether the value fits nor which alternative was meant.
  if (findings.isTired) return;
  const fewest = Math.min(...counted.map((problems) => problems.length));
  findings.take(counted.find((problems) => problems.length === fewest) ?? []);
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
