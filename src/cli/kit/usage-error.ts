/**
 * Usage errors: command lines that cannot be understood.
 */

/** Exit code for a command line that cannot be understood. */
export const USAGE_EXIT_CODE = 2;

/** Thrown for a command line that cannot be understood. The message is one or more full sentences. */
export class UsageError extends Error {}

/**
 * The text for stderr.
 *
 * @param command - The command whose `--help` describes the usage; by default `shardwire` itself.
 */
export function usageErrorText({ message }: UsageError, command?: string): string {
  const help = command === undefined ? 'shardwire --help' : `shardwire ${command} --help`;
  return `${message}\nRun \`${help}\` for usage.\n`;
}
