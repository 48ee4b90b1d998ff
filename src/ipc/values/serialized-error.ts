/**
 * Serialized errors: the form in which a thrown value travels from a handler to its caller.
 *
 * Whatever a handler throws, its caller gets a usable error: nothing here may throw, and nothing may grow
 * without bound. So every property is read behind a guard (getters can throw), cycles become the placeholder
 * `[circular]`, and depth and size are limited.
 */
import { RemoteError } from '../../errors.js';
import { isTooLarge } from '../../wire/body.js';

/** A thrown value as JSON: an error, or anything else. */
type SerializedError =
  | {
      readonly at: 'error';
      readonly name: string;
      readonly message: string;
      readonly stack?: string;
      /** Own enumerable properties that JSON can carry, `code` included. */
      readonly own?: { readonly [key: string]: unknown };
      readonly cause?: SerializedError;
      readonly errors?: readonly SerializedError[];
      /** The error as the contract declares it, for callers that have the contract. */
      readonly typed?: DeclaredError;
    }
  | { readonly at: 'value'; readonly type: string; readonly value?: unknown; readonly text: string };

/** An error that a contract declares: its name in the contract, and its encoded data. */
export interface DeclaredError {
  readonly name: string;
  readonly text: string | undefined;
}

/** Encodes and decodes the errors that a contract declares for one handler. Where either throws, the error is untyped. */
export interface ErrorCodec {
  encode(thrown: unknown): DeclaredError | undefined;
  decode(declared: DeclaredError, remote: RemoteError): Error | undefined;
}

const MAX_DEPTH = 8;
const MAX_ERRORS = 32;
const MAX_TEXT = 16_384;
const MAX_OWN_TEXT = 65_536;

/** Characters kept of each text when an error is too large: a link must not end because of an error. */
const MAX_SUMMARY_TEXT = 2048;

/** Returns a thrown value as JSON, of at most `maxBytes`. Never throws. */
export function serializeError(thrown: unknown, maxBytes: number, codec?: ErrorCodec): string {
  const serialized = toSerialized(thrown, { above: new Set(), left: MAX_ERRORS });
  const typed = codec && guarded(() => codec.encode(thrown));
  const text = JSON.stringify(typed === undefined ? serialized : { ...serialized, typed });
  return isTooLarge(text, maxBytes) ? JSON.stringify(summaryOf(serialized)) : text;
}

/** Returns a thrown value as text for a log: its stack, where it has one. Never throws. */
export function describeThrown(thrown: unknown): string {
  const stack = isError(thrown) ? read(thrown, 'stack') : undefined;
  return typeof stack === 'string' ? stack : textOf(thrown, NOT_DISPLAYABLE);
}

/** The process and the handler that threw. */
export interface ErrorSource {
  readonly clusterId: number;
  readonly handler: string;
}

/** Returns the error for the caller. Never throws: text that is no serialized error becomes an error that says so. */
export function deserializeError(text: string | undefined, source: ErrorSource): RemoteError;
export function deserializeError(
  text: string | undefined,
  source: ErrorSource,
  codec: ErrorCodec | undefined,
): Error;
export function deserializeError(text: string | undefined, source: ErrorSource, codec?: ErrorCodec): Error {
  try {
    const serialized = JSON.parse(text ?? '') as SerializedError;
    const remote = toError(serialized, source);
    const typed = serialized.at === 'error' ? serialized.typed : undefined;
    if (typed === undefined || codec === undefined) return remote;
    return guarded(() => codec.decode(typed, remote)) ?? remote;
  } catch {
    return toError({ at: 'error', name: 'Error', message: 'The error could not be decoded' }, source);
  }
}

/** The state of a walk through an error's causes: the errors above the current one, and how many more may be visited. */
interface Walk {
  readonly above: Set<unknown>;
  left: number;
}

function toSerialized(thrown: unknown, walk: Walk): SerializedError {
  const { above } = walk;
  if (!isError(thrown)) return serializeValue(thrown);
  if (above.has(thrown)) return placeholder('[circular]');
  if (above.size >= MAX_DEPTH || walk.left-- <= 0) return placeholder('[truncated]');

  above.add(thrown);
  const stack = read(thrown, 'stack');
  const errors = errorsOf(thrown);
  const serialized: SerializedError = {
    at: 'error',
    name: textOf(read(thrown, 'name'), 'Error'),
    message: textOf(read(thrown, 'message'), ''),
    ...(typeof stack === 'string' && { stack: shorten(stack) }),
    ...ownProperties(thrown),
    ...(has(thrown, 'cause') && { cause: toSerialized(read(thrown, 'cause'), walk) }),
    ...(errors && { errors: errors.map((error) => toSerialized(error, walk)) }),
  };
  above.delete(thrown);
  return serialized;
}

function placeholder(text: string): SerializedError {
  return { at: 'value', type: 'string', value: text, text };
}

/** The beginning of name and message, which fits every limit. */
function summaryOf(serialized: SerializedError): SerializedError {
  const { name, text } =
    serialized.at === 'error'
      ? { name: serialized.name, text: serialized.message }
      : { name: 'Error', text: serialized.text };
  return { at: 'error', name: name.slice(0, MAX_SUMMARY_TEXT), message: text.slice(0, MAX_SUMMARY_TEXT) };
}

/** The members of an `AggregateError`, or of anything that looks like one. */
function errorsOf(error: object): unknown[] | undefined {
  return guarded(() => {
    const errors = read(error, 'errors');
    return Array.isArray(errors) ? Array.from(errors.slice(0, MAX_ERRORS)) : undefined;
  });
}

const NOT_DISPLAYABLE = 'a value that cannot be displayed';

function serializeValue(thrown: unknown): SerializedError {
  const text = textOf(thrown, NOT_DISPLAYABLE);
  // JSON writes NaN and infinities as `null`, which is another value.
  const value = typeof thrown === 'number' && !Number.isFinite(thrown) ? undefined : asJson(thrown);
  return {
    at: 'value',
    type: typeof thrown,
    text,
    ...(value !== undefined && { value: JSON.parse(value) as unknown }),
  };
}

const ownFields = new Set(['name', 'message', 'stack', 'cause', 'clusterId', 'handler', 'thrown']);

function ownProperties(error: object): { own?: { [key: string]: unknown } } {
  const own: { [key: string]: unknown } = Object.create(null) as { [key: string]: unknown };
  let room = MAX_OWN_TEXT;
  for (const key of guarded(() => Object.keys(error)) ?? []) {
    if (ownFields.has(key) || (key === 'errors' && errorsOf(error) !== undefined)) continue;
    const text = asJson(read(error, key));
    if (text === undefined || key.length + text.length > room) continue;
    room -= key.length + text.length;
    own[key] = JSON.parse(text) as unknown;
  }
  // A DOMException's code is on its prototype, and so may be that of any other error.
  const code = read(error, 'code');
  if (!('code' in own) && (typeof code === 'string' || typeof code === 'number')) own['code'] = code;
  return Object.keys(own).length === 0 ? {} : { own };
}

function toError(serialized: SerializedError, source: ErrorSource): RemoteError {
  if (serialized.at === 'value') return valueError(serialized, source);
  const { name, message, stack, cause, errors } = serialized;
  const error = new RemoteError({ ...source, name, message, stack });
  for (const [key, value] of Object.entries(serialized.own ?? {})) {
    // What arrives is data, and an error whose `toString` is data could not be printed.
    if (key !== 'toString') define(error, key, value);
  }
  if (cause !== undefined) hide(error, 'cause', toCause(cause, source));
  const originals = errors?.map((each) => toCause(each, source));
  if (originals !== undefined) hide(error, 'errors', originals);
  return error;
}

type SerializedValue = SerializedError & { at: 'value' };

/** The message for a thrown value that is no error is its text: `throw 'no'` arrives as `Error: no`. */
function valueError(serialized: SerializedValue, source: ErrorSource): RemoteError {
  const error = new RemoteError({ ...source, name: 'Error', message: serialized.text, stack: undefined });
  define(error, 'thrown', thrownOf(serialized));
  return error;
}

/** The thrown value, which may be `null`. One that JSON cannot represent is its text. */
function thrownOf(serialized: SerializedValue): unknown {
  if ('value' in serialized) return serialized.value;
  return serialized.type === 'undefined' ? undefined : serialized.text;
}

/** A cause need not be an error: any other value stays what it was. */
function toCause(serialized: SerializedError, source: ErrorSource): unknown {
  return serialized.at === 'error' ? toError(serialized, source) : thrownOf(serialized);
}

function define(error: object, key: string, value: unknown): void {
  Object.defineProperty(error, key, { value, writable: true, configurable: true, enumerable: true });
}

function hide(error: object, key: string, value: unknown): void {
  Object.defineProperty(error, key, { value, writable: true, configurable: true, enumerable: false });
}

/** Whether the value is an error, of this realm or another, or a `DOMException`: `instanceof` alone would miss some. */
function isError(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  if (guarded(() => value instanceof Error) === true) return true;
  return guarded(() => Object.prototype.toString.call(value)) === '[object Error]';
}

function has(value: object, key: string): boolean {
  return guarded(() => key in value) === true;
}

function read(value: object, key: string): unknown {
  return guarded(() => (value as Record<string, unknown>)[key]);
}

function asJson(value: unknown): string | undefined {
  const text = guarded(() => JSON.stringify(value));
  return typeof text === 'string' && text.length <= MAX_OWN_TEXT ? text : undefined;
}

function textOf(value: unknown, otherwise: string): string {
  if (value === undefined && otherwise !== NOT_DISPLAYABLE) return otherwise;
  const text = guarded(
    () => (typeof value === 'object' && value !== null ? asJson(value) : undefined) ?? String(value),
  );
  return typeof text === 'string' ? shorten(text) : otherwise;
}

/** Cuts a text of user code to the length that may travel beside a payload. */
export function shorten(text: string, maxChars = MAX_TEXT): string {
  return text.length <= maxChars ? text : `${text.slice(0, maxChars)}… (${text.length} characters)`;
}

/** Returns what `action` returns, or `undefined` where it throws. */
function guarded<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
