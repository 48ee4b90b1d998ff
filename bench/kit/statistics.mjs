/**
 * Statistics: of few numbers, none of which is to be trusted alone.
 */

/** One figure of every round; a round in which there was none, or no rounds at all, are no numbers. */
export function pick(rounds = [], figure) {
  return rounds.map((one) => one?.[figure]);
}

export function median(numbers) {
  const sorted = numbers.filter((one) => Number.isFinite(one)).toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** A quarter of the numbers is smaller: for what can be disturbed in one direction only. */
export function lowerQuartile(numbers) {
  return numbers.toSorted((one, other) => one - other)[Math.floor((numbers.length - 1) / 4)];
}

/** The median of the ratios of pairs: what stands in one round had the same machine. */
export function medianRatio(numbers, others) {
  return median(ratios(numbers, others));
}

export function ratios(numbers, others) {
  return numbers.map((one, round) => one / others[round]).filter((ratio) => Number.isFinite(ratio));
}

/** The smallest and the largest. */
export function spread(numbers) {
  const finite = numbers.filter((one) => Number.isFinite(one));
  return finite.length === 0 ? undefined : [Math.min(...finite), Math.max(...finite)];
}
