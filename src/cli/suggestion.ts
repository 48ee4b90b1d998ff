/**
 * Suggestions: which of the known words somebody probably meant.
 */

/** The nearest known word, if no more than a third of it would have to change. */
export function suggestionFor(word: string, known: readonly string[]): string | undefined {
  const near = known
    .map((one) => ({ one, edits: editsBetween(word, one) }))
    .filter(({ one, edits }) => edits <= Math.max(1, Math.floor(one.length / 3)));
  return near.toSorted((a, b) => a.edits - b.edits)[0]?.one;
}

/** How many letters have to be added, taken away or changed. */
function editsBetween(from: string, to: string): number {
  let before = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [row, letter] of Array.from(from).entries()) {
    const now = [row + 1];
    for (const [column, wanted] of Array.from(to).entries()) {
      const change = (before[column] ?? 0) + Number(letter !== wanted);
      now.push(Math.min(change, (before[column + 1] ?? 0) + 1, (now[column] ?? 0) + 1));
    }
    before = now;
  }
  return before[to.length] ?? 0;
}
