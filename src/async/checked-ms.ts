/**
 * Checked durations: options that Node's timers can keep.
 */

const LONGEST_MS = 2_147_483_647;

/** @throws RangeError for what is no number of milliseconds. */
export function checkedMs(name: string, value: number): number {
  if (Number.isFinite(value) && value >= 0 && value <= LONGEST_MS) return value;
  throw new RangeError(
    `${name} must be a number of milliseconds from 0 to ${LONGEST_MS}, got ${String(value)}`,
  );
}
