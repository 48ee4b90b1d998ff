/**
 * `shardwire gen`: generates pages from contracts.
 */
import { resolve } from 'node:path';
import {
  outputDiagnostics,
  foreignFileDiagnostics,
  planOutput,
  readOutputFolder,
} from '../../output-folder.js';
import { SETTING_OPTIONS, SETTINGS_HELP, choiceOf, readSettings } from '../settings.js';
import type { Settings } from '../settings.js';
import type { OptionValues } from '../../../src/cli/kit/parse-options.js';
import { UsageError } from '../../../src/cli/kit/usage-error.js';
import type { Terminal } from '../../../src/cli/kit/terminal.js';
import type { Command } from './command.js';
import { loadGenerator } from './load-generator.js';
import { FORMATS, count, reportFailure, problems } from './report.js';
import type { Format } from './report.js';
import { watchContracts } from './watch.js';
import { writePages } from './write-pages.js';
import type { Pages } from './write-pages.js';

const HELP = `Usage: shardwire gen [options]

Generates the pages that a bot imports from its contracts.

${SETTINGS_HELP}
  --check               write nothing; fail if any page is out of date
  --watch               keep running and regenerate after every edit
  --emit <ts|js>        ts, or js with .d.ts files for bots without a build step (default: ts)
  --import-extension <js|ts|none>
                        file extension in imports of pages and contracts (default: js)
  --no-schemas          do not write TypeBox schemas
  --docs                also write a reference (contracts.md) and asyncapi.json
  --format <pretty|json|github>
                        output format of problems (default: pretty)

Examples:
  shardwire gen                                write the pages that changed
  shardwire gen --watch                        keep the pages up to date while you edit
  shardwire gen --check --format github        fail a workflow if pages are out of date
  shardwire gen --emit js --out lib/generated  for a bot in plain JavaScript

Settings can also be in package.json:
  "shardwire": { "contracts": "src/contracts", "out": "src/generated", "emit": "ts",
                 "importExtension": "js", "schemas": true, "docs": false, "project": "tsconfig.json" }
`;

export const GEN: Command = {
  name: 'gen',
  summary: 'generates the pages that a bot imports from its contracts',
  help: HELP,
  options: {
    ...SETTING_OPTIONS,
    check: { type: 'boolean' },
    watch: { type: 'boolean' },
    format: { type: 'string' },
  },
  run: gen,
};

async function gen(values: OptionValues, terminal: Terminal): Promise<number> {
  const start = performance.now();
  if (values['check'] === true && values['watch'] === true)
    throw new UsageError('Use either --check or --watch, not both.');
  const format = choiceOf('format', values['format'] as string | undefined, FORMATS) ?? 'pretty';
  const found = readSettings(values, terminal.cwd);
  if (!found.ok) return reportFailure(found.diagnostics, 'nothing was written', format, terminal);
  const generator = await loadGenerator(terminal);
  if (generator === undefined) return 1;

  if (values['watch'] === true) {
    const makeGenerator = () => new generator.Generator();
    return watchContracts({ values, format, terminal, makeGenerator });
  }
  const job = { settings: found.settings, format, terminal };
  const generated = generator.generate({ ...found.settings, root: terminal.cwd });
  if (!generated.ok) return reportFailure(generated.diagnostics, 'nothing was written', format, terminal);
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
  if (!outcome.ok)
    return reportFailure(foreignFileDiagnostics(outcome.plan, out), 'nothing was written', format, terminal);
  const duration = Math.round(performance.now() - start);
  terminal.print(`${summary(generated)}: ${outcome.summary} (${duration} ms)\n`);
  return 0;
}

function check(generated: Pages, { settings: { out }, format, terminal }: Job): number {
  const present = readOutputFolder(resolve(terminal.cwd, out));
  const found = outputDiagnostics(present, planOutput(present, generated.files), out);
  if (found.length > 0) return reportFailure(found, 'run `npx shardwire gen`', format, terminal);
  terminal.print(`${summary(generated)}: ${count(generated.files.size, 'file')} up to date\n`);
  return 0;
}

function summary({ contractCount, memberCount }: Pages): string {
  const members = memberCount === 1 ? '1 handler or event' : `${memberCount} handlers and events`;
  return `${count(contractCount, 'contract')}, ${members}`;
}
