/**
 * Faults: a thrown value while it travels.
 *
 * Whatever a handler throws, its caller gets a usable error: nothing here may throw, and nothing may grow
 * without bound. So every property is read behind a guard (getters can throw), cycles become the word
 * `[circular]`, and depth and size are limited.
 */
import { RemoteError } from '../../errors.js';
import { isTooLarge } from '../connection.js';

/** A thrown value as JSON: an error, or anything else. */
type Fault =
  | {
      readonly at: 'error';
      readonly name: string;
      readonly message: string;
      readonly stack?: string;
      /** Own enumerable properties that JSON can carry, `code` included. */
      readonly own?: { readonly [key: string]: unknown };
      readonly cause?: Fault;
      readonly errors?: readonly Fault[];
      /** What a contract says of this error, for callers that know the contract. */
      readonly typed?: TypedFault;
    }
  | { readonly at: 'value'; readonly type: string; readonly value?: unknown; readonly text: string };

/** An error that a contract declares: its name there and its data, encoded. */
export interface TypedFault {
  readonly name: string;
  readonly text: string | undefined;
}

/** Knows the errors that one handler's contract declares. Both may throw; the fault is then an untyped one. */
export interface FaultCodec {
  encode(thrown: unknown): TypedFault | undefined;
  decode(fault: TypedFault, remote: RemoteError): Error | undefined;
}

const MAX_DEPTH = 8;
const MAX_ERRORS = 32;
const MAX_TEXT = 16_384;
const MAX_OWN_TEXT = 65_536;

/** Of a fault that is too large, what always fits: a link must not end because of an error. */
const MAX_SUMMARY_TEXT = 2048;

/** Text for the wire. Never throws. */
export function encodeFault(thrown: unknown, maxBytes: number, codec?: FaultCodec): string {
  const fault = toFault(thrown, { above: new Set(), left: MAX_ERRORS });
  const typed = codec && guarded(() => codec.encode(thrown));
  const text = JSON.stringify(typed === undefined ? fault : { ...fault, typed });
  return isTooLarge(text, maxBytes) ? JSON.stringify(summaryOf(fault)) : text;
}

/** What a log says of a thrown value. Never throws. */
export function describeThrown(thrown: unknown): string {
  const stack = isError(thrown) ? read(thrown, 'stack') : undefined;
  return typeof stack === 'string' ? stack : textOf(thrown, NOT_TO_BE_SHOWN);
}

/** Where a fault comes from. */
export interface FaultSource {
  readonly clusterId: number;
  readonly handler: string;
}

/** The error for the caller. Never throws: text that is not a fault becomes an error that says so. */
export function decodeFault(text: string | undefined, source: FaultSource): RemoteError;
export function decodeFault(
  text: string | undefined,
  source: FaultSource,
  codec: FaultCodec | undefined,
): Error;
export function decodeFault(text: string | undefined, source: FaultSource, codec?: FaultCodec): Error {
  try {
    const fault = JSON.parse(text ?? '') as Fault;
    const remote = toError(fault, source);
    const typed = fault.at === 'error' ? fault.typed : undefined;
    if (typed === undefined || codec === undefined) return remote;
    return guarded(() => codec.decode(typed, remote)) ?? remote;
  } catch {
    return toError({ at: 'error', name: 'Error', message: 'An error that could not be read' }, source);
  }
}

/** Where the walk through an error's causes is: the errors it is inside of, and how many more it may meet. */
interface Walk {
  readonly above: Set<unknown>;
  left: number;
}

function toFault(thrown: unknown, walk: Walk): Fault {
  const { above } = walk;
  if (!isError(thrown)) return valueFault(thrown);
  if (above.has(thrown)) return wordFault('[circular]');
  if (above.size >= MAX_DEPTH || walk.left-- <= 0) return wordFault('[deeper]');

  above.add(thrown);
  const stack = read(thrown, 'stack');
  const errors = errorsOf(thrown);
  const fault: Fault = {
    at: 'error',
    name: textOf(read(thrown, 'name'), 'Error'),
    message: textOf(read(thrown, 'message'), ''),
    ...(typeof stack === 'string' && { stack: shorten(stack) }),
    ...ownProperties(thrown),
    ...(has(thrown, 'cause') && { cause: toFault(read(thrown, 'cause'), walk) }),
    ...(errors && { errors: errors.map((error) => toFault(error, walk)) }),
  };
  above.delete(thrown);
  return fault;
}

function wordFault(word: string): Fault {
  return { at: 'value', type: 'string', value: word, text: word };
}

function summaryOf(fault: Fault): Fault {
  const { name, text } =
    fault.at === 'error' ? { name: fault.name, text: fault.message } : { name: 'Error', text: fault.text };
  return { at: 'error', name: name.slice(0, MAX_SUMMARY_TEXT), message: text.slice(0, MAX_SUMMARY_TEXT) };
}

/** The members of an `AggregateError`, or of anything that looks like one. */
function errorsOf(error: object): unknown[] | undefined {
  return guarded(() => {
    const errors = read(error, 'errors');
    return Array.isArray(errors) ? Array.from(errors.slice(0, MAX_ERRORS)) : undefined;
  });
}

const NOT_TO_BE_SHOWN = 'something that cannot be shown';

function valueFault(thrown: unknown): Fault {
  const text = textOf(thrown, NOT_TO_BE_SHOWN);
  // JSON has a form for NaN and infinities, but it is another value.
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
  // A DOMException's code sits on the prototype, and so may anyone's.
  const code = read(error, 'code');
  if (!('code' in own) && (typeof code === 'string' || typeof code === 'number')) own['code'] = code;
  return Object.keys(own).length === 0 ? {} : { own };
}

function toError(fault: Fault, source: FaultSource): RemoteError {
  if (fault.at === 'value') return valueError(fault, source);
  const error = new RemoteError({ ...source, name: fault.name, message: fault.message, stack: fault.stack });
  for (const [key, value] of Object.entries(fault.own ?? {})) {
    // What comes is data, and with data in this place nobody could print the error.
    if (key !== 'toString') define(error, key, value);
  }
  if (fault.cause !== undefined) hide(error, 'cause', toCause(fault.cause, source));
  if (fault.errors !== undefined)
    hide(
      error,
      'errors',
      fault.errors.map((each) => toCause(each, source)),
    );
  return error;
}

/** A thrown value that was no error reads as itself: `throw 'no'` gives `Error: no`. */
function valueError(fault: Fault & { at: 'value' }, source: FaultSource): RemoteError {
  const error = new RemoteError({ ...source, name: 'Error', message: fault.text, stack: undefined });
  define(error, 'thrown', thrownOf(fault));
  return error;
}

/** `null` is a value too; what JSON has no form for is what it reads as. */
function thrownOf(fault: Fault & { at: 'value' }): unknown {
  if ('value' in fault) return fault.value;
  return fault.type === 'undefined' ? undefined : fault.text;
}

/** A cause need not be an error; one that was not stays what it was. */
function toCause(fault: Fault, source: FaultSource): unknown {
  return fault.at === 'error' ? toError(fault, source) : thrownOf(fault);
}

function define(error: object, key: string, value: unknown): void {
  Object.defineProperty(error, key, { value, writable: true, configurable: true, enumerable: true });
}

function hide(error: object, key: string, value: unknown): void {
  Object.defineProperty(error, key, { value, writable: true, configurable: true, enumerable: false });
}

/** Errors of other realms and `DOMException`s too; `instanceof` alone would miss them. */
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
  if (value === undefined && otherwise !== NOT_TO_BE_SHOWN) return otherwise;
  const text = guarded(
    () => (typeof value === 'object' && value !== null ? asJson(value) : undefined) ?? String(value),
  );
  return typeof text === 'string' ? shorten(text) : otherwise;
}

/** Of a text that others have made, what may travel beside a payload. */
export function shorten(text: string, most = MAX_TEXT): string {
  return text.length <= most ? text : `${text.slice(0, most)}… (${text.length} characters)`;
}

/** What a read gives, or `undefined` where it throws. */
function guarded<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
