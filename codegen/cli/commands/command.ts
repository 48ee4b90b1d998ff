/**
 * Commands: the interface of the generator's commands. Each is one module; `cli.ts` has the list.
 */
import type { OptionValues } from '../../../src/cli/kit/parse-options.js';
import type { Terminal } from '../../../src/cli/kit/terminal.js';

export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** The text of `--help`, with examples. */
  readonly help: string;
  /** As `parseArgs` takes them. `--help` is added to all commands. */
  readonly options: Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;
  /**
   * Runs the command.
   *
   * @returns The exit code.
   * @throws UsageError for an invalid value.
   */
  readonly run: (values: OptionValues, terminal: Terminal) => Promise<number>;
}
