/**
 * Checks: a function for each type of a page that says whether a value fits, and the expressions inside.
 *
 * `explain` walks the page's shapes and must say no exactly where these do; a property test compares the two.
 */
import type { KeyRule, Member, NamedType, RecordShape, TupleShape } from '../../model/model.js';
import { isOptional, literalsOf, withoutAbsent } from '../../model/shapes.js';
import { checkFunction, checkOf, inAlternatives, inChain } from './check-expression.js';
import type { ArrayShape } from './check-expression.js';
import { emitCases, exceptions, ruleChoice, taggedMembers } from '../union-dispatch.js';
import type { TaggedMembers } from '../union-dispatch.js';
import { chain, list, parenthesised } from '../printer/fragment.js';
import type { Doc } from '../printer/fragment.js';
import { isFunctionName } from '../page-model.js';
import { RUNTIME, readMembers, runtime } from '../emit-context.js';
import type { PageScope } from '../emit-context.js';

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
  const checked = tagsFirst(page, type, members).filter((member) => member.shape.kind !== 'anything');
  const locals = readMembers(page, checked, emitObjectGuard(page, type, members));
  const checks = checked.map((member, i) => memberCheck(page, member, locals[i] ?? '', type));
  page.out.line('return ', checks.length === 0 ? 'true' : chain(checks, '&&'), ';');
}

/**
 * Where a union holds something without its tag its members are tried one by one. The tag has to end that before what
 * is nested is looked at: otherwise each level of a value would be walked once for each member.
 */
function tagsFirst(page: PageScope, type: string, members: readonly Member[]): readonly Member[] {
  if (!page.model.recursion.isRecursive(type)) return members;
  const isTag = ({ shape }: Member): boolean => literalsOf(shape, page.model.types).length > 0;
  return [...members.filter(isTag), ...members.filter((member) => !isTag(member))];
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
