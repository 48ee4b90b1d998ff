/**
 * Random values of a shape.
 *
 * Values are small: arrays have few items, some optional members are missing, recursive types end after a few levels.
 */
import type { Bounds, KeyRule, Shape, ShapeMembers, TupleItems } from '../../schema/shape.js';
import { leastDepth } from './nesting.js';
import type { Random } from './random.js';
import { snowflake, textFor, word } from './random-text.js';

/** From this level of nesting on, values end as soon as possible. */
const MAX_LEVEL = 4;
const MAX_ITEMS = 3;
const FIRST_DAY = Date.UTC(2015, 0, 1);
const LAST_DAY = Date.UTC(2030, 0, 1);

/** Returns a value that fits; equal random numbers give equal values. */
export async function randomValue(shape: Shape, random: Random, level = 0): Promise<unknown> {
  switch (shape.kind) {
    case 'string':
      return `${word(random)} ${word(random)}`;
    case 'number':
      return random.int(-100_000, 100_000) / 100;
    case 'int':
      return random.int(-1_000, 1_000);
    case 'uint':
      return random.int(0, 10_000);
    case 'range':
      return numberIn(shape.of, shape.bounds, random);
    case 'snowflake':
      return snowflake(random);
    case 'text':
      return textFor(shape.rules, random);
    case 'boolean':
      return random.chance(50);
    case 'null':
      return null;
    case 'undefined':
      return undefined;
    case 'unknown':
      return random.pick<unknown>([
        null,
        true,
        random.int(0, 99),
        word(random),
        { [word(random)]: word(random) },
      ]);
    case 'literal':
      return shape.value;
    case 'bigint':
      return BigInt(snowflake(random));
    case 'date':
      return new Date(random.int(FIRST_DAY, LAST_DAY));
    case 'bytes':
      return Uint8Array.from(someBytes(random));
    case 'buffer':
      return Buffer.from(someBytes(random));
    default:
      return composedValue(shape, random, level);
  }
}

type Composed = Extract<
  Shape,
  { readonly kind: 'array' | 'tuple' | 'set' | 'map' | 'object' | 'record' | 'optional' | 'union' | 'ref' }
>;

async function composedValue(shape: Composed, random: Random, level: number): Promise<unknown> {
  const inner = (part: Shape): Promise<unknown> => randomValue(part, random, level + 1);
  switch (shape.kind) {
    case 'array':
      return times(countIn(shape.bounds, random, level), () => inner(shape.item));
    case 'tuple':
      return tupleOf(shape.items, random, level);
    case 'set':
      return new Set(await times(countIn({}, random, level), () => inner(shape.item)));
    case 'map': {
      const entry = async (): Promise<[unknown, unknown]> => [
        await inner(shape.key),
        await inner(shape.value),
      ];
      return new Map(await times(countIn({}, random, level), entry));
    }
    case 'object':
      return Object.fromEntries(await members(shape.members, random, level));
    case 'record': {
      const keyed = await ruledMembers(shape.members, shape.rules, random, level);
      return Object.fromEntries([...keyed, ...(await members(shape.members, random, level))]);
    }
    case 'optional':
      return randomValue(shape.shape, random, level);
    case 'union':
      return randomValue(memberOf(shape.members, random, level), random, level);
    case 'ref':
      return randomValue(shape.to(), random, level + 1);
  }
}

/** Makes values one after the other, so that the order of random numbers is fixed. */
async function times<T>(count: number, make: (i: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let i = 0; i < count; i++) made.push(await make(i));
  return made;
}

function isDeep(level: number): boolean {
  return level >= MAX_LEVEL;
}

function countIn({ min = 0, max = Infinity }: Bounds, random: Random, level: number): number {
  return isDeep(level) ? min : random.int(min, Math.min(max, min + MAX_ITEMS));
}

async function tupleOf(items: TupleItems, random: Random, level: number): Promise<unknown[]> {
  const { head, optional = [], rest, tail = [] } = items;
  const isWhole = !isDeep(level) && random.chance(70);
  const repeated = isWhole && rest !== undefined ? Array<Shape>(random.int(0, MAX_ITEMS)).fill(rest) : [];
  const places = [...head, ...(isWhole ? optional : []), ...repeated, ...tail];
  return times(places.length, (i) => randomValue(places[i] as Shape, random, level + 1));
}

async function members(shapes: ShapeMembers, random: Random, level: number): Promise<[string, unknown][]> {
  const present = Object.entries(shapes).filter(([, { kind }]) => {
    return kind !== 'optional' || (!isDeep(level) && random.chance(70));
  });
  const made = await times(present.length, async (i): Promise<[string, unknown]> => {
    const [key, shape] = present[i] as [string, Shape];
    return [key, await randomValue(shape, random, level + 1)];
  });
  return made.filter(([, value]) => value !== undefined);
}

/** Returns members under arbitrary keys if the record has a rule without a pattern; keys with a pattern are left out. */
async function ruledMembers(
  named: ShapeMembers,
  rules: readonly KeyRule[],
  random: Random,
  level: number,
): Promise<[string, unknown][]> {
  const open = rules.find(({ pattern }) => pattern === undefined);
  if (open === undefined) return [];
  const keys = await times(countIn({}, random, level), async () => word(random));
  const free = keys.filter((key) => {
    return !Object.hasOwn(named, key) && !rules.some(({ pattern }) => pattern?.test(key) === true);
  });
  const made = await times(free.length, async (i): Promise<[string, unknown]> => {
    return [free[i] as string, await randomValue(open.value, random, level + 1)];
  });
  return made.filter(([, value]) => value !== undefined);
}

function memberOf(shapes: readonly Shape[], random: Random, level: number): Shape {
  const depths = shapes.map((shape) => leastDepth(shape));
  const least = Math.min(...depths);
  const possible = shapes.filter((_, i) => (isDeep(level) ? depths[i] === least : depths[i] !== Infinity));
  return random.pick(possible);
}

function numberIn(of: 'number' | 'int' | 'uint', { min, max }: Bounds, random: Random): number {
  const least = min ?? Math.min(of === 'uint' ? 0 : -1_000, (max ?? 0) - 1_000);
  const from = of === 'uint' ? Math.max(0, least) : least;
  const to = max ?? from + 1_000;
  if (of === 'number') return from + random.next() * (to - from);
  return random.int(Math.ceil(from), Math.floor(to));
}

function someBytes(random: Random): readonly number[] {
  return Array.from({ length: random.int(0, 8) }, () => random.int(0, 255));
}
