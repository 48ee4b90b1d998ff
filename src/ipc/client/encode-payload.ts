/**
 * Encoding payloads: a value on its way out, and the sentence for one that cannot go.
 *
 * The codec knows what is wrong with the value, the call knows what it was for; here the two meet.
 */
import type { Body } from '../../wire/frame-writer.js';
import { callError } from './call-errors.js';
import type { CallFacts } from './call-errors.js';
import { PayloadProblem } from '../values/payload-problem.js';
import type { LaidOutCodec, ValueCodec } from '../values/value-codec.js';

/** @throws IPCError `INVALID_PAYLOAD` or `UNSERIALIZABLE`. */
export function encodePayload(call: CallFacts, codec: ValueCodec | LaidOutCodec, data: unknown): Body {
  try {
    return codec.encode(data, call.name);
  } catch (error) {
    if (error instanceof PayloadProblem) throw callError(call, error.code, error.message, error.cause);
    throw error;
  }
}
