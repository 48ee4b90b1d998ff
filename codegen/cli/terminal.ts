/**
 * Terminals: what a command needs of the process that it runs in.
 */
import { COLOURED, PLAIN } from '../diagnostics/format-diagnostic.js';
import type { Paint } from '../diagnostics/format-diagnostic.js';

export interface Terminal {
  readonly cwd: string;
  /** Whether problems are printed in colours. */
  readonly colours: boolean;
  /** Whether results are. Defaults to no. */
  readonly outColours?: boolean | undefined;
  readonly print: (text: string) => void;
  readonly printError: (text: string) => void;
  /** Shows what is being done on a line that the next text takes the place of; not there where nobody watches. */
  readonly progress?: ((text: string) => void) | undefined;
  /** Ends commands that would go on. */
  readonly stop?: AbortSignal | undefined;
}

/** The part of a stream that says whether somebody sees colours. */
interface Screen {
  readonly isTTY?: boolean | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** `FORCE_COLOR` and `NO_COLOR` decide; otherwise a terminal that can has colours, and a file or a pipe has none. */
export function hasColours({ isTTY }: Screen, env: Environment): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: forbidden, TERM: term } = env;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (forbidden !== undefined && forbidden !== '') return false;
  return isTTY === true && term !== 'dumb';
}

/** Whether somebody sits before it, so that a line may be written over. */
export function isWatched({ isTTY }: Screen, env: Environment): boolean {
  return isTTY === true && env['TERM'] !== 'dumb' && (env['CI'] ?? '') === '';
}

export function paintFor(hasColour: boolean | undefined): Paint {
  return hasColour === true ? COLOURED : PLAIN;
}
