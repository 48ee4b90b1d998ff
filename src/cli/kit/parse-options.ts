/**
 * Parsing options: Node's `parseArgs`, with errors that a user can act on.
 */
import { parseArgs } from 'node:util';
import { suggestionFor } from './suggestion.js';
import { UsageError } from './usage-error.js';

/** As `parseArgs` takes them. */
export type OptionTable = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>;

/** Values of options by name. */
export type OptionValues = Readonly<Record<string, string | boolean | undefined>>;

export interface ParsedOptions {
  readonly values: OptionValues;
  readonly positionals: readonly string[];
}

/** @throws UsageError */
export function parseOptions(args: readonly string[], options: OptionTable): ParsedOptions {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    return { values: values as OptionValues, positionals };
  } catch (error) {
    throw new UsageError(problemText((error as Error).message, Object.keys(options)), { cause: error });
  }
}

/** Node's first sentence names the problem; its advice that follows is about positional arguments. */
function problemText(message: string, names: readonly string[]): string {
  const [, unknown] = /^Unknown option '--?([^']*)'/.exec(message) ?? [];
  if (unknown === undefined) return `${(message.split(/\.\s|\n/)[0] ?? '').replace(/\.$/, '')}.`;
  const suggestion = suggestionFor(unknown, names);
  const dashes = unknown.length === 1 ? '-' : '--';
  return `Unknown option '${dashes}${unknown}'.${suggestion === undefined ? '' : ` Did you mean '--${suggestion}'?`}`;
}
