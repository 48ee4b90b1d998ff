/**
 * Failures: what `start` and `dev` print when they cannot do their work.
 */
import { USAGE_EXIT_CODE, UsageError, usageErrorText } from '../kit/usage-error.js';

const FAILURE_EXIT_CODE = 1;

/** Prints the reason to stderr. Returns the exit code. */
export function reportFailure(error: unknown, command: 'start' | 'dev'): number {
  if (error instanceof UsageError) {
    process.stderr.write(usageErrorText(error, command));
    return USAGE_EXIT_CODE;
  }
  console.error(messageOf(error));
  return FAILURE_EXIT_CODE;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
