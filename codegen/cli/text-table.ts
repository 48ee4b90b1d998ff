/**
 * Tables: rows of text under each other.
 */

/** Pads all columns but the last to their widest cell, two blanks between them. Nothing trails. */
export function textTable(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows.reduce<number[]>((widest, row) => {
    for (const [i, cell] of row.entries()) widest[i] = Math.max(widest[i] ?? 0, cell.length);
    return widest;
  }, []);
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
