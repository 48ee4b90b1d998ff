/**
 * Checked codecs: the value codecs of contracts.
 *
 * A value is checked before it is encoded, and stripped of members that the contract does not declare. What arrives is
 * converted to the contract's types and checked before a handler, caller or listener sees it.
 */
import { PayloadError } from '../ipc/values/payload-error.js';
import { readValue, toJson, toRowBody } from '../ipc/values/value-codec.js';
import type { RowCodec, ValueCodec } from '../ipc/values/value-codec.js';
import type { Body } from '../wire/body.js';
import { explain, formatProblems } from '../schema/explain.js';
import type { ValueSpec } from '../schema/value-spec.js';

/** @param root - The name of the value in messages. */
export function checkedCodec(spec: ValueSpec, root: 'data' | 'result', fingerprint?: string): ValueCodec {
  const { toRow, fromRow } = spec;
  return {
    fingerprint,
    ...checked(spec, root, { pack: spec.pack, write: toJson, unpack: spec.unpack ?? identity }),
    ...(toRow !== undefined &&
      fromRow !== undefined && {
        row: checked(spec, root, { pack: toRow, write: toRowBody, unpack: fromRow }),
      }),
  };
}

/** How values that fit are encoded, and decoded before they are checked. */
interface Format {
  readonly pack: (value: unknown) => unknown;
  readonly write: (packed: unknown, root: string) => Body;
  readonly unpack: (value: unknown) => unknown;
}

function checked(spec: ValueSpec, root: 'data' | 'result', { pack, write, unpack }: Format): RowCodec {
  return {
    encode(value) {
      let packed: unknown;
      // The check and the copy read the value, and getters of user code may throw.
      try {
        if (!spec.is(value)) throw misfitError(spec, value, root);
        packed = pack(value);
      } catch (error) {
        throw readError(error, root);
      }
      return write(packed, root);
    },
    decode(body) {
      const value = unpackChecked(unpack, readValue(body, root), root);
      if (!spec.is(value)) throw misfitError(spec, value, root);
      return value;
    },
  };
}

function identity(value: unknown): unknown {
  return value;
}

/** @throws PayloadError when the body has another form than sender and receiver have agreed on. */
function unpackChecked(unpack: Format['unpack'], value: unknown, root: string): unknown {
  try {
    return unpack(value);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PayloadError('INVALID_PAYLOAD', `${root} cannot be read: ${reason}`, error);
  }
}

function readError(error: unknown, root: string): PayloadError {
  if (error instanceof PayloadError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new PayloadError('UNSERIALIZABLE', `${root}: reading a member threw: ${reason}`, error);
}

function misfitError({ shape }: ValueSpec, value: unknown, root: string): PayloadError {
  return new PayloadError(
    'INVALID_PAYLOAD',
    `invalid ${root}: ${formatProblems(explain(shape, value), root)}`,
  );
}
