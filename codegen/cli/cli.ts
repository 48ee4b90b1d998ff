/**
 * The generator's commands: parses a command line, runs the command, and returns the exit code.
 *
 * Exit codes: 0 success, 1 the project has a problem to fix, 2 the command line is invalid.
 */
import { BOT_COMMANDS } from '../../src/cli/kit/bot-commands.js';
import { parseOptions } from '../../src/cli/kit/parse-options.js';
import type { OptionValues } from '../../src/cli/kit/parse-options.js';
import { suggestionFor } from '../../src/cli/kit/suggestion.js';
import { processTerminal } from '../../src/cli/kit/terminal.js';
import type { Terminal } from '../../src/cli/kit/terminal.js';
import { USAGE_EXIT_CODE, UsageError, usageErrorText } from '../../src/cli/kit/usage-error.js';
import { BREAKING } from './commands/breaking.js';
import type { Command } from './commands/command.js';
import { GEN } from './commands/gen.js';
import { INIT } from './commands/init.js';
import { LIST } from './commands/list.js';

const COMMANDS: readonly Command[] = [INIT, GEN, BREAKING, LIST];

const NAME_WIDTH = 10;

const HELP = `Usage: shardwire <command> [options]

Contracts:
${summaries(COMMANDS)}

Bots:
${summaries(BOT_COMMANDS)}

Examples:
  shardwire init                     add a first contract and scripts to a project
  shardwire gen                      generate the pages
  shardwire gen --check              fail if the pages are out of date
  shardwire breaking --against main  fail if a contract change breaks compatibility with main
  shardwire start bot.js             run a bot

Run \`shardwire <command> --help\` for the options of a command.
`;

function summaries(commands: readonly Pick<Command, 'name' | 'summary'>[]): string {
  return commands.map(({ name, summary }) => `  ${name.padEnd(NAME_WIDTH)} ${summary}`).join('\n');
}

/** Runs a command. Returns the exit code. */
export async function run(args: readonly string[], terminal: Terminal = processTerminal()): Promise<number> {
  // The first argument that is no option names the command.
  const name = args.find((arg) => !arg.startsWith('-'));
  try {
    const command = name === undefined ? undefined : commandNamed(name);
    const values = valuesOf(args, command);
    if (values['help'] === true) {
      terminal.print(command?.help ?? HELP);
      return 0;
    }
    if (command === undefined) throw new UsageError('No command given. You probably want `shardwire gen`.');
    return await command.run(values, terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const isKnown = COMMANDS.some((command) => command.name === name);
    terminal.printError(usageErrorText(error, isKnown ? name : undefined));
    return USAGE_EXIT_CODE;
  }
}

function commandNamed(name: string): Command {
  const found = COMMANDS.find((command) => command.name === name);
  if (found !== undefined) return found;
  const suggestion = suggestionFor(
    name,
    [...COMMANDS, ...BOT_COMMANDS].map((command) => command.name),
  );
  throw new UsageError(
    `Unknown command '${name}'.${suggestion === undefined ? '' : ` Did you mean '${suggestion}'?`}`,
  );
}

function valuesOf(args: readonly string[], command: Command | undefined): OptionValues {
  const options = { ...command?.options, help: { type: 'boolean', short: 'h' } } as const;
  const { values, positionals } = parseOptions(args, options);
  const [, extra] = positionals;
  if (extra !== undefined)
    throw new UsageError(`Unexpected argument '${extra}': \`${command?.name}\` takes options only.`);
  return values;
}
