/**
 * Failure: what a command says when it could not do what it was asked for.
 */
import { UsageError } from './arguments.js';

const NOT_UNDERSTOOD = 2;
const FAILED = 1;

/** Says why. Returns the exit code. */
export function tellFailure(error: unknown): number {
  if (error instanceof UsageError) {
    console.error(`${error.message}\nRun the command with --help to see what there is.`);
    return NOT_UNDERSTOOD;
  }
  console.error(messageOf(error));
  return FAILED;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
