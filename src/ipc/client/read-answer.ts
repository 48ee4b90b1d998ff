/**
 * Reading answers: how a frame that ends a call becomes a value or an error.
 *
 * Pure: who waits, and whether anyone still does, is the pending calls' affair.
 */
import type { IPCErrorCode } from '../../errors.js';
import { ALL_CLUSTERS } from '../../wire/address.js';
import type { Refusal } from '../../wire/control.js';
import type { ReadableBody } from '../../wire/body.js';
import { Kind } from '../../wire/frame.js';
import type { AnswerKind } from '../../wire/frame.js';
import { callError } from './call-errors.js';
import type { Call } from './call.js';
import { decodeFault } from '../values/fault.js';
import { failed } from './settlement.js';
import type { Settlement } from './settlement.js';
import { codecFor } from '../values/value-codec.js';

/** An answer, as it came. */
export interface Answer {
  readonly kind: AnswerKind;
  readonly source: number;
  readonly body: ReadableBody;
  /** The result is laid out by position. */
  readonly laidOut: boolean;
}

/** What is known of the contracts of others. */
export interface Fingerprints {
  fingerprintAt(name: string, clusterId: number): string | undefined;
}

/** What an answer means to the one who asked. */
export function readAnswer(asked: Call, answer: Answer, others: Fingerprints): Settlement {
  const { kind, source, body } = answer;
  // Entries of a `requestAll` name the cluster; otherwise the sentence reads as the call was written.
  const call: Call = asked.target === ALL_CLUSTERS ? { ...asked, target: source } : asked;
  switch (kind) {
    case Kind.result:
      return readResult(call, answer, others);
    case Kind.error:
      return failed(decodeFault(asText(body), { clusterId: source, handler: call.name }, call.spec.faults));
    case Kind.rejected:
      return failed(readRefusal(call, asText(body)));
  }
}

function readResult(call: Call, { source, body, laidOut }: Answer, others: Fingerprints): Settlement {
  try {
    return { ok: true, value: codecFor(call.spec.output, laidOut).decode(body) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const theirs = others.fingerprintAt(call.name, source);
    return failed(unfit(call, theirs, why, error));
  }
}

/** A payload that does not fit: by another contract, or by no fault of any contract. */
function unfit(call: Call, theirs: string | undefined, why: string, cause?: unknown): unknown {
  if (!differ(call.spec.fingerprint, theirs)) return callError(call, 'INVALID_PAYLOAD', why, cause);
  const versions = `the contract here is ${call.spec.fingerprint}, over there ${theirs}`;
  return callError(call, 'CONTRACT_MISMATCH', `${why} (${versions})`, cause);
}

function readRefusal(call: Call, text: string | undefined): unknown {
  try {
    const { code, detail, fingerprint } = JSON.parse(text ?? '') as Refusal;
    if (code === 'INVALID_PAYLOAD') return unfit(call, fingerprint, detail ?? code);
    return callError(call, code as IPCErrorCode, detail);
  } catch (error) {
    return callError(call, 'PROTOCOL_ERROR', 'was refused, in words that could not be read', error);
  }
}

/** Two contracts that are not the same; a side without one is no contradiction. */
function differ(here: string | undefined, there: string | undefined): boolean {
  return here !== undefined && there !== undefined && here !== there;
}

/** Faults and refusals are always text. */
function asText(body: ReadableBody): string | undefined {
  return typeof body === 'string' ? body : undefined;
}
