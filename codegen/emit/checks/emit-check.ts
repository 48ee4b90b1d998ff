/**
 * Checks: for each type of a page a function that tells whether a value fits.
 *
 * `explain` walks the page's shapes and must find a problem exactly where the check fails; a property test compares the
 * two.
 */
import type { KeyRule, Member, NamedType, RecordShape, TupleShape } from '../../model/model.js';
import { isOptional, literalsOf, withoutUndefined } from '../../model/shapes.js';
import { checkFunction, checkOf, inAlternatives, inChain } from './check-expression.js';
import type { ArrayShape } from './check-expression.js';
import type { ContractPage } from '../contract-page.js';
import { destructure } from '../destructure.js';
import { isFunctionName } from '../names.js';
import { call, chain, isGroup, parenthesised } from '../printer/fragment.js';
import type { Fragment } from '../printer/fragment.js';
import { emitCases, namedKeys, dispatchOnKey, taggedMembers } from '../union-dispatch.js';
import type { TaggedMembers } from '../union-dispatch.js';

/** Writes `isX` for a type. */
export function emitCheck(page: ContractPage, type: NamedType): void {
  const depth = page.model.recursion.isDeep(type.name) ? ', depth = 0' : '';
  page.block(
    `function ${isFunctionName(type.name)}(value: unknown${depth}): boolean {`,
    () => emitBody(page, type),
    '}',
  );
}

function emitBody(page: ContractPage, type: NamedType): void {
  const { shape } = type;
  if (shape.kind === 'object') return emitObject(page, type.name, shape.members);
  if (shape.kind === 'record') return emitRecord(page, type.name, shape);
  if (shape.kind === 'tuple') return emitTuple(page, type.name, shape);
  if (shape.kind === 'array') return emitArray(page, type.name, shape);

  const tagged = shape.kind === 'union' ? taggedMembers(page, shape.members) : undefined;
  if (tagged !== undefined) return emitTagged(page, type.name, tagged);
  emitGuard(page, type.name, []);
  page.line('return ', checkOf(page, shape, 'value', type.name), ';');
}

/** Writes the line that returns `false` if the type is nested too deep or one of the conditions holds. */
function emitGuard(page: ContractPage, type: string, conditions: readonly string[]): void {
  const tooDeep = page.model.recursion.isRecursive(type) ? [`depth > ${page.runtime('MAX_DEPTH')}`] : [];
  const all = [...tooDeep, ...conditions];
  if (all.length > 0) page.line(`if (${all.join(' || ')}) return false;`);
}

function emitObject(page: ContractPage, type: string, members: readonly Member[]): void {
  const checked = tagsFirst(page, type, members).filter((member) => member.shape.kind !== 'unknown');
  const locals = destructure(page, checked, emitObjectGuard(page, type, members));
  const checks = checked.map((member, i) => memberCheck(page, member, locals[i] ?? '', type));
  page.line('return ', checks.length === 0 ? 'true' : chain(checks, '&&'), ';');
}

/**
 * Moves the tag of a recursive type to the front. A union that has a member without the tag tries its members one by
 * one; the tag has to reject a wrong member before its nested values are checked, otherwise each level of a value would be
 * walked once for each member.
 */
function tagsFirst(page: ContractPage, type: string, members: readonly Member[]): readonly Member[] {
  if (!page.model.recursion.isRecursive(type)) return members;
  const isTag = ({ shape }: Member): boolean => literalsOf(shape, page.model.types).length > 0;
  return [...members.filter(isTag), ...members.filter((member) => !isTag(member))];
}

/**
 * Writes the line that rejects values that are no objects; returns the expression to read members from. The test is
 * inlined if possible: a call of a function that all pages share costs a quarter of the whole check.
 */
function emitObjectGuard(page: ContractPage, type: string, members: readonly Member[]): string {
  if (!members.some((member) => noArrayHas(page, member))) {
    emitGuard(page, type, [`!${page.runtime('isObject')}(value)`]);
    return 'value';
  }
  emitGuard(page, type, ["typeof value !== 'object'", 'value === null']);
  return `value as ${page.runtimeType('Fields')}`;
}

/** Whether no array has the member: it is required, no index, and no property of `Array.prototype`. */
function noArrayHas(page: ContractPage, member: Member): boolean {
  return (
    !isOptional(member, page.model.types) && !(member.key in Array.prototype) && !/^\d+$/.test(member.key)
  );
}

function emitRecord(page: ContractPage, type: string, { members, rules }: RecordShape): void {
  emitGuard(page, type, [`!${page.runtime('isRecord')}(value)`]);
  const checked = members.filter((member) => member.shape.kind !== 'unknown');
  const locals = destructure(page, checked, 'value');
  const checks = checked.map((member, i) => memberCheck(page, member, locals[i] ?? '', type));
  page.line('return ', chain([...checks, rulesCheck(page, members, rules, type)], '&&'), ';');
}

function rulesCheck(
  page: ContractPage,
  members: readonly Member[],
  rules: readonly KeyRule[],
  type: string,
): Fragment {
  const [first] = rules;
  const direct =
    rules.length === 1 && first?.pattern === undefined
      ? checkFunction(page, first?.value ?? { kind: 'unknown' }, '', type)
      : [
          `(item, key) => `,
          dispatchOnKey(rules, (rule) => inTernary(checkOf(page, rule.value, 'item', type)), 'true'),
        ];
  return call(page.runtime('isRecordOf'), ['value', direct, ...namedKeys(members)]);
}

function inTernary(check: Fragment): Fragment {
  return isGroup(check) ? parenthesised(check) : check;
}

function emitTuple(page: ContractPage, type: string, shape: TupleShape): void {
  const { head, optional, rest, tail } = shape;
  const min = head.length + tail.length;
  const max = rest === undefined ? String(min + optional.length) : 'Infinity';
  emitGuard(page, type, [`!${page.runtime('isTuple')}(value, ${min}, ${max})`]);
  const first = [...head, ...optional];
  const checks = first.map((item, i): Fragment => {
    const check = inChain(page, item, `value[${i}]`, type);
    return i < head.length ? check : parenthesised(chain([`value.length <= ${i}`, check], '||'));
  });
  if (rest !== undefined) {
    const end = tail.length === 0 ? '' : `, -${tail.length}`;
    const items = first.length === 0 && end === '' ? 'value' : `value.slice(${first.length}${end})`;
    checks.push(call(page.runtime('isArrayOf'), [items, checkFunction(page, rest, '', type)]));
  }
  const last = tail.map((item, i) => {
    return inChain(page, item, `value[value.length - ${tail.length - i}]`, type);
  });
  const all = [...checks, ...last].filter((check) => check !== 'true');
  page.line('return ', all.length === 0 ? 'true' : chain(all, '&&'), ';');
}

/** Writes a loop, which is 1.5 times as fast as a function that all pages share. */
function emitArray(page: ContractPage, type: string, { item, bounds }: ArrayShape): void {
  const { min, max } = bounds ?? {};
  const limits = [
    ...(min === undefined ? [] : [`value.length < ${min}`]),
    ...(max === undefined ? [] : [`value.length > ${max}`]),
  ];
  emitGuard(page, type, ['!Array.isArray(value)', ...limits]);
  const check = checkOf(page, item, 'item', type);
  if (check !== 'true') {
    // By index: `for ... of` asks the array for an iterator.
    page.block(
      'for (let i = 0; i < value.length; i++) {',
      () => {
        page.line('const item: unknown = value[i];');
        page.line('if (!', negatable(check), ') return false;');
      },
      '}',
    );
  }
  page.line('return true;');
}

/** Returns an expression that `!` can precede. */
function negatable(check: Fragment): Fragment {
  const isCall = typeof check === 'string' && /^[\w$.]+\(.*\)$/.test(check) && !/[&|]|=== /.test(check);
  return isCall ? check : parenthesised(check);
}

function memberCheck(page: ContractPage, member: Member, local: string, type: string): Fragment {
  if (!isOptional(member, page.model.types)) return inChain(page, member.shape, local, type);
  const shape = withoutUndefined(member.shape);
  const alternatives = shape.kind === 'union' ? shape.members : [shape];
  const checks = alternatives.map((one) => inAlternatives(page, one, local, type));
  return parenthesised(chain([`${local} === undefined`, ...checks], '||'));
}

function emitTagged(page: ContractPage, type: string, { tag, tagged, others }: TaggedMembers): void {
  emitGuard(page, type, []);
  if (others.length > 0) {
    const check = chain(
      others.map((other) => inAlternatives(page, other, 'value', type)),
      '||',
    );
    page.line('if (', check, ') return true;');
  }
  page.line(`if (!${page.runtime('isObject')}(value)) return false;`);
  const [local = ''] = destructure(page, [{ key: tag.key }], 'value');
  page.block(
    `switch (${local}) {`,
    () => {
      for (const [i, member] of tagged.entries()) {
        emitCases(page, tag.values[i] ?? []);
        page.line('  return ', checkOf(page, member, 'value', type), ';');
      }
      page.line('default:');
      page.line('  return false;');
    },
    '}',
  );
}
