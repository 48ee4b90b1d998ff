/**
 * Table: rows of text under a title, for the eye and as Markdown.
 */

/** `columns` are titles; `rows` are lists of cells; an empty table is not printed. */
export function printTable({ title, columns, rows, notes = [] }) {
  if (rows.length === 0) return;
  const widths = columns.map((column, i) => Math.max(column.length, ...rows.map((row) => row[i].length)));
  const line = (cells) => cells.map((cell, i) => pad(cell, widths[i], i)).join('  ');
  console.log(`\n${title}\n${line(columns)}`);
  for (const row of rows) console.log(line(row));
  for (const note of notes) console.log(note);
}

export function markdownTable(table) {
  const { title, notes = [], level = 3 } = table;
  return [
    `${'#'.repeat(level)} ${title}`,
    '',
    markdownRows(table),
    '',
    ...notes.flatMap((note) => [note, '']),
  ].join('\n');
}

/** Without title and notes. */
export function markdownRows({ columns, rows }) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const rule = columns.map((_, i) => (i === 0 ? '---' : '---:'));
  return [line(columns), line(rule), ...rows.map(line)].join('\n');
}

/** Names to the left, figures to the right. */
function pad(cell, width, column) {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}

/** Three figures: enough for what is measured here. */
export function figure(number) {
  if (number === undefined || !Number.isFinite(number)) return '–';
  if (number >= 100) return Math.round(number).toLocaleString('en-US');
  return number.toPrecision(number < 1 ? 2 : 3);
}

export function times(ratio) {
  return Number.isFinite(ratio) ? `${ratio.toFixed(2)}x` : '–';
}
