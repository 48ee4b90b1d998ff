/**
 * The command line: what `shardwire` says and how it ends.
 *
 * Exit codes: 0 done, 1 there is something to fix in the project, 2 the command was not understood.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { inOrder } from './diagnostics.js';
import type { Diagnostic } from './diagnostics.js';
import {
  COLOURED,
  PLAIN,
  formatDiagnostic,
  githubDiagnostic,
  jsonDiagnostic,
  severityOf,
} from './format-diagnostic.js';
import type { EmitKind, Generated, ImportExtension } from './generate.js';
import { applyPlan, differences, foreignFiles, planOutput, readOutputFolder } from './output-folder.js';

/** What the command needs of the process that it runs in. */
export interface Terminal {
  readonly cwd: string;
  readonly colours: boolean;
  readonly print: (text: string) => void;
  readonly printError: (text: string) => void;
}

interface GenArguments {
  readonly contracts: string;
  readonly out: string;
  readonly project: string | undefined;
  readonly check: boolean;
  readonly emit: EmitKind;
  readonly importExtension: ImportExtension;
  readonly schemas: boolean;
  readonly format: Format;
}

type Format = 'pretty' | 'json' | 'github';

const HELP = `Usage: shardwire gen [options]

Reads the contracts and writes the pages that a bot imports.

  --contracts <folder>  where the contracts are (default: contracts)
  --out <folder>        where the pages go (default: generated)
  --check               write nothing; fail if anything is out of date
  --project <file>      the tsconfig that says how modules are found (default: tsconfig.json)
  --emit <ts|js>        js writes .js and .d.ts, for bots without a build (default: ts)
  --import-extension <js|ts|none>
                        how pages import each other and the contracts (default: js)
  --no-schemas          leave out the TypeBox schemas
  --format <pretty|json|github>
                        how problems are printed (default: pretty)
  --help                show this
`;

/** Runs a command. Returns the exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const parsed = parse(args);
  switch (parsed.kind) {
    case 'help':
      terminal.print(HELP);
      return 0;
    case 'misunderstood':
      terminal.printError(`${parsed.message}\nRun \`shardwire --help\` to see what there is.\n`);
      return 2;
    case 'gen':
      return gen(parsed.args, terminal);
  }
}

type Parsed =
  | { readonly kind: 'help' }
  | { readonly kind: 'gen'; readonly args: GenArguments }
  | { readonly kind: 'misunderstood'; readonly message: string };

function parse(args: readonly string[]): Parsed {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
    if (values.help === true) return { kind: 'help' };
    const [command, extra] = positionals;
    if (command === undefined)
      return { kind: 'misunderstood', message: 'Say what to do: the command is `gen`.' };
    if (command !== 'gen') return { kind: 'misunderstood', message: `There is no command '${command}'.` };
    if (extra !== undefined)
      return { kind: 'misunderstood', message: `'${extra}' is too much: gen takes only options.` };
    const { contracts = 'contracts', out = 'generated', check = false, project } = values;
    const emit = choice('emit', values.emit, ['ts', 'js']);
    const importExtension = choice('import-extension', values['import-extension'], ['js', 'ts', 'none']);
    const format = choice('format', values.format, ['pretty', 'json', 'github']);
    const schemas = values['no-schemas'] !== true;
    return { kind: 'gen', args: { contracts, out, check, project, emit, importExtension, schemas, format } };
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split('. ');
    return { kind: 'misunderstood', message: `${sentence.replace(/\.$/, '')}.` };
  }
}

/** The first is what an option that is not given means. */
function choice<T extends string>(name: string, given: string | undefined, choices: readonly [T, ...T[]]): T {
  if (given === undefined) return choices[0];
  const chosen = choices.find((one) => one === given);
  if (chosen === undefined) throw new Error(`--${name} takes ${choices.join(', ')}, not '${given}'`);
  return chosen;
}

const OPTIONS = {
  contracts: { type: 'string' },
  out: { type: 'string' },
  project: { type: 'string' },
  check: { type: 'boolean' },
  emit: { type: 'string' },
  'import-extension': { type: 'string' },
  'no-schemas': { type: 'boolean' },
  format: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

async function gen(args: GenArguments, terminal: Terminal): Promise<number> {
  const start = performance.now();
  const generate = await loadGenerator();
  if (generate === undefined) {
    terminal.printError(`${MISSING_COMPILER}\n`);
    return 1;
  }
  const generated = generate({ ...args, root: terminal.cwd });
  if (!generated.ok) return fail(generated.diagnostics, 'nothing was written', args.format, terminal);
  if (generated.warnings.length > 0) terminal.printError(problems(generated.warnings, args.format, terminal));
  return args.check ? check(generated, args, terminal) : write(generated, args, terminal, start);
}

const MISSING_COMPILER = `The generator reads contracts with ts-morph, which is not installed. Install it with

npm i -D ts-morph@28.0.0 typebox@1.4.3

and run the command again.`;

/** Loads the generator, and with it the compiler, which only those who generate have installed. */
async function loadGenerator(): Promise<typeof import('./generate.js').generate | undefined> {
  try {
    return (await import('./generate.js')).generate;
  } catch (error) {
    const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
    if (code === 'MODULE_NOT_FOUND' && String(message).includes("'ts-morph'")) return undefined;
    throw error;
  }
}

type Pages = Extract<Generated, { readonly ok: true }>;

function write(generated: Pages, { out, format }: GenArguments, terminal: Terminal, start: number): number {
  const path = resolve(terminal.cwd, out);
  const plan = planOutput(readOutputFolder(path), generated.files);
  if (plan.inTheWay.length > 0) return fail(foreignFiles(plan, out), 'nothing was written', format, terminal);
  applyPlan(path, plan);
  const removed = plan.remove.length === 0 ? '' : `, ${plan.remove.length} removed`;
  const duration = Math.round(performance.now() - start);
  terminal.print(
    `${summary(generated)}: ${count(plan.write.size, 'file')} written, ${plan.unchanged} unchanged${removed} (${duration} ms)\n`,
  );
  return 0;
}

function check(generated: Pages, { out, format }: GenArguments, terminal: Terminal): number {
  const present = readOutputFolder(resolve(terminal.cwd, out));
  const found = differences(present, planOutput(present, generated.files), out);
  if (found.length > 0) return fail(found, 'run npx shardwire gen', format, terminal);
  terminal.print(`${summary(generated)}: ${count(generated.files.size, 'file')} up to date\n`);
  return 0;
}

function fail(
  diagnostics: readonly Diagnostic[],
  consequence: string,
  format: Format,
  terminal: Terminal,
): number {
  const last = format === 'pretty' ? `\n${count(errorsIn(diagnostics), 'problem')}: ${consequence}\n` : '';
  terminal.printError(`${problems(diagnostics, format, terminal)}${last}`);
  return 1;
}

function errorsIn(diagnostics: readonly Diagnostic[]): number {
  return diagnostics.filter((one) => severityOf(one) === 'error').length;
}

function problems(diagnostics: readonly Diagnostic[], format: Format, terminal: Terminal): string {
  const sorted = diagnostics.toSorted(inOrder);
  switch (format) {
    case 'json':
      return `${sorted.map(jsonDiagnostic).join('\n')}\n`;
    case 'github':
      return `${sorted.map(githubDiagnostic).join('\n')}\n`;
    case 'pretty': {
      const paint = terminal.colours ? COLOURED : PLAIN;
      return `${sorted.map((one) => formatDiagnostic(one, paint)).join('\n\n')}\n`;
    }
  }
}

function summary({ contractCount, memberCount }: Pages): string {
  const members = memberCount === 1 ? '1 handler or event' : `${memberCount} handlers and events`;
  return `${count(contractCount, 'contract')}, ${members}`;
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
