/**
 * Checked codecs: a contract's places as the core sees them.
 *
 * What leaves is checked and stripped to what the contract names; what comes is turned back into the contract's terms
 * and checked before anyone sees it.
 */
import { PayloadProblem } from '../ipc/values/payload-problem.js';
import { readValue, toJson, toRow as toRowBody } from '../ipc/values/value-codec.js';
import type { LaidOutCodec, ValueCodec } from '../ipc/values/value-codec.js';
import type { Body } from '../wire/frame-writer.js';
import { explain, formatProblems } from '../schema/explain.js';
import type { ValueSpec } from '../schema/value-spec.js';

/** @param root - What the value is called in messages: `data` or `result`. */
export function checkedCodec(spec: ValueSpec, root: 'data' | 'result', fingerprint?: string): ValueCodec {
  const { toRow, fromRow } = spec;
  return {
    fingerprint,
    ...wayOf(spec, root, { pack: spec.pack, write: toJson, unpack: spec.unpack ?? asItCame }),
    ...(toRow !== undefined &&
      fromRow !== undefined && {
        laidOut: wayOf(spec, root, { pack: toRow, write: toRowBody, unpack: fromRow }),
      }),
  };
}

/** One way to write values and to read them back. */
interface Way {
  readonly pack: (value: unknown) => unknown;
  readonly write: (packed: unknown, root: string) => Body;
  readonly unpack: (value: unknown) => unknown;
}

function wayOf(spec: ValueSpec, root: 'data' | 'result', { pack, write, unpack }: Way): LaidOutCodec {
  return {
    encode(value) {
      let packed: unknown;
      // Checking and copying read the value, and its getters are the user's: they may throw.
      try {
        if (!spec.is(value)) throw invalid(spec, value, root);
        packed = pack(value);
      } catch (error) {
        throw unreadable(error, root);
      }
      return write(packed, root);
    },
    decode(body) {
      const value = unpacked(unpack, readValue(body, root), root);
      if (!spec.is(value)) throw invalid(spec, value, root);
      return value;
    },
  };
}

function asItCame(value: unknown): unknown {
  return value;
}

/** @throws PayloadProblem for what has another form than both sides agreed on. */
function unpacked(unpack: Way['unpack'], value: unknown, root: string): unknown {
  try {
    return unpack(value);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PayloadProblem('INVALID_PAYLOAD', `${root} cannot be read: ${reason}`, error);
  }
}

function unreadable(error: unknown, root: string): PayloadProblem {
  if (error instanceof PayloadProblem) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new PayloadProblem('UNSERIALIZABLE', `${root}: a member threw while it was read: ${reason}`, error);
}

function invalid({ shape }: ValueSpec, value: unknown, root: string): PayloadProblem {
  return new PayloadProblem(
    'INVALID_PAYLOAD',
    `invalid ${root}: ${formatProblems(explain(shape, value), root)}`,
  );
}
