/**
 * Reads the commands that a bot registers.
 *
 * @see https://discord.com/developers/docs/interactions/application-commands#application-command-object
 */
import { isRecord, isWhole, type JsonRecord } from '../json.js';
import { CHAT_INPUT, type CommandDraft, type DeclaredOption } from '../world/command-store.js';
import { invalidField } from '../talk/api-error.js';

const LONGEST_NAME = 32;

export function readCommand(body: unknown): CommandDraft {
  const fields = isRecord(body) ? body : {};
  const { id, type } = fields;
  return {
    id: typeof id === 'string' ? id : undefined,
    name: readName(fields),
    type: isWhole(type) ? type : CHAT_INPUT,
    options: readOptions(fields['options']),
    fields,
  };
}

export function readCommands(body: unknown): CommandDraft[] {
  if (Array.isArray(body)) return body.map(readCommand);
  throw invalidField('_body', 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType');
}

function readName({ name }: JsonRecord): string {
  if (typeof name === 'string' && name !== '' && name.length <= LONGEST_NAME) return name;
  const message = `Must be between 1 and ${LONGEST_NAME} in length.`;
  throw invalidField('name', 'BASE_TYPE_BAD_LENGTH', message);
}

function readOptions(options: unknown): DeclaredOption[] {
  if (!Array.isArray(options)) return [];
  return options
    .filter(isRecord)
    .flatMap(({ name, type, options: inner }) =>
      typeof name === 'string' && isWhole(type) ? [{ name, type, options: readOptions(inner) }] : [],
    );
}
