/**
 * Reading answers: turns a frame that ends a call into a value or an error.
 *
 * Pure: which call waits for the answer is the concern of the pending calls.
 */
import type { IPCErrorCode } from '../../errors.js';
import { ALL_CLUSTERS } from '../../wire/address.js';
import type { Rejection } from '../../wire/rejection.js';
import type { ReadableBody } from '../../wire/body.js';
import { Kind } from '../../wire/frame.js';
import type { AnswerKind } from '../../wire/frame.js';
import { callError } from './call-errors.js';
import type { Call } from './call.js';
import { deserializeError } from '../values/serialized-error.js';
import { failed } from './settlement.js';
import type { Settlement } from './settlement.js';
import { codecFor } from '../values/value-codec.js';

/** An answer, not decoded yet. */
export interface Answer {
  readonly kind: AnswerKind;
  /** The process that answered. */
  readonly source: number;
  readonly body: ReadableBody;
  /** Whether the result is a row. */
  readonly isRow: boolean;
}

/** The contracts of other processes. */
export interface Fingerprints {
  fingerprintAt(name: string, clusterId: number): string | undefined;
}

/** Decodes an answer to `original`. */
export function readAnswer(original: Call, answer: Answer, others: Fingerprints): Settlement {
  const { kind, source, body } = answer;
  // An error in the results of `requestAll` names the cluster; any other names the target as the caller wrote it.
  const call: Call = original.target === ALL_CLUSTERS ? { ...original, target: source } : original;
  switch (kind) {
    case Kind.result:
      return readResult(call, answer, others);
    case Kind.error:
      return failed(
        deserializeError(textOf(body), { clusterId: source, handler: call.name }, call.spec.errors),
      );
    case Kind.rejected:
      return failed(readRejection(call, textOf(body)));
  }
}

function readResult(call: Call, { source, body, isRow }: Answer, others: Fingerprints): Settlement {
  try {
    return { ok: true, value: codecFor(call.spec.output, isRow).decode(body) };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const remoteFingerprint = others.fingerprintAt(call.name, source);
    return failed(payloadError(call, remoteFingerprint, detail, error));
  }
}

/** The error for a payload that was refused: `CONTRACT_MISMATCH` where the contracts of both sides differ. */
function payloadError(
  call: Call,
  remoteFingerprint: string | undefined,
  detail: string,
  cause?: unknown,
): unknown {
  if (!areDifferent(call.spec.fingerprint, remoteFingerprint))
    return callError(call, 'INVALID_PAYLOAD', detail, cause);
  const versions = `contract version here: ${call.spec.fingerprint}, there: ${remoteFingerprint}`;
  return callError(call, 'CONTRACT_MISMATCH', `${detail} (${versions})`, cause);
}

function readRejection(call: Call, text: string | undefined): unknown {
  try {
    const { code, detail, fingerprint } = JSON.parse(text ?? '') as Rejection;
    if (code === 'INVALID_PAYLOAD') return payloadError(call, fingerprint, detail ?? code);
    return callError(call, code as IPCErrorCode, detail);
  } catch (error) {
    return callError(call, 'PROTOCOL_ERROR', 'rejected, for a reason that could not be decoded', error);
  }
}

/** Whether both sides have a contract, and not the same one. */
function areDifferent(local: string | undefined, remote: string | undefined): boolean {
  return local !== undefined && remote !== undefined && local !== remote;
}

/** Errors and rejections are always text. */
function textOf(body: ReadableBody): string | undefined {
  return typeof body === 'string' ? body : undefined;
}
