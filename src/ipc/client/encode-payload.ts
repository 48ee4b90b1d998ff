/**
 * Payload encoding: a value on its way out, or the `IPCError` for a value that cannot be sent.
 *
 * The codec knows what is wrong with the value, the call knows its handler and target: the error names both.
 */
import type { Body } from '../../wire/body.js';
import { callError } from './call-errors.js';
import type { CallInfo } from './call-errors.js';
import { PayloadError } from '../values/payload-error.js';
import type { RowCodec, ValueCodec } from '../values/value-codec.js';

/** @throws IPCError `INVALID_PAYLOAD` or `UNSERIALIZABLE`. */
export function encodePayload(call: CallInfo, codec: ValueCodec | RowCodec, data: unknown): Body {
  try {
    return codec.encode(data, call.name);
  } catch (error) {
    if (error instanceof PayloadError) throw callError(call, error.code, error.message, error.cause);
    throw error;
  }
}
