/**
 * Checked codecs: a contract's places as the core sees them.
 *
 * What leaves is checked and stripped to what the contract names; what comes is checked before anyone sees it.
 */
import { PayloadProblem } from '../ipc/payload-problem.js';
import { readValue, toJson } from '../ipc/value-codec.js';
import type { ValueCodec } from '../ipc/value-codec.js';
import { explain, formatProblems } from './explain.js';
import type { ValueSpec } from './spec.js';

/** @param root - What the value is called in messages: `data` or `result`. */
export function checkedCodec(spec: ValueSpec, root: 'data' | 'result'): ValueCodec {
  return {
    encode(value) {
      if (!spec.is(value)) throw invalid(spec, value, root);
      return toJson(spec.pack(value), root);
    },
    decode(body) {
      const value = readValue(body, root);
      if (!spec.is(value)) throw invalid(spec, value, root);
      return value;
    },
  };
}

function invalid({ shape }: ValueSpec, value: unknown, root: string): PayloadProblem {
  return new PayloadProblem(
    'INVALID_PAYLOAD',
    `invalid ${root}: ${formatProblems(explain(shape, value), root)}`,
  );
}
