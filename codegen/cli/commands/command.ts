/**
 * Commands: what `shardwire` can be told to do. Each is a module of its own; `cli.ts` has the list.
 */
import type { Values } from '../settings.js';
import type { Terminal } from '../terminal.js';

export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** All there is to say, examples included. */
  readonly help: string;
  /** As `parseArgs` takes them. `--help` goes without saying. */
  readonly options: Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;
  /**
   * Runs it.
   *
   * @returns The exit code.
   * @throws UsageError where a value is not understood.
   */
  readonly run: (values: Values, terminal: Terminal) => Promise<number>;
}
