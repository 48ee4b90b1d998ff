/**
 * Random texts: words, ids, and texts that keep to rules.
 *
 * A format has a maker of its own. What has only a pattern is made by fast-check, which whoever tests such a contract
 * has to have installed; it is loaded for the first such text, and never by a bot.
 */
import { isMatch, isStringOfLength } from '../../schema/checks.js';
import type { TextRules } from '../../schema/shape.js';
import type { Random } from './random.js';

const WORDS =
  'amber birch cedar delta ember fjord grove haven iris juniper kelp linden moss nova onyx pearl'.split(' ');
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'.split('');

/** How often a text is made anew until it keeps to all its rules. */
const MAX_ATTEMPTS = 200;

export function word(random: Random): string {
  return random.pick(WORDS);
}

/** An id as Discord made them in the last years. */
export function snowflake(random: Random): string {
  return `${random.int(1, 9)}${digits(random, 17)}`;
}

function digits(random: Random, count: number): string {
  return Array.from({ length: count }, () => random.int(0, 9)).join('');
}

/** @throws Error where no text was found that keeps to the rules. */
export async function textFor(rules: TextRules, random: Random): Promise<string> {
  const make = await makerFor(rules, random);
  for (let i = 0; i < MAX_ATTEMPTS; i++) {
    const text = make(i);
    if (keepsTo(rules, text)) return text;
  }
  throw new Error(
    `No text was found that keeps to ${describe(rules)}; answer this handler yourself: { ...mock(contract), name: () => ... }`,
  );
}

export function keepsTo({ min = 0, max = Infinity, pattern }: TextRules, text: string): boolean {
  return isStringOfLength(text, min, max) && (pattern === undefined || isMatch(text, pattern));
}

type Maker = (attempt: number) => string;

async function makerFor(
  { min = 0, max = Infinity, pattern, format }: TextRules,
  random: Random,
): Promise<Maker> {
  const ofFormat = format === undefined ? undefined : FORMATS[format];
  if (ofFormat !== undefined) return () => ofFormat(random);
  if (pattern === undefined) return () => letters(random, random.int(min, Math.min(max, min + 12)));
  const { sample, stringMatching } = await loadFastCheck(pattern);
  const seed = random.int(0, 2 ** 31 - 1);
  const texts = sample(stringMatching(pattern), { seed, numRuns: MAX_ATTEMPTS });
  return (attempt) => texts[attempt] ?? '';
}

function letters(random: Random, length: number): string {
  return Array.from({ length }, () => random.pick(LETTERS)).join('');
}

async function loadFastCheck(pattern: RegExp): Promise<typeof import('fast-check')> {
  try {
    return await import('fast-check');
  } catch (error) {
    throw new Error(`A mock makes texts that match ${String(pattern)} with fast-check: npm i -D fast-check`, {
      cause: error,
    });
  }
}

const FORMATS: Readonly<Record<string, (random: Random) => string>> = {
  date: day,
  'date-time': (random) => `${day(random)}T${time(random)}`,
  email: (random) => `${word(random)}@${word(random)}.example`,
  hostname: (random) => `${word(random)}.example`,
  ipv4: (random) => `192.0.2.${random.int(0, 255)}`,
  snowflake,
  time,
  uri: (random) => `urn:${word(random)}`,
  url: (random) => `https://${word(random)}.example/${word(random)}`,
  uuid: (random) => [8, 4, 4, 4, 12].map((length) => hex(random, length)).join('-'),
};

function day(random: Random): string {
  return `${random.int(2015, 2030)}-${two(random.int(1, 12))}-${two(random.int(1, 28))}`;
}

function time(random: Random): string {
  return `${two(random.int(0, 23))}:${two(random.int(0, 59))}:${two(random.int(0, 59))}Z`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

function hex(random: Random, length: number): string {
  return Array.from({ length }, () => random.int(0, 15).toString(16)).join('');
}

function describe({ min, max, pattern, format }: TextRules): string {
  const bounds = [...(min === undefined ? [] : [`min ${min}`]), ...(max === undefined ? [] : [`max ${max}`])];
  return [format ?? String(pattern ?? 'its rules'), ...bounds].join(', ');
}
