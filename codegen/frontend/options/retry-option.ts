/**
 * Retry option: reads the number of attempts and the pause between them.
 *
 * Defaults are filled in here, so that a page contains every value. Whether the handler may be called twice is the
 * `idempotent` option.
 */
import type { ts } from 'ts-morph';
import type { Retry } from '../../model/model.js';
import { DEFAULT_BACKOFF_MS, MAX_ATTEMPTS, MIN_ATTEMPTS } from '../../model/option-table.js';
import { numberOf } from './option-literals.js';
import type { OptionReader } from './option-reader.js';

export function readRetry(value: ts.Expression, path: string, reader: OptionReader): Retry | undefined {
  const entries = reader.entries(value, path);
  const strange = entries.find(({ key }) => key !== 'attempts' && key !== 'backoffMs');
  if (strange !== undefined) {
    reader.unknownOption(strange, `${path}.${strange.key}`, 'retry', ['attempts', 'backoffMs']);
  }
  const attempts = readAttempts(entries.find(({ key }) => key === 'attempts')?.value, value, path, reader);
  const backoff = entries.find(({ key }) => key === 'backoffMs')?.value;
  const backoffMs =
    backoff === undefined
      ? DEFAULT_BACKOFF_MS
      : reader.wholeMs(backoff, `${path}.backoffMs`, { from: 0, what: 'pause' });
  return attempts === undefined || backoffMs === undefined ? undefined : { attempts, backoffMs };
}

function readAttempts(
  value: ts.Expression | undefined,
  whole: ts.Node,
  path: string,
  reader: OptionReader,
): number | undefined {
  const attempts = value && numberOf(value);
  if (attempts === undefined) {
    return reader.notWrittenOut(value ?? whole, `${path}.attempts`, 'the maximum number of attempts');
  }
  if (Number.isInteger(attempts) && attempts >= MIN_ATTEMPTS && attempts <= MAX_ATTEMPTS) return attempts;
  const message = `${path}.attempts: ${attempts} is not a valid number of attempts`;
  const hint = `use ${MIN_ATTEMPTS} to ${MAX_ATTEMPTS}; the first attempt counts`;
  return reader.refuse(value ?? whole, { code: 'SW3004', message, hint });
}
