/**
 * Reduction: combines the results of all clusters into one value, as the contract's `reduce` option declares.
 */
import type { ResultCollection } from '../ipc/client/result-collection.js';
import type { ReduceSpec } from './spec.js';

/**
 * Returns the reduced value.
 *
 * @param partial - Reduce the results of the other clusters when some have failed. At least one must have succeeded.
 * @throws AggregateError with the error of every failed cluster.
 */
export function reduceResults(
  spec: ReduceSpec,
  results: ResultCollection<unknown>,
  partial: boolean,
): unknown {
  if (!partial || results.successCount === 0) results.throwIfAny();
  return reduceValues(spec, results.values());
}

/** `maxBy`, `minBy` and `firstNonNull` skip `null` results, and return `null` when no other result is left. */
export function reduceValues(spec: ReduceSpec, values: readonly unknown[]): unknown {
  switch (spec.by) {
    case 'sum':
      return sum(values as number[]);
    case 'avg':
      return sum(values as number[]) / values.length;
    case 'min':
      return Math.min(...(values as number[]));
    case 'max':
      return Math.max(...(values as number[]));
    case 'every':
      return values.every(Boolean);
    case 'some':
      return values.some(Boolean);
    case 'concat':
      return (values as unknown[][]).flat();
    case 'firstNonNull':
      return values.find((value) => value !== null && value !== undefined) ?? null;
    case 'maxBy':
      return extreme(spec.key, values, (one, other) => one > other);
    case 'minBy':
      return extreme(spec.key, values, (one, other) => one < other);
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

type Entry = { readonly [key: string]: number };

function extreme(
  key: string,
  values: readonly unknown[],
  beats: (one: number, other: number) => boolean,
): unknown {
  const entries = values.filter((value): value is Entry => value !== null && value !== undefined);
  return entries.reduce<Entry | null>((best, each) => {
    return best === null || beats(each[key] as number, best[key] as number) ? each : best;
  }, null);
}
