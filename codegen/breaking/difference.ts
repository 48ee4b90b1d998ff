/**
 * Differences: why a receiver does not accept every value that a sender may send.
 */
import type { Shape } from '../model/model.js';
import { typeText } from '../model/type-text.js';

/** The kind of a difference. `missing`: a required member is never sent; `optional`: it is not always sent. */
export type Change = 'type' | 'missing' | 'optional' | 'alternative' | 'number' | 'text' | 'length' | 'keys';

export interface Difference {
  readonly change: Change;
  /** Relative to the compared shapes: `.guildId`, `[]`. */
  readonly path: string;
  /** The type of what is sent, as TypeScript text. */
  readonly sent: string;
  /** The type of what is accepted, as TypeScript text. */
  readonly accepted: string;
}

/** A single difference, at the path of the compared shapes. */
export function differs(
  change: Change,
  sent: Shape | string,
  accepted: Shape | string,
): readonly Difference[] {
  return [{ change, path: '', sent: asText(sent), accepted: asText(accepted) }];
}

/** Prefixes the paths of differences with a step. */
export function nested(step: string, found: readonly Difference[]): readonly Difference[] {
  return found.map((one) => ({ ...one, path: `${step}${one.path}` }));
}

export function keyStep(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

function asText(what: Shape | string): string {
  return typeof what === 'string' ? what : typeText(what);
}
