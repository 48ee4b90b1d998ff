/**
 * Value codecs: encode the values of one kind (a handler's data, its result, an event's data) as bodies and decode them.
 *
 * The untyped API uses JSON, with exactly the semantics of `JSON.stringify`, or V8's structured clone where the manager
 * is configured for it. Contracts have codecs of their own, which validate as well. A body names its own encoding, so
 * every process can decode what any other has encoded.
 */
import type { UntypedCodec } from '../../wire/boot.js';
import type { Body, ReadableBody } from '../../wire/body.js';
import { RowReader } from '../../wire/rows/row-reader.js';
import { RowBody } from '../../wire/rows/row-body.js';
import { findUnserializable } from './find-unserializable.js';
import { warnLossy } from './warn-lossy.js';
import { PayloadError } from './payload-error.js';

export interface ValueCodec {
  /**
   * @param name - The handler or event, for warnings.
   * @throws PayloadError when the value cannot be sent.
   */
  encode(value: unknown, name: string): Body;
  /** @throws PayloadError when the body is not such a value. */
  decode(body: ReadableBody): unknown;
  /** Encodes by position instead of by name, for processes whose contract has the same fingerprint. */
  readonly row?: RowCodec | undefined;
  /** Identifies the types of the contract that the codec belongs to. */
  readonly fingerprint?: string | undefined;
}

/** Encodes values as rows: by position, without the names of their members. */
export interface RowCodec {
  /** @throws PayloadError as `ValueCodec`. */
  encode(value: unknown): Body;
  /** @throws PayloadError as `ValueCodec`. */
  decode(body: ReadableBody): unknown;
}

/** Returns the codec for rows, or the one for keyed JSON. */
export function codecFor(codec: ValueCodec, isRow: boolean): ValueCodec | RowCodec {
  return isRow ? (codec.row ?? codec) : codec;
}

/** The codecs for the data and the results of the untyped API. */
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
      warnLossy(name, value, root);
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

/**
 * Returns JSON text. `undefined` stays `undefined` and travels as a frame without a body.
 *
 * @param root - The name of the value in messages.
 */
export function toJson(value: unknown, root: string): string | undefined {
  if (value === undefined) return undefined;
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    throw unserializable(value, root, error);
  }
  if (text !== undefined) return text;
  throw new PayloadError(
    'UNSERIALIZABLE',
    findUnserializable(value, root) ?? `${root} cannot be represented in JSON`,
  );
}

/** Returns the body for a value encoded by position: a row, or JSON where one value stands for the whole. */
export function toRowBody(value: unknown, root: string): Body {
  if (!Array.isArray(value)) return toJson(value, root);
  try {
    return new RowBody(value);
  } catch (error) {
    throw unserializable(value, root, error);
  }
}

function unserializable(value: unknown, root: string, error: unknown): PayloadError {
  return new PayloadError(
    'UNSERIALIZABLE',
    findUnserializable(value, root) ?? `${root}: ${reasonOf(error)}`,
    error,
  );
}

/**
 * Returns the value of any body.
 *
 * @param root - The name of the value in messages.
 * @throws PayloadError `INVALID_PAYLOAD` when the body cannot be read.
 */
export function readValue(body: ReadableBody, root: string): unknown {
  if (body === undefined) return undefined;
  try {
    if (typeof body === 'string') return JSON.parse(body) as unknown;
    if (body instanceof RowReader || body instanceof RowBody) return body.read();
    return v8().deserialize(body) as unknown;
  } catch (error) {
    throw new PayloadError('INVALID_PAYLOAD', `${root} cannot be read: ${reasonOf(error)}`, error);
  }
}

let loadedV8: typeof import('node:v8') | undefined;

/** Loaded on first use: most bots send JSON, and the module with its dependencies costs a process a megabyte. */
function v8(): typeof import('node:v8') {
  return (loadedV8 ??= process.getBuiltinModule('node:v8'));
}

function toClone(value: unknown, root: string): Uint8Array {
  try {
    return v8().serialize(value);
  } catch (error) {
    throw new PayloadError('UNSERIALIZABLE', `${root}: ${reasonOf(error)}`, error);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'reading it threw';
}
