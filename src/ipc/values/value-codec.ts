/**
 * Value codecs: how the values of one place (a handler's data, its result, an event's data) become a body and
 * come back.
 *
 * The untyped API uses JSON, with exactly the semantics of `JSON.stringify`, or V8's structured clone where the
 * manager says so; a contract brings codecs of its own that check as well. A body says itself how it is to be
 * read, so every reader can read every writer.
 */
import type { UntypedCodec } from '../../wire/boot.js';
import type { ReadableBody } from '../../wire/body.js';
import type { Body } from '../../wire/frame-writer.js';
import { RowReader } from '../../wire/rows/row-reader.js';
import { RowBody } from '../../wire/rows/row-body.js';
import { findCulprit } from './find-unserializable.js';
import { watchLoss } from './warn-lossy.js';
import { PayloadProblem } from './payload-problem.js';

export interface ValueCodec {
  /**
   * @param name - The handler or event, for warnings.
   * @throws PayloadProblem when the value cannot be sent.
   */
  encode(value: unknown, name: string): Body;
  /** @throws PayloadProblem when the body is not such a value. */
  decode(body: ReadableBody): unknown;
  /** The same by position instead of by name: for those who have the contract of this very fingerprint. */
  readonly laidOut?: LaidOutCodec | undefined;
  /** Of the contract that brought it. */
  readonly fingerprint?: string | undefined;
}

/** What a contract brings beside its members' names. */
export interface LaidOutCodec {
  /** @throws PayloadProblem as `ValueCodec`. */
  encode(value: unknown): Body;
  /** @throws PayloadProblem as `ValueCodec`. */
  decode(body: ReadableBody): unknown;
}

/** The codec for bodies that are laid out by position, or for those that spell their members out. */
export function codecFor(codec: ValueCodec, laidOut: boolean): ValueCodec | LaidOutCodec {
  return laidOut ? (codec.laidOut ?? codec) : codec;
}

/** How data and results of one kind of API travel. `root` is what a value is called in messages. */
export interface CodecPair {
  readonly data: ValueCodec;
  readonly result: ValueCodec;
}

export const jsonCodecs: CodecPair = { data: jsonCodec('data'), result: jsonCodec('result') };
export const v8Codecs: CodecPair = { data: v8Codec('data'), result: v8Codec('result') };

export function untypedCodecs(codec: UntypedCodec): CodecPair {
  return codec === 'v8' ? v8Codecs : jsonCodecs;
}

function jsonCodec(root: string): ValueCodec {
  return {
    encode(value, name) {
      watchLoss(name, value, root);
      return toJson(value, root);
    },
    decode: (body) => readValue(body, root),
  };
}

function v8Codec(root: string): ValueCodec {
  return {
    encode: (value) => (value === undefined ? undefined : toClone(value, root)),
    decode: (body) => readValue(body, root),
  };
}

/** JSON text; `undefined` stays `undefined` and travels as a frame without a body. */
export function toJson(value: unknown, root: string): string | undefined {
  if (value === undefined) return undefined;
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    throw unserializable(value, root, error);
  }
  if (text !== undefined) return text;
  throw new PayloadProblem('UNSERIALIZABLE', findCulprit(value, root) ?? `${root}: JSON has no form for it`);
}

/** What was laid out by position: a row, or what else stands for the whole value. */
export function toRow(value: unknown, root: string): Body {
  if (!Array.isArray(value)) return toJson(value, root);
  try {
    return new RowBody(value);
  } catch (error) {
    throw unserializable(value, root, error);
  }
}

function unserializable(value: unknown, root: string, error: unknown): PayloadProblem {
  return new PayloadProblem(
    'UNSERIALIZABLE',
    findCulprit(value, root) ?? `${root}: ${reasonOf(error)}`,
    error,
  );
}

/** Whatever a body holds. @throws PayloadProblem `INVALID_PAYLOAD` when it cannot be read. */
export function readValue(body: ReadableBody, root: string): unknown {
  if (body === undefined) return undefined;
  try {
    if (typeof body === 'string') return JSON.parse(body) as unknown;
    if (body instanceof RowReader || body instanceof RowBody) return body.open();
    return v8().deserialize(body) as unknown;
  } catch (error) {
    throw new PayloadProblem('INVALID_PAYLOAD', `${root} cannot be read: ${reasonOf(error)}`, error);
  }
}

let loadedV8: typeof import('node:v8') | undefined;

/** Loaded on first use: most bots send JSON, and with all that it needs it costs a process a megabyte. */
function v8(): typeof import('node:v8') {
  return (loadedV8 ??= process.getBuiltinModule('node:v8'));
}

function toClone(value: unknown, root: string): Uint8Array {
  try {
    return v8().serialize(value);
  } catch (error) {
    throw new PayloadProblem('UNSERIALIZABLE', `${root}: ${reasonOf(error)}`, error);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'it threw while it was read';
}
