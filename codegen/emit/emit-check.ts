/**
 * Checks: a function for each type of a page that says whether a value fits, and the expressions inside.
 *
 * `explain` walks the page's shapes and must say no exactly where these do; a property test compares the two.
 */
import type { LiteralValue, Member, NamedType, Shape } from '../model.js';
import { isOptional, objectsOf, tagOf, withoutAbsent } from '../shapes.js';
import type { Tag } from '../shapes.js';
import { chain, list, parenthesised } from './doc.js';
import type { Doc } from './doc.js';
import { isFunctionName } from './page-model.js';
import { literalText, readMembers, runtime } from './page-scope.js';
import type { PageScope } from './page-scope.js';

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
  emitGuard(page, type, [`!${runtime(page, 'isObject')}(value)`]);
  const checked = members.filter((member) => member.shape.kind !== 'anything');
  const locals = readMembers(page, checked, 'value');
  const checks = checked.map((member, i) => memberCheck(page, member, locals[i] ?? '', type));
  page.out.line('return ', checks.length === 0 ? 'true' : chain(checks, '&&'), ';');
}

function memberCheck(page: PageScope, member: Member, local: string, type: string): Doc {
  if (!isOptional(member, page.model.types)) return inChain(page, member.shape, local, type);
  const shape = withoutAbsent(member.shape);
  const alternatives = shape.kind === 'union' ? shape.members : [shape];
  const checks = alternatives.map((one) => inChain(page, one, local, type));
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
      others.map((other) => checkOf(page, other, 'value', type)),
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
    case 'int':
    case 'uint':
    case 'snowflake':
      return `${checkReference(page, shape)}(${local})`;
    case 'null':
      return `${local} === null`;
    case 'absent':
      return `${local} === undefined`;
    case 'anything':
      return 'true';
    case 'literal':
      return `${local} === ${literalText(shape.value)}`;
    case 'array':
      return arrayCheck(page, shape.item, local, type);
    case 'union':
      return chain(
        quickFirst(shape.members).map((member) => checkOf(page, member, local, type)),
        '||',
      );
    case 'object':
      throw new Error('an object without a name has got onto a page');
    case 'named':
      return `${isFunctionName(shape.name)}(${local}${depthArgument(page, shape.name, type)})`;
  }
}

/** `null` is quicker to see, and to read, than what stands beside it. */
function quickFirst(members: readonly Shape[]): readonly Shape[] {
  const isQuick = ({ kind }: Shape): boolean => kind === 'null' || kind === 'absent';
  return [...members.filter(isQuick), ...members.filter((member) => !isQuick(member))];
}

function arrayCheck(page: PageScope, item: Shape, local: string, type: string | undefined): Doc {
  const isArrayOf = runtime(page, 'isArrayOf');
  const byName = depthArgument(page, item.kind === 'named' ? item.name : '', type) === '';
  const reference = byName ? checkReference(page, item) : undefined;
  if (reference !== undefined) return `${isArrayOf}(${local}, ${reference})`;
  const inner = local === 'item' ? 'inner' : 'item';
  return list(`${isArrayOf}(`, [local, [`(${inner}) => `, checkOf(page, item, inner, type)]], ')');
}

function depthArgument(page: PageScope, to: string, from: string | undefined): string {
  const { recursion } = page.model;
  if (from === undefined || !recursion.isDeep(from) || !recursion.isDeep(to)) return '';
  return recursion.isStep(from, to) ? ', depth + 1' : ', depth';
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
    case 'named':
      return isFunctionName(shape.name);
    case 'literal':
    case 'array':
    case 'object':
    case 'union':
      return undefined;
  }
}
