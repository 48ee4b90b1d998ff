/**
 * Checked durations: options in milliseconds that Node's timers can hold.
 */

const MAX_TIMER_MS = 2_147_483_647;

/**
 * Returns `value`.
 *
 * @param name - The option, for the message.
 * @throws RangeError when `value` is no number of milliseconds that a timer can hold.
 */
export function checkedMs(name: string, value: number): number {
  if (Number.isFinite(value) && value >= 0 && value <= MAX_TIMER_MS) return value;
  throw new RangeError(
    `${name} must be a number of milliseconds from 0 to ${MAX_TIMER_MS}, got ${String(value)}`,
  );
}
