/**
 * Terminals: what may be written to one.
 */
import type { WriteStream } from 'node:tty';

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether somebody sits before it, and it can put text where there is some already. */
export function canRedraw({ isTTY }: Pick<WriteStream, 'isTTY'>, env: Environment): boolean {
  return isTTY && env['TERM'] !== 'dumb' && (env['CI'] ?? '') === '';
}

export function hasColours(env: Environment): boolean {
  return (env['NO_COLOR'] ?? '') === '';
}
