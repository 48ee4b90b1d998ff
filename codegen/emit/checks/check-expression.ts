/**
 * Check expressions: an expression that is true if the value of a variable fits a shape.
 *
 * The functions that `emit-check` writes consist of them. A shape that takes more than an expression has a function, which
 * the expression calls.
 */
import type { Bounds, Shape, TextRules } from '../../model/model.js';
import type { ContractPage } from '../contract-page.js';
import { isFunctionName } from '../names.js';
import { call, chain, parenthesised } from '../printer/fragment.js';
import type { Fragment } from '../printer/fragment.js';
import { literalText, regExpText } from '../printer/literals.js';

export type ArrayShape = Extract<Shape, { readonly kind: 'array' }>;

/** Returns a check that can be joined by `&&`. */
export function inChain(page: ContractPage, shape: Shape, local: string, type: string): Fragment {
  const check = checkOf(page, shape, local, type);
  return shape.kind === 'union' ? parenthesised(check) : check;
}

/**
 * Returns an expression that is true if the value of `local` fits.
 *
 * @param type - The type whose function the expression is part of.
 */
export function checkOf(page: ContractPage, shape: Shape, local: string, type: string | undefined): Fragment {
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
      return `${page.runtime(RANGE_CHECKS[shape.of])}(${local}, ${boundsText(shape.bounds, '-Infinity')})`;
    case 'null':
      return `${local} === null`;
    case 'undefined':
      return `${local} === undefined`;
    case 'unknown':
      return 'true';
    case 'literal':
      return `${local} === ${literalText(shape.value)}`;
    case 'array':
      return arrayCheck(page, shape, local, type);
    case 'set':
      return call(page.runtime('isSetOf'), [local, checkFunction(page, shape.item, local, type)]);
    case 'map': {
      const [key, value] = [shape.key, shape.value].map((part) => checkFunction(page, part, local, type));
      return call(page.runtime('isMapOf'), [local, key ?? '', value ?? '']);
    }
    case 'union':
      return chain(
        quickFirst(shape.members).map((member) => inAlternatives(page, member, local, type)),
        '||',
      );
    case 'object':
    case 'record':
    case 'tuple':
      throw new Error(`a page contains an inline ${shape.kind}`);
    case 'named':
      return `${isFunctionName(shape.name)}(${local}${page.depthArgument(shape.name, type)})`;
  }
}

/** Returns a check that can be joined by `||`. */
export function inAlternatives(
  page: ContractPage,
  shape: Shape,
  local: string,
  type: string | undefined,
): Fragment {
  const check = checkOf(page, shape, local, type);
  return shape.kind === 'text' ? parenthesised(check) : check;
}

/** Moves `null` and `undefined` to the front: they are quicker to check, and to read, than other members. */
function quickFirst(members: readonly Shape[]): readonly Shape[] {
  const isQuick = ({ kind }: Shape): boolean => kind === 'null' || kind === 'undefined';
  return [...members.filter(isQuick), ...members.filter((member) => !isQuick(member))];
}

function arrayCheck(
  page: ContractPage,
  { item, bounds }: ArrayShape,
  local: string,
  type: string | undefined,
): Fragment {
  const limits = bounds === undefined ? [] : [boundsText(bounds, '0')];
  const args = [local, checkFunction(page, item, local, type), ...limits];
  return call(page.runtime('isArrayOf'), args);
}

/** Returns a function that checks the shape: its name if it has one that can be called as it is, otherwise a lambda. */
export function checkFunction(
  page: ContractPage,
  shape: Shape,
  local: string,
  type: string | undefined,
): Fragment {
  const byName = page.depthArgument(shape.kind === 'named' ? shape.name : '', type) === '';
  const reference = byName ? checkReference(page, shape) : undefined;
  if (reference !== undefined) return reference;
  const inner = local === 'item' ? 'inner' : 'item';
  return [`(${inner}) => `, checkOf(page, shape, inner, type)];
}

const RANGE_CHECKS = { number: 'isNumberIn', int: 'isIntIn', uint: 'isUIntIn' } as const;

function textCheck(page: ContractPage, { min, max, pattern }: TextRules, local: string): Fragment {
  const checks: Fragment[] = [];
  if (min !== undefined || max !== undefined) {
    checks.push(
      `${page.runtime('isStringOfLength')}(${local}, ${boundsText({ min: min ?? 0, ...optionalMax(max) }, '0')})`,
    );
  }
  if (pattern !== undefined) checks.push(`${page.runtime('isMatch')}(${local}, ${regExpText(pattern)})`);
  return checks.length === 0 ? `typeof ${local} === 'string'` : chain(checks, '&&');
}

function optionalMax(max: number | undefined): Bounds {
  return max === undefined ? {} : { max };
}

function boundsText({ min, max }: Bounds, defaultMin: string): string {
  return `${min ?? defaultMin}, ${max ?? 'Infinity'}`;
}

/** Returns the name of the function that checks the shape, if it has one. */
function checkReference(page: ContractPage, shape: Shape): string | undefined {
  switch (shape.kind) {
    case 'string':
      return page.runtime('isString');
    case 'number':
      return page.runtime('isNumber');
    case 'int':
      return page.runtime('isInt');
    case 'uint':
      return page.runtime('isUInt');
    case 'snowflake':
      return page.runtime('isSnowflake');
    case 'boolean':
      return page.runtime('isBoolean');
    case 'null':
      return page.runtime('isNull');
    case 'undefined':
      return page.runtime('isUndefined');
    case 'unknown':
      return page.runtime('isUnknown');
    case 'bigint':
      return page.runtime('isBigInt');
    case 'date':
      return page.runtime('isDate');
    case 'bytes':
      return page.runtime(shape.as === 'Buffer' ? 'isBuffer' : 'isBytes');
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
