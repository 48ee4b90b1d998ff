/**
 * Value codecs: how the values of one place (a handler's data, its result, an event's data) become text and
 * come back.
 *
 * The untyped API uses `jsonCodec`, which has exactly the semantics of `JSON.stringify`; a contract brings
 * codecs of its own that check as well.
 */
import { findCulprit } from './find-culprit.js';
import { PayloadProblem } from './payload-problem.js';

export interface ValueCodec {
  /** @throws PayloadProblem when the value cannot be sent. */
  encode(value: unknown): string | undefined;
  /** @throws PayloadProblem when the text is not such a value. */
  decode(text: string | undefined): unknown;
}

/** Exactly `JSON.stringify`'s semantics. `root` is what the value is called in messages. */
function jsonCodec(root: string): ValueCodec {
  return { encode: (value) => toJson(value, root), decode: (text) => fromJson(text, root) };
}

export const jsonData = jsonCodec('data');
export const jsonResult = jsonCodec('result');

/** JSON text; `undefined` stays `undefined` and travels as a frame without a body. */
export function toJson(value: unknown, root: string): string | undefined {
  if (value === undefined) return undefined;
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    throw new PayloadProblem(
      'UNSERIALIZABLE',
      findCulprit(value, root) ?? `${root}: ${reasonOf(error)}`,
      error,
    );
  }
  if (text !== undefined) return text;
  throw new PayloadProblem('UNSERIALIZABLE', findCulprit(value, root) ?? `${root}: JSON has no form for it`);
}

export function fromJson(text: string | undefined, root: string): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new PayloadProblem('INVALID_PAYLOAD', `${root} is not JSON: ${reasonOf(error)}`, error);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'its toJSON threw';
}
