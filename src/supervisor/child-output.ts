/**
 * Child output: forwards what clusters write on stdout and stderr, line by line.
 *
 * Only for `output: 'prefix'`; otherwise a cluster writes directly to the manager's stdout and stderr. Only whole
 * lines are written, so the lines of several clusters do not mix. A destination that does not keep up stops the
 * reading, so memory here is bounded; a cluster that writes too much then waits in its own `write`.
 */
import type { Readable, Writable } from 'node:stream';
import type { OutputOption } from './settings.js';
import { LinePrefixer } from './line-prefixer.js';

/** How long the death of a cluster may be delayed by a process that the cluster has started and that holds its stdout. */
const LAST_LINES_MS = 500;

/** Returns the entry for `stdio` of `fork`. */
export function stdioFor(output: OutputOption): 'inherit' | 'ignore' | 'pipe' {
  return output === 'prefix' ? 'pipe' : output;
}

/** A pipe is no terminal: code that asks for colours by this variable still gets them where the manager has them. */
export function colourVariables(
  output: OutputOption,
  env: NodeJS.ProcessEnv,
): Readonly<Record<string, string>> {
  const isDecided = 'FORCE_COLOR' in env || 'NO_COLOR' in env;
  if (output !== 'prefix' || isDecided || !process.stdout.isTTY) return {};
  const level = COLOUR_LEVELS[process.stdout.getColorDepth(env)];
  return level === undefined ? {} : { FORCE_COLOR: level };
}

/** Values of `FORCE_COLOR`, by the colour depth in bits. */
const COLOUR_LEVELS: Readonly<Record<number, string>> = { 4: '1', 8: '2', 24: '3' };

/** Destinations that are full, and the sources that wait for them: one listener each, however many clusters there are. */
const blockedSources = new WeakMap<Writable, Set<Readable>>();

/** A child's stdout or stderr. */
type OutputSource = Readable & { unref(): unknown };

/** Forwards lines until the source ends. Returns a function that ends it earlier and writes the rest of the last line. */
export function forwardLines(
  source: OutputSource,
  destination: Writable,
  prefix: string,
): () => Promise<void> {
  const lines = new LinePrefixer(prefix);
  const write = (bytes: Buffer): void => {
    if (bytes.length === 0 || !destination.writable) return;
    if (!destination.write(bytes)) pauseUntilDrained(destination, source);
  };
  source.on('data', (chunk: Buffer) => write(lines.push(chunk)));
  const flush = (): void => write(lines.flush());
  const ended = new Promise<void>((resolve) => source.once('close', resolve));
  source.once('close', flush);
  // The end of a cluster is reported elsewhere.
  source.on('error', () => {});
  return async () => {
    const tooLong = new AbortController();
    await Promise.race([ended, wait(LAST_LINES_MS, tooLong.signal)]);
    tooLong.abort();
    flush();
    // A process that still writes here is no cluster, and must not keep the manager's process running.
    source.unref();
  };
}

function pauseUntilDrained(destination: Writable, source: Readable): void {
  source.pause();
  const sources = blockedSources.get(destination);
  if (sources !== undefined) {
    sources.add(source);
    return;
  }
  const all = new Set([source]);
  blockedSources.set(destination, all);
  const resume = (): void => {
    destination.off('drain', resume);
    destination.off('close', resume);
    blockedSources.delete(destination);
    for (const each of all) each.resume();
  };
  // A closed destination never drains, and a cluster must not wait for it.
  destination.on('drain', resume);
  destination.on('close', resume);
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  });
}
