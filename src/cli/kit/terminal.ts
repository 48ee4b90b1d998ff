/**
 * Terminals: where a command prints, and what the screen behind it can do.
 */
import { hasColours } from './colours.js';
import type { Environment, Screen } from './colours.js';

export interface Terminal {
  readonly cwd: string;
  /** Whether text for stderr is coloured. */
  readonly colours: boolean;
  /** Whether text for stdout is coloured. Defaults to `false`. */
  readonly outColours?: boolean | undefined;
  readonly print: (text: string) => void;
  readonly printError: (text: string) => void;
  /** Shows the current step on a line that the next output replaces; `undefined` where lines cannot be replaced. */
  readonly progress?: ((text: string) => void) | undefined;
  /** Ends commands that run until they are interrupted. */
  readonly stop?: AbortSignal | undefined;
}

/** Whether text on the screen can be replaced, and somebody is there to see it. */
export function canRedraw({ isTTY }: Screen, env: Environment): boolean {
  return isTTY === true && env['TERM'] !== 'dumb' && (env['CI'] ?? '') === '';
}

const CLEAR_LINE = '\r\u001B[2K';

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  let isProgressShown = false;
  let stop: AbortSignal | undefined;
  const clear = (): void => {
    if (isProgressShown) stderr.write(CLEAR_LINE);
    isProgressShown = false;
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
      return (stop ??= interruptSignal());
    },
    progress: canRedraw(stderr, env)
      ? (text) => {
          clear();
          stderr.write(text);
          isProgressShown = true;
        }
      : undefined,
  };
}

/** Signal handlers are installed only for commands that read `stop`; all others die of a signal, as processes do. */
function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}
