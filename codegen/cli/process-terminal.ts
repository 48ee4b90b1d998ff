/**
 * The terminal of this process.
 */
import { hasColours, isWatched } from './terminal.js';
import type { Terminal } from './terminal.js';

const CLEAR_LINE = '\r\u001B[2K';

export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  let isShown = false;
  let stop: AbortSignal | undefined;
  const clear = (): void => {
    if (isShown) stderr.write(CLEAR_LINE);
    isShown = false;
  };
  return {
    cwd: process.cwd(),
    colours: hasColours(stderr, env),
    outColours: hasColours(stdout, env),
    print: (text) => {
      clear();
      stdout.write(text);
    },
    printError: (text) => {
      clear();
      stderr.write(text);
    },
    get stop() {
      return (stop ??= interrupted());
    },
    progress: isWatched(stderr, env)
      ? (text) => {
          clear();
          stderr.write(text);
          isShown = true;
        }
      : undefined,
  };
}

/** Asked for only by commands that go on: all others end as every process does. */
function interrupted(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}
