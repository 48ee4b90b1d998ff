/**
 * Colours: whether output to a stream is coloured.
 */

/** The part of a stream that says whether it is a terminal. */
export interface Screen {
  readonly isTTY?: boolean | undefined;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `FORCE_COLOR` decides, then `NO_COLOR`; without either a terminal is coloured unless `TERM` is `dumb`, and a file or a
 * pipe is not.
 */
export function hasColours({ isTTY }: Screen, env: Environment): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: forbidden, TERM: term } = env;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (forbidden !== undefined && forbidden !== '') return false;
  return isTTY === true && term !== 'dumb';
}
