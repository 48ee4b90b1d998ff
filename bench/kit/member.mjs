/**
 * Member: a process that reported to the bench, as seen from there.
 */
import { setTimeout as sleep } from 'node:timers/promises';

/** No load is longer; a library may let a call hang for ever. */
const ORDER_TIMEOUT_MS = 120_000;

/** One order at a time. */
export class Member {
  #answered;

  constructor(socket, lines, pid) {
    this.socket = socket;
    this.pid = pid;
    lines.on('line', (line) => this.#answered?.(JSON.parse(line)));
    lines.on('close', () => this.#answered?.({ error: `process ${pid} is gone` }));
  }

  async ask(order, data) {
    const answer = new Promise((resolve) => (this.#answered = resolve));
    this.socket.write(`${JSON.stringify({ order, data })}\n`);
    const silence = new AbortController();
    const late = sleep(ORDER_TIMEOUT_MS, { error: `process ${this.pid} does not answer` }, silence);
    const { value, error } = await Promise.race([answer, late]);
    silence.abort();
    if (error !== undefined) throw new Error(error);
    return value;
  }
}
