/**
 * The command line: what `shardwire` says and how it ends.
 *
 * Exit codes: 0 done, 1 there is something to fix in the project, 2 the command was not understood.
 */
import { parseArgs } from 'node:util';
import { BREAKING } from './commands/breaking.js';
import type { Command } from './commands/command.js';
import { GEN } from './commands/gen.js';
import { INIT } from './commands/init.js';
import { LIST } from './commands/list.js';
import { UsageError } from './settings.js';
import type { Values } from './settings.js';
import { suggestionFor } from './suggestion.js';
import type { Terminal } from './terminal.js';

export type { Terminal } from './terminal.js';

const COMMANDS: readonly Command[] = [INIT, GEN, BREAKING, LIST];

const NAME_WIDTH = 10;

const HELP = `Usage: shardwire <command> [options]

${COMMANDS.map(({ name, summary }) => `  ${name.padEnd(NAME_WIDTH)} ${summary}`).join('\n')}

Examples:
  shardwire init                     begin: a first contract, and scripts
  shardwire gen                      write the pages
  shardwire gen --check              fail if they are out of date
  shardwire breaking --against main  fail if clusters of main and of now would not understand each other

\`shardwire <command> --help\` says more.
`;

/** Runs a command. Returns the exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const { command, values } = parse(args);
    if (values['help'] === true) {
      terminal.print(command?.help ?? HELP);
      return 0;
    }
    if (command === undefined) throw new UsageError('Say what to do: the command is `gen`, most of the time');
    return await command.run(values, terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.printError(`${error.message}.\nRun \`shardwire --help\` to see what there is.\n`);
    return 2;
  }
}

interface Parsed {
  readonly command: Command | undefined;
  readonly values: Values;
}

/** The first word that is no option names the command. */
function parse(args: readonly string[]): Parsed {
  const word = args.find((one) => !one.startsWith('-'));
  const command = word === undefined ? undefined : commandNamed(word);
  const options = { ...command?.options, help: { type: 'boolean', short: 'h' } } as const;
  const { values, positionals } = parsedArgs(args, options);
  const [, extra] = positionals;
  if (extra !== undefined) throw new UsageError(`'${extra}' is too much: ${word} takes only options`);
  return { command, values: values as Values };
}

function commandNamed(word: string): Command {
  const command = COMMANDS.find(({ name }) => name === word);
  if (command !== undefined) return command;
  const meant = suggestionFor(
    word,
    COMMANDS.map(({ name }) => name),
  );
  throw new UsageError(
    `There is no command '${word}'${meant === undefined ? '' : `; was it to be '${meant}'`}`,
  );
}

type OptionTable = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>;

function parsedArgs(args: readonly string[], options: OptionTable): ReturnType<typeof parseArgs> {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split('. ');
    throw new UsageError(sentence.replace(/\.$/, ''), { cause: error });
  }
}
