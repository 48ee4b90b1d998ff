/**
 * Reads what a bot wants to say, and refuses what Discord would refuse.
 *
 * @see https://discord.com/developers/docs/resources/message#create-message
 */
import { isRecord, type JsonRecord } from '../json.js';
import type { MessageDraft, MessageEdit } from '../world/message-payload.js';
import { emptyMessage, invalidField } from './api-error.js';

const LONGEST_CONTENT = 2_000;
const MOST_EMBEDS = 10;

/** A file of a multipart request: its bytes are counted, not kept. */
export interface UploadedFile {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
}

export interface SaidMessage {
  readonly body: unknown;
  readonly files: readonly UploadedFile[];
}

/** A new message, which must have content. */
export function readMessage(said: SaidMessage): MessageDraft {
  const draft = readDraft(said);
  if (saysNothing(draft) && !hasOther(requireRecord(said.body))) throw emptyMessage();
  return draft;
}

/** A message that may be empty, as the update of another may be. */
export function readDraft(said: SaidMessage): MessageDraft {
  const edit = readMessageEdit(said);
  const body = requireRecord(said.body);
  return {
    content: edit.content ?? '',
    embeds: edit.embeds ?? [],
    components: edit.components ?? [],
    attachments: edit.attachments ?? [],
    flags: edit.flags ?? 0,
    tts: body['tts'] === true,
    nonce: nonceOf(body),
    reference: isRecord(body['message_reference']) ? { type: 0, ...body['message_reference'] } : undefined,
  };
}

/** The fields that an edit mentions; those it leaves out are `undefined`. */
export function readMessageEdit({ body, files }: SaidMessage): MessageEdit {
  const record = requireRecord(body);
  return {
    content: readContent(record),
    embeds: readList(record, 'embeds', MOST_EMBEDS),
    components: readList(record, 'components'),
    flags: typeof record['flags'] === 'number' ? record['flags'] : undefined,
    attachments: files.length > 0 ? files.map(attachmentOf) : undefined,
  };
}

export function requireRecord(body: unknown): JsonRecord {
  if (isRecord(body)) return body;
  throw invalidField('_body', 'DICT_TYPE_CONVERT', 'Only dictionaries may be used in a DictType');
}

/** `null` takes the content away, as an empty string does. */
function readContent({ content }: JsonRecord): string | undefined {
  if (content === undefined) return undefined;
  if (content === null) return '';
  if (typeof content !== 'string')
    throw invalidField('content', 'STRING_TYPE_CONVERT', 'Could not interpret as string.');
  if (content.length <= LONGEST_CONTENT) return content;
  throw invalidField('content', 'BASE_TYPE_MAX_LENGTH', `Must be ${LONGEST_CONTENT} or fewer in length.`);
}

function readList(record: JsonRecord, name: string, most = Infinity): readonly JsonRecord[] | undefined {
  const list = record[name];
  if (list === undefined) return undefined;
  if (list === null) return [];
  if (!Array.isArray(list) || !list.every(isRecord)) {
    throw invalidField(name, 'LIST_TYPE_CONVERT', 'Only iterables of objects may be used.');
  }
  if (list.length <= most) return list;
  throw invalidField(name, 'BASE_TYPE_MAX_LENGTH', `Must be ${most} or fewer in length.`);
}

function nonceOf({ nonce }: JsonRecord): string | number | undefined {
  return typeof nonce === 'string' || typeof nonce === 'number' ? nonce : undefined;
}

function attachmentOf({ name, size }: UploadedFile, index: number): JsonRecord {
  const url = `attachment://${name}`;
  return { id: String(index + 1), filename: name, size, url, proxy_url: url };
}

function saysNothing({ content, embeds, components, attachments }: MessageDraft): boolean {
  return content === '' && embeds.length + components.length + attachments.length === 0;
}

/** Things that are a message by themselves, and are not kept here. */
function hasOther(body: JsonRecord): boolean {
  const { sticker_ids: stickers, poll } = body;
  return isRecord(poll) || (Array.isArray(stickers) && stickers.length > 0);
}
