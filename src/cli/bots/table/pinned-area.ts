/**
 * Pinned area: reserves the last lines of a terminal.
 *
 * The terminal is set to scroll only the lines above. So processes that write to the terminal directly, as the clusters
 * do, write and scroll above the area, colours included, and their output need not be piped through this process. Pure:
 * returns the text to write, to be written in one piece.
 */

const SAVE = '\u001B7';
const RESTORE = '\u001B8';
const ERASE_LINE = '\u001B[2K';
const ERASE_BELOW = '\u001B[J';

/** Setting it moves the cursor to the first line. */
const scrollOnly = (bottom: number): string => `\u001B[1;${bottom}r`;
const SCROLL_ALL = '\u001B[r';
const moveTo = (row: number): string => `\u001B[${row};1H`;
const up = (lines: number): string => `\u001B[${lines}A`;

export class PinnedArea {
  /** Lines of the area, and of the terminal when the area was reserved; 0 without an area. */
  #height = 0;
  #rows = 0;

  /** Text that puts these lines at the bottom of a terminal with `rows` rows, which must be more than the lines. */
  draw(lines: readonly string[], rows: number): string {
    if (lines.length === 0) return this.release();
    const reserve = this.#reserve(lines.length, rows);
    const top = rows - lines.length + 1;
    const text = lines.map((line, index) => `${moveTo(top + index)}${ERASE_LINE}${line}`);
    return `${reserve}${SAVE}${text.join('')}${RESTORE}`;
  }

  /** Text that gives the lines back to the terminal. The cursor stays where the output above has left it. */
  release(): string {
    if (this.#height === 0) return '';
    this.#height = 0;
    return `${SAVE}${SCROLL_ALL}${RESTORE}${ERASE_BELOW}`;
  }

  #reserve(height: number, rows: number): string {
    const before = this.#height;
    const isResized = before > 0 && rows !== this.#rows;
    this.#height = height;
    this.#rows = rows;
    const bottom = rows - height;
    // After a resize only the terminal knows where the cursor is, so it is moved to the line above the area.
    if (isResized) return `${scrollOnly(bottom)}${moveTo(bottom)}${ERASE_BELOW}`;
    if (height === before) return '';
    if (height < before)
      return `${SAVE}${moveTo(rows - before + 1)}${ERASE_BELOW}${scrollOnly(bottom)}${RESTORE}`;
    const more = height - before;
    return `${'\n'.repeat(more)}${SAVE}${scrollOnly(bottom)}${RESTORE}${up(more)}`;
  }
}
