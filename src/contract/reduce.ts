/**
 * Reducing: the results of all clusters made one, as the contract's `reduce` says.
 */
import type { ReduceSpec } from './spec.js';

/** `null` results are passed over by `maxBy` and `minBy`; nothing left gives `null`. */
export function reduceValues(spec: ReduceSpec, values: readonly unknown[]): unknown {
  switch (spec.by) {
    case 'sum':
      return (values as number[]).reduce((total, value) => total + value, 0);
    case 'min':
      return Math.min(...(values as number[]));
    case 'max':
      return Math.max(...(values as number[]));
    case 'maxBy':
      return extreme(spec.key, values, (one, other) => one > other);
    case 'minBy':
      return extreme(spec.key, values, (one, other) => one < other);
  }
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
