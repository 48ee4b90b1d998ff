/**
 * How often a property is tried: a few times in `npm test`, with other values each time, and `npm run test:properties`
 * tries as many times as often. What that finds in minutes would otherwise fail somebody's test within weeks.
 */
const times = Number(process.env['PROPERTY_TIMES'] ?? 1);

/** @param usual - In `npm test`. */
export function runs(usual: number): number {
  return usual * times;
}
