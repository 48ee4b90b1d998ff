/**
 * Check expressions: an expression that is true if what a variable holds fits a shape.
 *
 * They stand in the functions that `emit-check` writes. A shape that takes more than an expression has a function of its
 * own, and is asked by its name.
 */
import type { Bounds, Shape, TextRules } from '../../model/model.js';
import { chain, list, parenthesised } from '../printer/fragment.js';
import type { Doc } from '../printer/fragment.js';
import { isFunctionName } from '../page-model.js';
import { depthArgument, literalText, regExpText, runtime } from '../emit-context.js';
import type { PageScope } from '../emit-context.js';

export type ArrayShape = Extract<Shape, { readonly kind: 'array' }>;

/** An expression that may stand between `&&`s. */
export function inChain(page: PageScope, shape: Shape, local: string, type: string): Doc {
  const check = checkOf(page, shape, local, type);
  return shape.kind === 'union' ? parenthesised(check) : check;
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
export function inAlternatives(page: PageScope, shape: Shape, local: string, type: string | undefined): Doc {
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
