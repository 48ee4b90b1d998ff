/**
 * A small screen: understands what a terminal has to, for the table to stay where it is. Everything else is an error.
 */

/** A control sequence, a single command, the end of a line, or text. */
const ESCAPE = String.fromCodePoint(27);
const PARTS = new RegExp(`${ESCAPE}\\[[\\d;]*[A-Za-z]|${ESCAPE}[78]|\\n|[^${ESCAPE}\\n]+`, 'g');

export class SmallScreen {
  readonly #lines: string[];
  #row = 0;
  #column = 0;
  #saved = { row: 0, column: 0 };
  #top = 0;
  #bottom: number;

  constructor(rows: number) {
    this.#lines = Array.from({ length: rows }, () => '');
    this.#bottom = rows - 1;
  }

  get lines(): string[] {
    return this.#lines.map((line) => line.trimEnd());
  }

  write(text: string): void {
    for (const [part] of text.matchAll(PARTS)) this.#take(part);
  }

  #take(part: string): void {
    if (part === '\n') return this.#lineFeed();
    if (part === '\u001B7') {
      this.#saved = { row: this.#row, column: this.#column };
      return;
    }
    if (part === '\u001B8') {
      ({ row: this.#row, column: this.#column } = this.#saved);
      return;
    }
    if (part.startsWith('\u001B[')) return this.#control(part.slice(2, -1), part.at(-1) ?? '');
    const line = (this.#lines[this.#row] ?? '').padEnd(this.#column);
    this.#lines[this.#row] = line.slice(0, this.#column) + part + line.slice(this.#column + part.length);
    this.#column += part.length;
  }

  /** As a terminal's driver has it, to the first column. */
  #lineFeed(): void {
    this.#column = 0;
    if (this.#row === this.#bottom) {
      this.#lines.splice(this.#top, 1);
      this.#lines.splice(this.#bottom, 0, '');
    } else if (this.#row < this.#lines.length - 1) this.#row += 1;
  }

  #control(numbers: string, letter: string): void {
    const [first = 0, second = 0] = numbers.split(';').map(Number);
    switch (letter) {
      case 'r':
        this.#top = Math.max(1, first) - 1;
        this.#bottom = (second === 0 ? this.#lines.length : second) - 1;
        this.#row = this.#column = 0;
        return;
      case 'H':
        this.#row = Math.max(1, first) - 1;
        this.#column = Math.max(1, second) - 1;
        return;
      case 'A':
        this.#row = Math.max(this.#row <= this.#bottom ? this.#top : 0, this.#row - first);
        return;
      case 'K':
        this.#lines[this.#row] = '';
        return;
      case 'J':
        this.#lines[this.#row] = (this.#lines[this.#row] ?? '').slice(0, this.#column);
        this.#lines.fill('', this.#row + 1);
        return;
      case 'm':
        return;
      default:
        throw new Error(`a small screen does not know ${JSON.stringify(numbers + letter)}`);
    }
  }
}
