/**
 * `shardwire list`: the handlers and events of all contracts, with their options and fingerprints.
 */
import { fingerprintsOf } from '../../model/fingerprint.js';
import type { ContractModel, EventModel, HandlerModel } from '../../model/model.js';
import { eventOptionWords, handlerOptionWords } from '../../model/option-text.js';
import { SETTINGS_HELP, SETTING_OPTIONS, choice, findSettings } from '../settings.js';
import type { Values } from '../settings.js';
import { table } from '../table.js';
import { paintFor } from '../terminal.js';
import type { Terminal } from '../terminal.js';
import { typeText } from '../../model/type-text.js';
import type { Command } from './command.js';
import { loadGenerator } from './load-generator.js';
import { fail } from './report.js';

const HELP = `Usage: shardwire list [options]

Lists the handlers and events of all contracts, with their options and fingerprints.

  --format <pretty|json>
                        a table, or one line of JSON for each (default: pretty)
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

/** A handler or an event, as lists show it. */
interface Word {
  readonly kind: 'handler' | 'event';
  readonly name: string;
  readonly type: string;
  readonly options: readonly string[];
  readonly fingerprint: string;
  readonly file: string;
  readonly doc: string;
}

async function list(values: Values, terminal: Terminal): Promise<number> {
  const format = choice('format', values['format'] as string | undefined, ['pretty', 'json']) ?? 'pretty';
  const found = findSettings(values, terminal.cwd);
  if (!found.ok) return fail(found.diagnostics, 'nothing was listed', format, terminal);
  const generator = await loadGenerator(terminal);
  if (generator === undefined) return 1;
  const read = generator.readContracts({ ...found.settings, root: terminal.cwd });
  if (!read.ok) return fail(read.diagnostics, 'nothing was listed', format, terminal);

  const lines =
    format === 'json'
      ? read.contracts.flatMap(wordsOf).map((word) => JSON.stringify(word))
      : pretty(read.contracts, terminal);
  terminal.print(lines.map((line) => `${line}\n`).join(''));
  return 0;
}

function pretty(all: readonly ContractModel[], terminal: Terminal): readonly string[] {
  const paint = paintFor(terminal.outColours);
  const words = all.flatMap(wordsOf);
  const [head = '', ...rows] = table([
    ['NAME', 'KIND', 'FINGERPRINT', 'TYPE', 'OPTIONS'],
    ...words.map(({ name, kind, fingerprint, type, options }) => [
      name,
      kind,
      fingerprint,
      type,
      options.join(', '),
    ]),
  ]);
  return [paint.grey(head), ...rows];
}

function wordsOf(contract: ContractModel): readonly Word[] {
  const fingerprints = fingerprintsOf(contract.types);
  const wordOf = (
    { name, doc }: HandlerModel | EventModel,
    rest: Pick<Word, 'kind' | 'type' | 'options' | 'fingerprint'>,
  ): Word => ({ ...rest, name: `${contract.name}.${name}`, file: contract.source, doc });
  const handlers = contract.handlers.map((handler) =>
    wordOf(handler, {
      kind: 'handler',
      type: callText(handler),
      options: handlerOptionWords(handler.options),
      fingerprint: fingerprints.of(`${contract.name}.${handler.name}`, [handler.input, handler.output]),
    }),
  );
  const events = contract.events.map((event) =>
    wordOf(event, {
      kind: 'event',
      type: event.data.kind === 'absent' ? 'void' : typeText(event.data),
      options: eventOptionWords(event.options),
      fingerprint: fingerprints.of(`${contract.name}.${event.name}`, [event.data]),
    }),
  );
  return [...handlers, ...events];
}

function callText({ input, output }: HandlerModel): string {
  const data = input.kind === 'absent' ? '' : typeText(input);
  return `(${data}) => ${output.kind === 'absent' ? 'void' : typeText(output)}`;
}
