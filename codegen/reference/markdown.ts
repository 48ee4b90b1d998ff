/**
 * Reference: the contracts as a Markdown page, with their doc comments.
 */
import { fingerprintsOf } from '../model/fingerprint.js';
import type { Fingerprints } from '../model/fingerprint.js';
import { indexHeader } from '../emit/header.js';
import type {
  ContractModel,
  ErrorModel,
  EventModel,
  HandlerModel,
  NamedType,
  Shape,
} from '../model/model.js';
import { eventOptionWords, handlerOptionWords } from '../model/option-text.js';
import { compare } from '../model/shapes.js';
import { typeText } from '../model/type-text.js';

export const MARKDOWN_FILE = 'contracts.md';

/**
 * Returns the page.
 *
 * @param folder - The contracts folder as the header names it.
 */
export function markdownText(contracts: readonly ContractModel[], folder: string): string {
  const sorted = contracts.toSorted((a, b) => compare(a.name, b.name));
  const parts = [
    '# Contracts',
    `<!-- ${indexHeader(folder).join(' ')} -->`,
    overview(sorted),
    ...sorted.flatMap(chapter),
  ];
  return `${parts.join('\n\n')}\n`;
}

function overview(contracts: readonly ContractModel[]): string {
  const row =
    (contract: ContractModel, kind: string) =>
    (member: HandlerModel | EventModel): string => {
      const name = `${contract.name}.${member.name}`;
      return `| [\`${name}\`](#${anchor(name)}) | ${kind} | ${cell(firstLine(member.doc))} |`;
    };
  const rows = contracts.flatMap((contract) => [
    ...contract.handlers.map(row(contract, 'handler')),
    ...contract.events.map(row(contract, 'event')),
  ]);
  return ['| Name | Kind | |', '| --- | --- | --- |', ...rows].join('\n');
}

/** Returns the anchor that GitHub gives a heading. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function firstLine(doc: string): string {
  return doc.split('\n', 1)[0] ?? '';
}

function chapter(contract: ContractModel): readonly string[] {
  const fingerprints = fingerprintsOf(contract.types);
  const { handlers, events, errors, types } = contract;
  return [
    `## ${contract.name}`,
    `From \`${contract.source}\`.`,
    ...handlers.flatMap((handler) => handlerSection(contract, handler, fingerprints)),
    ...events.flatMap((event) => eventSection(contract, event, fingerprints)),
    ...section(`${contract.name}: errors`, errors.flatMap(errorPart)),
    ...section(`${contract.name}: types`, types.flatMap(typePart)),
  ];
}

function handlerSection(
  { name }: ContractModel,
  { name: handler, doc, input, output, options }: HandlerModel,
  fingerprints: Fingerprints,
): readonly string[] {
  const data = input.kind === 'undefined' ? '' : `data: ${whole(input)}`;
  return [
    `### ${name}.${handler}`,
    ...paragraph(doc),
    code(`${handler}(${data}): ${resultText(output)}`),
    facts([...handlerOptionWords(options), fingerprints.of(`${name}.${handler}`, [input, output])]),
  ];
}

function eventSection(
  { name }: ContractModel,
  { name: event, doc, data, options }: EventModel,
  fingerprints: Fingerprints,
): readonly string[] {
  return [
    `### ${name}.${event}`,
    ...paragraph(doc),
    code(`${event}: ${resultText(data)}`),
    facts(['event', ...eventOptionWords(options), fingerprints.of(`${name}.${event}`, [data])]),
  ];
}

function resultText(shape: Shape): string {
  return shape.kind === 'undefined' ? 'void' : whole(shape);
}

/** Returns a list of facts; the last one is the fingerprint. */
function facts(items: readonly string[]): string {
  return [...items.slice(0, -1).map((item) => `- ${item}`), `- fingerprint \`${items.at(-1) ?? ''}\``].join(
    '\n',
  );
}

function section(title: string, parts: readonly string[]): readonly string[] {
  return parts.length === 0 ? [] : [`### ${title}`, ...parts];
}

function errorPart({ name, doc, data }: ErrorModel): readonly string[] {
  return [...paragraph(doc), code(`${name}: ${resultText(data)}`)];
}

function typePart({ name, doc, shape }: NamedType): readonly string[] {
  return [...paragraph(doc), code(`type ${name} = ${whole(shape)}`)];
}

function paragraph(doc: string): readonly string[] {
  return doc === '' ? [] : [doc];
}

/** Returns the whole type, with the members of an object below each other. */
function whole(shape: Shape): string {
  if (shape.kind !== 'object' || shape.members.length < 2) return typeText(shape, Infinity);
  const members = shape.members.map((member) => {
    const text = typeText({ kind: 'object', members: [member] }, Infinity);
    return `  ${text.slice(2, -2)};`;
  });
  return ['{', ...members, '}'].join('\n');
}

function code(text: string): string {
  return ['```ts', text, '```'].join('\n');
}
