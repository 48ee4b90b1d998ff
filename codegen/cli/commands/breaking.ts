/**
 * `shardwire breaking`: lists what the current contracts break for processes and code built with an earlier version.
 *
 * Exit codes: 0 nothing breaks, 1 something breaks, 2 there is nothing to compare with.
 */
import { findBreaks } from '../../breaking/find-breaks.js';
import { formatBreak, githubBreak, jsonBreak } from '../../breaking/format-break.js';
import { classOf } from '../../breaking/rules.js';
import type { Break, RuleClass } from '../../breaking/rules.js';
import type { ContractModel } from '../../model/model.js';
import { SETTINGS_HELP, SETTING_OPTIONS, choiceOf, readSettings } from '../settings.js';
import type { Settings } from '../settings.js';
import type { OptionValues } from '../../../src/cli/kit/parse-options.js';
import { paintFor } from '../paint.js';
import { UsageError } from '../../../src/cli/kit/usage-error.js';
import type { Terminal } from '../../../src/cli/kit/terminal.js';
import { findBaseline } from './baseline.js';
import type { Command } from './command.js';
import { loadGenerator } from './load-generator.js';
import { FORMATS, count, reportFailure } from './report.js';
import type { Format } from './report.js';

const HELP = `Usage: shardwire breaking --against <git ref | lock file | folder> [options]

Compares the contracts with an earlier version and lists breaking changes. \`wire\` breaks stop clusters of the two
versions from working together during a rolling restart; \`source\` breaks stop existing code from compiling or working. A
new optional member of data breaks nothing, a new member of a result's union does. docs/breaking.md explains every rule.

  --against <version>   a branch, tag or commit; a contract.lock.json; a folder with one; a folder of contracts
  --class <wire|source> list one class of breaks only (default: both)
  --format <pretty|json|github>
                        output format (default: pretty)
${SETTINGS_HELP}

Exit codes: 0 nothing breaks; 1 something breaks; 2 there is nothing to compare with.

Examples:
  shardwire breaking --against main
  shardwire breaking --against origin/main --class wire --format github
  shardwire breaking --against ../released/contract.lock.json
`;

const { contracts, out, project } = SETTING_OPTIONS;

export const BREAKING: Command = {
  name: 'breaking',
  summary: 'lists breaking changes of the contracts',
  help: HELP,
  options: {
    contracts,
    out,
    project,
    against: { type: 'string' },
    class: { type: 'string' },
    format: { type: 'string' },
  },
  run: breaking,
};

interface Job {
  readonly against: string;
  readonly only: RuleClass | undefined;
  readonly format: Format;
  readonly terminal: Terminal;
}

async function breaking(values: OptionValues, terminal: Terminal): Promise<number> {
  const text = (name: string): string | undefined => values[name] as string | undefined;
  const against = text('against');
  if (against === undefined)
    throw new UsageError('Missing --against. Name a version to compare with, for example `--against main`.');
  const format = choiceOf('format', text('format'), FORMATS) ?? 'pretty';
  const only = choiceOf('class', text('class'), ['wire', 'source']);
  const found = readSettings(values, terminal.cwd);
  if (!found.ok) return reportFailure(found.diagnostics, 'nothing was compared', format, terminal);
  return compare(found.settings, { against, only, format, terminal });
}

async function compare(settings: Settings, job: Job): Promise<number> {
  const { terminal, format } = job;
  const generator = await loadGenerator(terminal);
  if (generator === undefined) return 1;
  const before = await findBaseline(job.against, { root: terminal.cwd, out: settings.out });
  if (before.kind === 'none') {
    terminal.printError(`${before.reason}\n`);
    return 2;
  }
  const read = (folder: string) =>
    generator.readContracts({ ...settings, root: terminal.cwd, contracts: folder });
  const old = before.kind === 'folder' ? read(before.path) : ({ ok: true, ...before } as const);
  const now = read(settings.contracts);
  const refused = [old, now].flatMap((one) => (one.ok ? [] : one.diagnostics));
  if (!old.ok || !now.ok) return reportFailure(refused, 'nothing was compared', format, terminal);
  return report(old.contracts, now.contracts, job);
}

function report(
  before: readonly ContractModel[],
  now: readonly ContractModel[],
  { against, only, format, terminal }: Job,
): number {
  const breaks = findBreaks(before, now).filter(({ rule }) => only === undefined || classOf(rule) === only);
  const paint = paintFor(terminal.outColours);
  const line = { pretty: (one: Break) => formatBreak(one, paint), json: jsonBreak, github: githubBreak }[
    format
  ];
  const lines = breaks.map(line);
  if (format === 'pretty') lines.push(...(breaks.length === 0 ? [] : ['']), summary(breaks, against));
  terminal.print(lines.map((one) => `${one}\n`).join(''));
  return breaks.length === 0 ? 0 : 1;
}

function summary(breaks: readonly Break[], against: string): string {
  if (breaks.length === 0) return `no breaking changes compared with ${against}`;
  const of = (kind: RuleClass): number => breaks.filter(({ rule }) => classOf(rule) === kind).length;
  return `${count(of('wire'), 'wire break')} and ${count(of('source'), 'source break')} compared with ${against}`;
}
