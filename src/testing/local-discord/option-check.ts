/**
 * Refusals of bad options, each naming the option and the value that came.
 *
 * Tests are often plain JavaScript, or read ids from JSON as numbers: without these checks a guild with a rounded id
 * would land on a wrong shard in silence.
 */
import { inspect } from 'node:util';
import { isWhole } from './json.js';
import { LocalDiscordError } from './local-discord-error.js';
import { isSnowflake } from './snowflake.js';

const LONGEST_TIMER_MS = 2_147_483_647;

/** Smallest and largest value that a number may have. */
export interface Range {
  readonly min: number;
  readonly max?: number | undefined;
}

export function requireSnowflake(option: string, value: unknown): string {
  if (isSnowflake(value)) return value;
  throw refusal(option, "a snowflake as a string, such as '1347442036801536000'", value);
}

export function requireWhole(option: string, value: unknown, range: Range): number {
  const max = range.max ?? Number.MAX_SAFE_INTEGER;
  if (isWhole(value) && value >= range.min && value <= max) return value;
  throw refusal(option, `a whole number from ${range.min} to ${max}`, value);
}

export function requireDuration(option: string, value: unknown): number {
  return requireWhole(option, value, { min: 1, max: LONGEST_TIMER_MS });
}

export function requireText(option: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw refusal(option, 'a string that is not empty', value);
}

/** The error for an option that has not the value it must have. */
export function refusal(option: string, expected: string, value: unknown): LocalDiscordError {
  return new LocalDiscordError('INVALID_OPTION', `${option} must be ${expected}, got ${shown(value)}`);
}

function shown(value: unknown): string {
  const text = inspect(value, { depth: 1, breakLength: Infinity });
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
