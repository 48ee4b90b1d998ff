/**
 * Checks: a function for each type of a page that says whether a value fits, and the expressions inside.
 *
 * `explain` walks the page's shapes and must say no exactly where these do; a property test compares the two.
 */
import type {
  Bounds,
  KeyRule,
  LiteralValue,
  Member,
  NamedType,
  RecordShape,
  Shape,
  TextRules,
  TupleShape,
} from '../model.js';
import { isOptional, objectsOf, tagOf, withoutAbsent } from '../shapes.js';
import type { Tag } from '../shapes.js';
import { chain, list, parenthesised } from './doc.js';
import type { Doc } from './doc.js';
import { isFunctionName } from './page-model.js';
import { RUNTIME, depthArgument, literalText, readMembers, regExpText, runtime } from './page-scope.js';
import type { PageScope } from './page-scope.js';
import { quote } from './source-printer.js';

/** Writes `isX` for a type. */
export function emitCheck(page: PageScope, type: NamedType): void {
  const depth = page.model.recursion.isDeep(type.name) ? ', depth = 0' : '';
  page.out.block(
    `function ${isFunctionName(type.name)}(value: unknown${depth}): boolean {`,
    () => emitBody(page, type),
    '}',
  );
}

function emitBody(page: PageScope, type: NamedType): void {
  const { shape } = type;
  if (shape.kind === 'object') return emitObject(page, type.name, shape.members);
  if (shape.kind === 'record') return emitRecord(page, type.name, shape);
  if (shape.kind === 'tuple') return emitTuple(page, type.name, shape);
  if (shape.kind === 'array') return emitArray(page, type.name, shape);

  const tagged = shape.kind === 'union' ? taggedMembers(page, shape.members) : undefined;
  if (tagged !== undefined) return emitTagged(page, type.name, tagged);
  emitGuard(page, type.name, []);
  page.out.line('return ', checkOf(page, shape, 'value', type.name), ';');
}

/** Leaves early where the type is nested too deep, or for one of the other reasons. */
function emitGuard(page: PageScope, type: string, reasons: readonly string[]): void {
  const tooDeep = page.model.recursion.isRecursive(type) ? [`depth > ${runtime(page, 'MAX_DEPTH')}`] : [];
  const all = [...tooDeep, ...reasons];
  if (all.length > 0) page.out.line(`if (${all.join(' || ')}) return false;`);
}

function emitObject(page: PageScope, type: string, members: readonly Member[]): void {
  const checked = members.filter((member) => member.shape.kind !== 'anything');
  const locals = readMembers(page, checked, emitObjectGuard(page, type, members));
  const checks = checked.map((member, i) => memberCheck(page, member, locals[i] ?? '', type));
  page.out.line('return ', checks.length === 0 ? 'true' : chain(checks, '&&'), ';');
}

/**
 * Refuses what is no object; returns how to read its members. Written out where it can be: a function that all pages
 * share costs a quarter of the whole check.
 */
function emitObjectGuard(page: PageScope, type: string, members: readonly Member[]): string {
  if (!members.some((member) => noArrayHas(page, member))) {
    emitGuard(page, type, [`!${runtime(page, 'isObject')}(value)`]);
    return 'value';
  }
  emitGuard(page, type, ["typeof value !== 'object'", 'value === null']);
  return `value as ${page.out.useType('Fields', RUNTIME)}`;
}

/** Whether an array cannot have the member: it is required, and nothing that arrays have by themselves. */
function noArrayHas(page: PageScope, member: Member): boolean {
  return (
    !isOptional(member, page.model.types) && !(member.key in Array.prototype) && !/^\d+$/.test(member.key)
  );
}

function emitRecord(page: PageScope, type: string, { members, rules }: RecordShape): void {
  emitGuard(page, type, [`!${runtime(page, 'isRecord')}(value)`]);
  const checked = members.filter((member) => member.shape.kind !== 'anything');
  const locals = readMembers(page, checked, 'value');
  const checks = checked.map((member, i) => memberCheck(page, member, locals[i] ?? '', type));
  page.out.line('return ', chain([...checks, rulesCheck(page, members, rules, type)], '&&'), ';');
}

function rulesCheck(
  page: PageScope,
  members: readonly Member[],
  rules: readonly KeyRule[],
  type: string,
): Doc {
  const [first] = rules;
  const direct =
    rules.length === 1 && first?.pattern === undefined
      ? checkFunction(page, first?.value ?? { kind: 'anything' }, '', type)
      : [
          `(item, key) => `,
          ruleChoice(rules, (rule) => inTernary(checkOf(page, rule.value, 'item', type)), 'true'),
        ];
  return list(`${runtime(page, 'isRecordOf')}(`, ['value', direct, ...exceptions(members)], ')');
}

/** `pattern.test(key) ? a : b`: the first rule that fits a key holds. */
export function ruleChoice(
  rules: readonly KeyRule[],
  expression: (rule: KeyRule) => Doc,
  otherwise: Doc,
): Doc {
  const [rule, ...others] = rules;
  if (rule === undefined) return otherwise;
  if (rule.pattern === undefined) return expression(rule);
  const test = `${regExpText(rule.pattern)}.test(key) ? `;
  return [test, expression(rule), ' : ', ruleChoice(others, expression, otherwise)];
}

/** The keys that a rule for keys does not concern, as the last argument of what runs over them. */
export function exceptions(members: readonly Member[]): readonly Doc[] {
  return members.length === 0
    ? []
    : [
        list(
          '[',
          members.map(({ key }) => quote(key)),
          ']',
        ),
      ];
}

function inTernary(check: Doc): Doc {
  return typeof check === 'object' && 'items' in check ? parenthesised(check) : check;
}

function emitTuple(page: PageScope, type: string, shape: TupleShape): void {
  const { head, optional, rest, tail } = shape;
  const least = head.length + tail.length;
  const most = rest === undefined ? String(least + optional.length) : 'Infinity';
  emitGuard(page, type, [`!${runtime(page, 'isTuple')}(value, ${least}, ${most})`]);
  const first = [...head, ...optional];
  const checks = first.map((item, i): Doc => {
    const check = inChain(page, item, `value[${i}]`, type);
    return i < head.length ? check : parenthesised(chain([`value.length <= ${i}`, check], '||'));
  });
  if (rest !== undefined) {
    const end = tail.length === 0 ? '' : `, -${tail.length}`;
    const items = first.length === 0 && end === '' ? 'value' : `value.slice(${first.length}${end})`;
    checks.push(list(`${runtime(page, 'isArrayOf')}(`, [items, checkFunction(page, rest, '', type)], ')'));
  }
  const last = tail.map((item, i) => {
    return inChain(page, item, `value[value.length - ${tail.length - i}]`, type);
  });
  const all = [...checks, ...last].filter((check) => check !== 'true');
  page.out.line('return ', all.length === 0 ? 'true' : chain(all, '&&'), ';');
}

/** A loop of its own is half as long again as fast as a function that many share. */
function emitArray(page: PageScope, type: string, { item, bounds }: ArrayShape): void {
  const { min, max } = bounds ?? {};
  const limits = [
    ...(min === undefined ? [] : [`value.length < ${min}`]),
    ...(max === undefined ? [] : [`value.length > ${max}`]),
  ];
  emitGuard(page, type, ['!Array.isArray(value)', ...limits]);
  const check = checkOf(page, item, 'item', type);
  if (check !== 'true') {
    // By index: `for ... of` asks the array for an iterator.
    page.out.block(
      'for (let i = 0; i < value.length; i++) {',
      () => {
        page.out.line('const item: unknown = value[i];');
        page.out.line('if (!', negatable(check), ') return false;');
      },
      '}',
    );
  }
  page.out.line('return true;');
}

type ArrayShape = Extract<Shape, { readonly kind: 'array' }>;

/** An expression that `!` may stand before. */
function negatable(check: Doc): Doc {
  const isCall = typeof check === 'string' && /^[\w$.]+\(.*\)$/.test(check) && !/[&|]|=== /.test(check);
  return isCall ? check : parenthesised(check);
}

function memberCheck(page: PageScope, member: Member, local: string, type: string): Doc {
  if (!isOptional(member, page.model.types)) return inChain(page, member.shape, local, type);
  const shape = withoutAbsent(member.shape);
  const alternatives = shape.kind === 'union' ? shape.members : [shape];
  const checks = alternatives.map((one) => inAlternatives(page, one, local, type));
  return parenthesised(chain([`${local} === undefined`, ...checks], '||'));
}

/** An expression that may stand between `&&`s. */
function inChain(page: PageScope, shape: Shape, local: string, type: string): Doc {
  const check = checkOf(page, shape, local, type);
  return shape.kind === 'union' ? parenthesised(check) : check;
}

export interface TaggedMembers {
  readonly tag: Tag;
  readonly tagged: readonly Shape[];
  readonly others: readonly Shape[];
}

/** The members of a union that one of their own literals tells apart, if there are several. */
export function taggedMembers(page: PageScope, members: readonly Shape[]): TaggedMembers | undefined {
  const { types } = page.model;
  const tagged = members.filter((member) => objectsOf(member, types).length > 0);
  if (tagged.length < 2) return undefined;
  const tag = tagOf(
    tagged.map((member) => objectsOf(member, types)),
    types,
  );
  return tag && { tag, tagged, others: members.filter((member) => !tagged.includes(member)) };
}

function emitTagged(page: PageScope, type: string, { tag, tagged, others }: TaggedMembers): void {
  emitGuard(page, type, []);
  if (others.length > 0) {
    const check = chain(
      others.map((other) => inAlternatives(page, other, 'value', type)),
      '||',
    );
    page.out.line('if (', check, ') return true;');
  }
  page.out.line(`if (!${runtime(page, 'isObject')}(value)) return false;`);
  const [local = ''] = readMembers(page, [{ key: tag.key }], 'value');
  page.out.block(
    `switch (${local}) {`,
    () => {
      for (const [i, member] of tagged.entries()) {
        emitCases(page, tag.values[i] ?? []);
        page.out.line('  return ', checkOf(page, member, 'value', type), ';');
      }
      page.out.line('default:');
      page.out.line('  return false;');
    },
    '}',
  );
}

/** `case` lines for the values of one member's tag. */
export function emitCases(page: PageScope, values: readonly LiteralValue[]): void {
  for (const value of values) page.out.line(`case ${literalText(value)}:`);
}

/** An expression that is true if what `local` holds fits. `type` is the type whose function this stands in. */
export function checkOf(page: PageScope, shape: Shape, local: string, type: string | undefined): Doc {
  switch (shape.kind) {
    case 'string':
      return `typeof ${local} === 'string'`;
    case 'boolean':
      return `typeof ${local} === 'boolean'`;
    case 'number':
      return `Number.isFinite(${local})`;
    case 'int':
    case 'uint':
    case 'snowflake':
    case 'bigint':
    case 'date':
    case 'bytes':
      return `${checkReference(page, shape)}(${local})`;
    case 'text':
      return textCheck(page, shape.rules, local);
    case 'range':
      return `${runtime(page, RANGE_CHECKS[shape.of])}(${local}, ${boundsText(shape.bounds, '-Infinity')})`;
    case 'null':
      return `${local} === null`;
    case 'absent':
      return `${local} === undefined`;
    case 'anything':
      return 'true';
    case 'literal':
      return `${local} === ${literalText(shape.value)}`;
    case 'array':
      return arrayCheck(page, shape, local, type);
    case 'set':
      return list(`${runtime(page, 'isSetOf')}(`, [local, checkFunction(page, shape.item, local, type)], ')');
    case 'map': {
      const [key, value] = [shape.key, shape.value].map((part) => checkFunction(page, part, local, type));
      return list(`${runtime(page, 'isMapOf')}(`, [local, key ?? '', value ?? ''], ')');
    }
    case 'union':
      return chain(
        quickFirst(shape.members).map((member) => inAlternatives(page, member, local, type)),
        '||',
      );
    case 'object':
    case 'record':
    case 'tuple':
      throw new Error(`a shape without a name has got onto a page: ${shape.kind}`);
    case 'named':
      return `${isFunctionName(shape.name)}(${local}${depthArgument(page, shape.name, type)})`;
  }
}

/** An expression that may stand between `||`s. */
function inAlternatives(page: PageScope, shape: Shape, local: string, type: string | undefined): Doc {
  const check = checkOf(page, shape, local, type);
  return shape.kind === 'text' ? parenthesised(check) : check;
}

/** `null` is quicker to see, and to read, than what stands beside it. */
function quickFirst(members: readonly Shape[]): readonly Shape[] {
  const isQuick = ({ kind }: Shape): boolean => kind === 'null' || kind === 'absent';
  return [...members.filter(isQuick), ...members.filter((member) => !isQuick(member))];
}

function arrayCheck(
  page: PageScope,
  { item, bounds }: ArrayShape,
  local: string,
  type: string | undefined,
): Doc {
  const limits = bounds === undefined ? [] : [boundsText(bounds, '0')];
  const args = [local, checkFunction(page, item, local, type), ...limits];
  return list(`${runtime(page, 'isArrayOf')}(`, args, ')');
}

/** A function that checks the shape: by its name if it has one that will do. */
export function checkFunction(page: PageScope, shape: Shape, local: string, type: string | undefined): Doc {
  const byName = depthArgument(page, shape.kind === 'named' ? shape.name : '', type) === '';
  const reference = byName ? checkReference(page, shape) : undefined;
  if (reference !== undefined) return reference;
  const inner = local === 'item' ? 'inner' : 'item';
  return [`(${inner}) => `, checkOf(page, shape, inner, type)];
}

const RANGE_CHECKS = { number: 'isNumberIn', int: 'isIntIn', uint: 'isUIntIn' } as const;

function textCheck(page: PageScope, { min, max, pattern }: TextRules, local: string): Doc {
  const checks: Doc[] = [];
  if (min !== undefined || max !== undefined) {
    checks.push(
      `${runtime(page, 'isText')}(${local}, ${boundsText({ min: min ?? 0, ...optionalMax(max) }, '0')})`,
    );
  }
  if (pattern !== undefined) checks.push(`${runtime(page, 'isMatch')}(${local}, ${regExpText(pattern)})`);
  return checks.length === 0 ? `typeof ${local} === 'string'` : chain(checks, '&&');
}

function optionalMax(max: number | undefined): Bounds {
  return max === undefined ? {} : { max };
}

function boundsText({ min, max }: Bounds, least: string): string {
  return `${min ?? least}, ${max ?? 'Infinity'}`;
}

/** A function that checks the shape, if there is one by name. */
export function checkReference(page: PageScope, shape: Shape): string | undefined {
  switch (shape.kind) {
    case 'string':
      return runtime(page, 'isString');
    case 'number':
      return runtime(page, 'isNumber');
    case 'int':
      return runtime(page, 'isInt');
    case 'uint':
      return runtime(page, 'isUInt');
    case 'snowflake':
      return runtime(page, 'isSnowflake');
    case 'boolean':
      return runtime(page, 'isBoolean');
    case 'null':
      return runtime(page, 'isNull');
    case 'absent':
      return runtime(page, 'isAbsent');
    case 'anything':
      return runtime(page, 'isAnything');
    case 'bigint':
      return runtime(page, 'isBigInt');
    case 'date':
      return runtime(page, 'isDate');
    case 'bytes':
      return runtime(page, shape.as === 'Buffer' ? 'isBuffer' : 'isBytes');
    case 'named':
      return isFunctionName(shape.name);
    case 'literal':
    case 'text':
    case 'range':
    case 'array':
    case 'tuple':
    case 'set':
    case 'map':
    case 'object':
    case 'record':
    case 'union':
      return undefined;
  }
}
