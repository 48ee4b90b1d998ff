/**
 * `shardwire gen`: contracts in, pages out.
 */
import { resolve } from 'node:path';
import { differences, foreignFiles, planOutput, readOutputFolder } from '../../output-folder.js';
import { SETTING_OPTIONS, SETTINGS_HELP, UsageError, choice, findSettings } from '../settings.js';
import type { Settings, Values } from '../settings.js';
import type { Terminal } from '../terminal.js';
import type { Command } from './command.js';
import { loadGenerator } from './load-generator.js';
import { FORMATS, count, fail, problems } from './report.js';
import type { Format } from './report.js';
import { watchContracts } from './watch.js';
import { writePages } from './write-pages.js';
import type { Pages } from './write-pages.js';

const HELP = `Usage: shardwire gen [options]

Reads the contracts and writes the pages that a bot imports.

${SETTINGS_HELP}
  --check               write nothing; fail if anything is out of date
  --watch               write, and again after every edit, until Ctrl+C
  --emit <ts|js>        js writes .js and .d.ts, for bots without a build (default: ts)
  --import-extension <js|ts|none>
                        how pages import each other and the contracts (default: js)
  --no-schemas          leave out the TypeBox schemas
  --docs                also write contracts.md, a reference, and asyncapi.json
  --format <pretty|json|github>
                        how problems are printed (default: pretty)

Examples:
  shardwire gen                                write what has changed
  shardwire gen --watch                        beside an editor
  shardwire gen --check --format github        in a workflow: fail if somebody forgot
  shardwire gen --emit js --out lib/generated  for a bot in plain JavaScript

Settings may stand in package.json, too:
  "shardwire": { "contracts": "src/contracts", "out": "src/generated", "emit": "ts",
                 "importExtension": "js", "schemas": true, "docs": false, "project": "tsconfig.json" }
`;

export const GEN: Command = {
  name: 'gen',
  summary: 'reads the contracts and writes the pages that a bot imports',
  help: HELP,
  options: {
    ...SETTING_OPTIONS,
    check: { type: 'boolean' },
    watch: { type: 'boolean' },
    format: { type: 'string' },
  },
  run: gen,
};

async function gen(values: Values, terminal: Terminal): Promise<number> {
  const start = performance.now();
  if (values['check'] === true && values['watch'] === true)
    throw new UsageError('--check looks once, --watch goes on: take one of them');
  const format = choice('format', values['format'] as string | undefined, FORMATS) ?? 'pretty';
  const found = findSettings(values, terminal.cwd);
  if (!found.ok) return fail(found.diagnostics, 'nothing was written', format, terminal);
  const generator = await loadGenerator(terminal);
  if (generator === undefined) return 1;

  if (values['watch'] === true) {
    const makeGenerator = () => new generator.Generator();
    return watchContracts({ values, format, terminal, makeGenerator });
  }
  const job = { settings: found.settings, format, terminal };
  const generated = generator.generate({ ...found.settings, root: terminal.cwd });
  if (!generated.ok) return fail(generated.diagnostics, 'nothing was written', format, terminal);
  if (generated.warnings.length > 0) terminal.printError(problems(generated.warnings, format, terminal));
  return values['check'] === true ? check(generated, job) : write(generated, job, start);
}

interface Job {
  readonly settings: Settings;
  readonly format: Format;
  readonly terminal: Terminal;
}

function write(generated: Pages, { settings: { out }, format, terminal }: Job, start: number): number {
  const outcome = writePages(generated, out, terminal);
  if (!outcome.ok) return fail(foreignFiles(outcome.plan, out), 'nothing was written', format, terminal);
  const duration = Math.round(performance.now() - start);
  terminal.print(`${summary(generated)}: ${outcome.sentence} (${duration} ms)\n`);
  return 0;
}

function check(generated: Pages, { settings: { out }, format, terminal }: Job): number {
  const present = readOutputFolder(resolve(terminal.cwd, out));
  const found = differences(present, planOutput(present, generated.files), out);
  if (found.length > 0) return fail(found, 'run npx shardwire gen', format, terminal);
  terminal.print(`${summary(generated)}: ${count(generated.files.size, 'file')} up to date\n`);
  return 0;
}

function summary({ contractCount, memberCount }: Pages): string {
  const members = memberCount === 1 ? '1 handler or event' : `${memberCount} handlers and events`;
  return `${count(contractCount, 'contract')}, ${members}`;
}
