/**
 * Retry option: how often a call is made again, and after which pause.
 *
 * What is missing gets its default here, so that a page says it all. Whether the handler may be called twice is
 * another option's matter.
 */
import type { ts } from 'ts-morph';
import type { Retry } from '../../model/model.js';
import { DEFAULT_BACKOFF_MS, MAX_ATTEMPTS, MIN_ATTEMPTS } from '../../model/option-table.js';
import { numberOf } from './option-literals.js';
import type { OptionText } from './option-text.js';

export function readRetry(value: ts.Expression, path: string, text: OptionText): Retry | undefined {
  const entries = text.entries(value, path);
  const strange = entries.find(({ key }) => key !== 'attempts' && key !== 'backoffMs');
  if (strange !== undefined) {
    text.unknownOption(strange, `${path}.${strange.key}`, 'a retry', ['attempts', 'backoffMs']);
  }
  const attempts = readAttempts(entries.find(({ key }) => key === 'attempts')?.value, value, path, text);
  const backoff = entries.find(({ key }) => key === 'backoffMs')?.value;
  const backoffMs =
    backoff === undefined
      ? DEFAULT_BACKOFF_MS
      : text.wholeMs(backoff, `${path}.backoffMs`, { from: 0, what: 'a pause' });
  return attempts === undefined || backoffMs === undefined ? undefined : { attempts, backoffMs };
}

function readAttempts(
  value: ts.Expression | undefined,
  whole: ts.Node,
  path: string,
  text: OptionText,
): number | undefined {
  const attempts = value && numberOf(value);
  if (attempts === undefined) {
    return text.notWrittenOut(value ?? whole, `${path}.attempts`, 'how often the call is made at most');
  }
  if (Number.isInteger(attempts) && attempts >= MIN_ATTEMPTS && attempts <= MAX_ATTEMPTS) return attempts;
  const message = `${path}.attempts: ${attempts} is not a number of attempts`;
  const hint = `the first one counts, so give ${MIN_ATTEMPTS} to ${MAX_ATTEMPTS}`;
  return text.refuse(value ?? whole, { code: 'SW3004', message, hint });
}
