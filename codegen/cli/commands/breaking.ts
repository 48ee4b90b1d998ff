/**
 * `shardwire breaking`: what the contracts of now break for processes and code of before.
 *
 * Exit codes: 0 nothing, 1 something, 2 there is nothing to compare with.
 */
import { findBreaks } from '../../breaking/find-breaks.js';
import { formatBreak, githubBreak, jsonBreak } from '../../breaking/format-break.js';
import { classOf } from '../../breaking/rules.js';
import type { Break, RuleClass } from '../../breaking/rules.js';
import type { ContractModel } from '../../model/model.js';
import { SETTINGS_HELP, SETTING_OPTIONS, UsageError, choice, findSettings } from '../settings.js';
import type { Settings, Values } from '../settings.js';
import { paintFor } from '../terminal.js';
import type { Terminal } from '../terminal.js';
import { findAgainst } from './against.js';
import type { Command } from './command.js';
import { loadGenerator } from './load-generator.js';
import { FORMATS, count, fail } from './report.js';
import type { Format } from './report.js';

const HELP = `Usage: shardwire breaking --against <git ref | lock file | folder> [options]

Compares the contracts with an earlier version and lists what breaks: \`wire\` breaks keep clusters of both versions from
understanding each other while a bot restarts, \`source\` breaks keep code of before from compiling or working. A new
optional member of data is fine; a new member of a result's union is not. docs/breaking.md explains every rule.

  --against <what>      a branch, tag or commit; a contract.lock.json; a folder with one; a folder of contracts
  --class <wire|source> look for breaks of one class only (default: both)
  --format <pretty|json|github>
                        how they are printed (default: pretty)
${SETTINGS_HELP}

Exit code: 0 nothing breaks, 1 something does, 2 there is nothing to compare with.

Examples:
  shardwire breaking --against main
  shardwire breaking --against origin/main --class wire --format github
  shardwire breaking --against ../released/contract.lock.json
`;

const { contracts, out, project } = SETTING_OPTIONS;

export const BREAKING: Command = {
  name: 'breaking',
  summary: 'lists what a change of the contracts breaks',
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

async function breaking(values: Values, terminal: Terminal): Promise<number> {
  const text = (name: string): string | undefined => values[name] as string | undefined;
  const against = text('against');
  if (against === undefined) throw new UsageError('Say what to compare with: --against main, for example');
  const format = choice('format', text('format'), FORMATS) ?? 'pretty';
  const only = choice('class', text('class'), ['wire', 'source']);
  const found = findSettings(values, terminal.cwd);
  if (!found.ok) return fail(found.diagnostics, 'nothing was compared', format, terminal);
  return compare(found.settings, { against, only, format, terminal });
}

async function compare(settings: Settings, job: Job): Promise<number> {
  const { terminal, format } = job;
  const generator = await loadGenerator(terminal);
  if (generator === undefined) return 1;
  const before = await findAgainst(job.against, { root: terminal.cwd, out: settings.out });
  if (before.kind === 'nothing') {
    terminal.printError(`${before.why}.\n`);
    return 2;
  }
  const read = (folder: string) =>
    generator.readContracts({ ...settings, root: terminal.cwd, contracts: folder });
  const old = before.kind === 'folder' ? read(before.path) : ({ ok: true, ...before } as const);
  const now = read(settings.contracts);
  const refused = [old, now].flatMap((one) => (one.ok ? [] : one.diagnostics));
  if (!old.ok || !now.ok) return fail(refused, 'nothing was compared', format, terminal);
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
  if (breaks.length === 0) return `nothing breaks, compared with ${against}`;
  const of = (kind: RuleClass): number => breaks.filter(({ rule }) => classOf(rule) === kind).length;
  return `${count(of('wire'), 'wire break')} and ${count(of('source'), 'source break')}, compared with ${against}`;
}
