/**
 * Pinned area: the last lines of a terminal, kept for ourselves.
 *
 * The terminal is told to scroll only the lines above. So processes that write to it by themselves, as the clusters
 * do, write and scroll up there, with colours and all, and need not be read and passed on. Pure: makes the text that
 * is to be written, and that in one piece.
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
  /** Lines of the area, and of the terminal when it was taken; 0 without one. */
  #height = 0;
  #rows = 0;

  /** What puts these lines at the bottom of a terminal with so many rows. There must be more rows than lines. */
  draw(lines: readonly string[], rows: number): string {
    if (lines.length === 0) return this.release();
    const claim = this.#claim(lines.length, rows);
    const top = rows - lines.length + 1;
    const text = lines.map((line, index) => `${moveTo(top + index)}${ERASE_LINE}${line}`);
    return `${claim}${SAVE}${text.join('')}${RESTORE}`;
  }

  /** What gives the terminal back. The cursor stays where the processes above have left it. */
  release(): string {
    if (this.#height === 0) return '';
    this.#height = 0;
    return `${SAVE}${SCROLL_ALL}${RESTORE}${ERASE_BELOW}`;
  }

  #claim(height: number, rows: number): string {
    const before = this.#height;
    const isResized = before > 0 && rows !== this.#rows;
    this.#height = height;
    this.#rows = rows;
    const bottom = rows - height;
    // Where the cursor is after that, only the terminal knows: the line above the area is a good place.
    if (isResized) return `${scrollOnly(bottom)}${moveTo(bottom)}${ERASE_BELOW}`;
    if (height === before) return '';
    if (height < before)
      return `${SAVE}${moveTo(rows - before + 1)}${ERASE_BELOW}${scrollOnly(bottom)}${RESTORE}`;
    const more = height - before;
    return `${'\n'.repeat(more)}${SAVE}${scrollOnly(bottom)}${RESTORE}${up(more)}`;
  }
}
