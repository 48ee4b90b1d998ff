/**
 * Differences: why not everything that one shape lets out does another one let in.
 */
import type { Shape } from '../model/model.js';
import { typeText } from '../model/type-text.js';

/** In what way it does not fit. */
export type Change = 'type' | 'member' | 'alternative' | 'number' | 'text' | 'length' | 'keys';

export interface Difference {
  readonly change: Change;
  /** From the place compared: `.guildId`, `[]`. */
  readonly path: string;
  /** What comes, and what is let in; as one would write it. */
  readonly given: string;
  readonly taken: string;
}

/** One difference, where the shapes stand. */
export function differs(change: Change, given: Shape | string, taken: Shape | string): readonly Difference[] {
  return [{ change, path: '', given: asText(given), taken: asText(taken) }];
}

/** The same differences, further inside. */
export function under(step: string, found: readonly Difference[]): readonly Difference[] {
  return found.map((one) => ({ ...one, path: `${step}${one.path}` }));
}

export function keyStep(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

function asText(what: Shape | string): string {
  return typeof what === 'string' ? what : typeText(what);
}
