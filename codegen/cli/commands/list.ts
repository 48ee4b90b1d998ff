/**
 * `shardwire list`: lists the handlers and events of all contracts, with their options and fingerprints.
 */
import { fingerprintsOf } from '../../model/fingerprint.js';
import type { ContractModel, EventModel, HandlerModel } from '../../model/model.js';
import { eventOptionWords, handlerOptionWords } from '../../model/option-text.js';
import { SETTINGS_HELP, SETTING_OPTIONS, choiceOf, readSettings } from '../settings.js';
import type { OptionValues } from '../../../src/cli/kit/parse-options.js';
import { textTable } from '../text-table.js';
import { paintFor } from '../paint.js';
import type { Terminal } from '../../../src/cli/kit/terminal.js';
import { typeText } from '../../model/type-text.js';
import type { Command } from './command.js';
import { loadGenerator } from './load-generator.js';
import { reportFailure } from './report.js';

const HELP = `Usage: shardwire list [options]

Lists the handlers and events of all contracts, with their options and fingerprints.

  --format <pretty|json>
                        a table, or one line of JSON per handler or event (default: pretty)
${SETTINGS_HELP}

Examples:
  shardwire list
  shardwire list --format json | grep '"kind":"event"'
`;

const { contracts, out, project } = SETTING_OPTIONS;

export const LIST: Command = {
  name: 'list',
  summary: 'lists handlers and events, with options and fingerprints',
  help: HELP,
  options: { contracts, out, project, format: { type: 'string' } },
  run: list,
};

/** A handler or an event in the list. */
interface ListEntry {
  readonly kind: 'handler' | 'event';
  readonly name: string;
  readonly type: string;
  readonly options: readonly string[];
  readonly fingerprint: string;
  readonly file: string;
  readonly doc: string;
}

async function list(values: OptionValues, terminal: Terminal): Promise<number> {
  const format = choiceOf('format', values['format'] as string | undefined, ['pretty', 'json']) ?? 'pretty';
  const found = readSettings(values, terminal.cwd);
  if (!found.ok) return reportFailure(found.diagnostics, 'nothing was listed', format, terminal);
  const generator = await loadGenerator(terminal);
  if (generator === undefined) return 1;
  const read = generator.readContracts({ ...found.settings, root: terminal.cwd });
  if (!read.ok) return reportFailure(read.diagnostics, 'nothing was listed', format, terminal);

  const lines =
    format === 'json'
      ? read.contracts.flatMap(entriesOf).map((entry) => JSON.stringify(entry))
      : prettyLines(read.contracts, terminal);
  terminal.print(lines.map((line) => `${line}\n`).join(''));
  return 0;
}

function prettyLines(all: readonly ContractModel[], terminal: Terminal): readonly string[] {
  const paint = paintFor(terminal.outColours);
  const entries = all.flatMap(entriesOf);
  const [head = '', ...rows] = textTable([
    ['NAME', 'KIND', 'FINGERPRINT', 'TYPE', 'OPTIONS'],
    ...entries.map(({ name, kind, fingerprint, type, options }) => [
      name,
      kind,
      fingerprint,
      type,
      options.join(', '),
    ]),
  ]);
  return [paint.grey(head), ...rows];
}

function entriesOf(contract: ContractModel): readonly ListEntry[] {
  const fingerprints = fingerprintsOf(contract.types);
  const entryOf = (
    { name, doc }: HandlerModel | EventModel,
    rest: Pick<ListEntry, 'kind' | 'type' | 'options' | 'fingerprint'>,
  ): ListEntry => ({ ...rest, name: `${contract.name}.${name}`, file: contract.source, doc });
  const handlers = contract.handlers.map((handler) =>
    entryOf(handler, {
      kind: 'handler',
      type: callText(handler),
      options: handlerOptionWords(handler.options),
      fingerprint: fingerprints.of(`${contract.name}.${handler.name}`, [handler.input, handler.output]),
    }),
  );
  const events = contract.events.map((event) =>
    entryOf(event, {
      kind: 'event',
      type: event.data.kind === 'undefined' ? 'void' : typeText(event.data),
      options: eventOptionWords(event.options),
      fingerprint: fingerprints.of(`${contract.name}.${event.name}`, [event.data]),
    }),
  );
  return [...handlers, ...events];
}

function callText({ input, output }: HandlerModel): string {
  const data = input.kind === 'undefined' ? '' : typeText(input);
  return `(${data}) => ${output.kind === 'undefined' ? 'void' : typeText(output)}`;
}
