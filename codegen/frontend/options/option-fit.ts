/**
 * Option fit: whether a handler's types are suitable for its options.
 *
 * Pure. TypeScript reports most of these problems itself if the author wrote `satisfies`; that a string has to be a
 * `Snowflake` is checked only here.
 */
import type { HandlerModel, Reduce, Shape, Target } from '../../model/model.js';
import { alternativesOf, objectsOf, resolve, unionOf } from '../../model/shapes.js';
import type { TypeTable } from '../../model/shapes.js';
import type { Reason } from '../program/reporter.js';

type BareHandler = Omit<HandlerModel, 'options'>;

const MEMBER_KINDS = {
  guild: { kinds: ['snowflake'], called: 'required `Snowflake` member', type: 'Snowflake' },
  shard: { kinds: ['number', 'int', 'uint'], called: 'required number member', type: 'UInt' },
  hash: {
    kinds: ['string', 'snowflake', 'number', 'int', 'uint', 'literal'],
    called: 'required string or number member',
    type: 'string',
  },
} as const;

/** Returns why the data has no such target; `undefined` if it has. */
export function targetMisfit(
  handler: BareHandler,
  target: Exclude<Target, { by: 'place' }>,
  types: TypeTable,
): Reason | undefined {
  const { kinds, called, type } = MEMBER_KINDS[target.by];
  const objects = objectsOf(handler.input, types);
  const fits = objects.every((object) => {
    const member = object.members.find((one) => one.key === target.key);
    if (member === undefined || member.optional) return false;
    const alternatives = target.by === 'hash' ? alternativesOf(member.shape, types) : [member.shape];
    return alternatives.every((one) => (kinds as readonly string[]).includes(resolve(one, types).kind));
  });
  if (objects.length > 0 && fits) return undefined;
  return {
    code: 'SW3005',
    message: `the data of \`${handler.name}\` has no ${called} \`${target.key}\``,
    hint: `declare it: ${handler.name}(data: { ${target.key}: ${type} })`,
  };
}

/** Returns why the results cannot be reduced this way; `undefined` if they can. */
export function reduceMisfit(handler: BareHandler, reduce: Reduce, types: TypeTable): Reason | undefined {
  if ('key' in reduce) return keyMisfit(handler, reduce.key, types);
  const { fits, needs } = REDUCTION_NEEDS[reduce.by];
  if (fits(handler.output, types)) return undefined;
  return {
    code: 'SW3006',
    message: `'${reduce.by}' cannot reduce the result of \`${handler.name}\`: it requires ${needs}`,
    hint: 'use { maxBy: ... } or { minBy: ... } for objects',
  };
}

type Fits = (shape: Shape, types: TypeTable) => boolean;

const numbers = { fits: every(isNumeric), needs: 'numbers' } as const;
const booleans = { fits: every(isBoolean), needs: 'booleans' } as const;

const REDUCTION_NEEDS: Readonly<
  Record<Exclude<Reduce, { key: string }>['by'], { readonly fits: Fits; readonly needs: string }>
> = {
  sum: numbers,
  min: numbers,
  max: numbers,
  avg: numbers,
  every: booleans,
  some: booleans,
  concat: { fits: every((shape) => shape.kind === 'array'), needs: 'arrays' },
  firstNonNull: {
    fits: (shape, types) => alternativesOf(shape, types).some((one) => resolve(one, types).kind === 'null'),
    needs: 'results that may be `null`',
  },
};

function keyMisfit(handler: BareHandler, key: string, types: TypeTable): Reason | undefined {
  const objects = objectsOf(withoutNull(handler.output, types), types);
  const members = objects.map((object) => object.members.find((member) => member.key === key));
  const isComparable = members.every(
    (member) => member?.optional === false && every(isNumeric)(member.shape, types),
  );
  if (objects.length > 0 && isComparable) return undefined;
  return {
    code: 'SW3006',
    message: `the result of \`${handler.name}\` has no required number member \`${key}\``,
    hint: 'the result must be an object with this member, or null',
  };
}

function every(fits: (shape: Shape) => boolean): Fits {
  return (shape, types) => alternativesOf(shape, types).every((one) => fits(resolve(one, types)));
}

function isNumeric(shape: Shape): boolean {
  if (shape.kind === 'literal') return typeof shape.value === 'number';
  return shape.kind === 'number' || shape.kind === 'int' || shape.kind === 'uint';
}

function isBoolean(shape: Shape): boolean {
  if (shape.kind === 'literal') return typeof shape.value === 'boolean';
  return shape.kind === 'boolean';
}

function withoutNull(shape: Shape, types: TypeTable): Shape {
  return unionOf(alternativesOf(shape, types).filter((one) => resolve(one, types).kind !== 'null'));
}
