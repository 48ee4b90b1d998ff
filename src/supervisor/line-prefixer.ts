/**
 * Line prefixer: turns the output of a process into whole lines, each with a prefix.
 *
 * Works on bytes, so that a character which arrives in two pieces stays whole. An incomplete line is kept up to a
 * bound; past it, it is written as a separate line.
 */
const NEWLINE = 0x0a;
const LONGEST_LINE_BYTES = 64 * 1024;

export class LinePrefixer {
  readonly #prefix: Buffer;
  /** The pieces of the incomplete line, and their length. */
  #open: Buffer[] = [];
  #openBytes = 0;

  constructor(prefix: string) {
    this.#prefix = Buffer.from(prefix);
  }

  /** Returns the lines that are complete now; empty where none is. */
  push(chunk: Buffer): Buffer {
    const out: Buffer[] = [];
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, from)) {
      this.#keep(chunk.subarray(from, at + 1));
      out.push(...this.#drainOpen());
      from = at + 1;
    }
    this.#keep(chunk.subarray(from));
    while (this.#openBytes > LONGEST_LINE_BYTES) out.push(...this.#cut());
    return Buffer.concat(out);
  }

  /** Returns the incomplete line as a complete one; empty where there is none. */
  flush(): Buffer {
    return this.#openBytes === 0 ? Buffer.alloc(0) : Buffer.concat([...this.#drainOpen(), Buffer.from('\n')]);
  }

  #keep(piece: Buffer): void {
    if (piece.length === 0) return;
    this.#open.push(piece);
    this.#openBytes += piece.length;
  }

  #drainOpen(): Buffer[] {
    const line = [this.#prefix, ...this.#open];
    this.#open = [];
    this.#openBytes = 0;
    return line;
  }

  #cut(): Buffer[] {
    const text = Buffer.concat(this.#open);
    const at = characterStart(text, LONGEST_LINE_BYTES);
    this.#open = [];
    this.#openBytes = 0;
    this.#keep(text.subarray(at));
    return [this.#prefix, text.subarray(0, at), Buffer.from('\n')];
  }
}

/** Returns the last position at or before `at` where a UTF-8 character begins; `at` itself in bytes that are not UTF-8. */
function characterStart(text: Buffer, at: number): number {
  for (let start = at; start > at - 4; start -= 1) {
    if (((text[start] as number) & 0b1100_0000) !== 0b1000_0000) return start;
  }
  return at;
}
