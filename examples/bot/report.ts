/**
 * The demo's report: prints aligned lines, and knows whether all answers were right.
 */

/** One line: the request, its answer, and whether the answer is right. */
export interface Finding {
  readonly asked: string;
  readonly answer: string;
  readonly tookMs: number;
  readonly right: boolean;
}

const ASKED_WIDTH = 42;
const TOOK_WIDTH = 9;

export class Report {
  #wrong = 0;

  get allRight(): boolean {
    return this.#wrong === 0;
  }

  heading(text: string): void {
    console.log(`\n${text}`);
  }

  line(text: string): void {
    console.log(`  ${text}`);
  }

  add({ asked, answer, tookMs, right }: Finding): void {
    if (!right) this.#wrong += 1;
    const took = `${tookMs.toFixed(1)} ms`.padStart(TOOK_WIDTH);
    console.log(`  ${right ? 'ok   ' : 'WRONG'}  ${asked.padEnd(ASKED_WIDTH)}  ${took}   ${answer}`);
  }

  /** Awaits an answer, measures its time and checks it. */
  async check(
    asked: string,
    answer: () => Promise<string>,
    isRight: (answer: string) => boolean,
  ): Promise<void> {
    const before = performance.now();
    const text = await answer().catch(String);
    this.add({ asked, answer: text, tookMs: performance.now() - before, right: isRight(text) });
  }
}
