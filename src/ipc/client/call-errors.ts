/**
 * Call errors: the sentences a caller reads when a call ends without its handler's word.
 *
 * They are made at the caller, who knows handler, target and time; over the wire go only the code and what
 * the other side alone knows.
 */
import { IPCError } from '../../errors.js';
import type { IPCErrorCode } from '../../errors.js';
import { ALL_CLUSTERS, ANY_CLUSTER, MANAGER_ID } from '../../wire/address.js';

/** What a sentence needs to know of a call. */
export interface CallFacts {
  readonly name: string;
  readonly target: number;
  readonly timeoutMs: number;
}

export function callError(call: CallFacts, code: IPCErrorCode, detail?: string, cause?: unknown): IPCError {
  const facts = {
    handler: call.name,
    clusterId: call.target >= MANAGER_ID ? call.target : undefined,
    timeoutMs: call.timeoutMs,
    cause,
  };
  if (code === 'NO_HANDLER') return new IPCError(code, `No handler registered for '${call.name}'`, facts);
  return new IPCError(code, `${describeCall(call)}: ${detail ?? reason(call, code)}`, facts);
}

/** `guilds.getGuildData -> cluster 3` */
export function describeCall({ name, target }: CallFacts): string {
  return `${name} -> ${describeTarget(target)}`;
}

function describeTarget(target: number): string {
  if (target === MANAGER_ID) return 'manager';
  if (target === ANY_CLUSTER) return 'any cluster';
  if (target === ALL_CLUSTERS) return 'all clusters';
  return `cluster ${target}`;
}

function reason({ timeoutMs, target }: CallFacts, code: IPCErrorCode): string {
  switch (code) {
    case 'TIMEOUT':
      return `no answer within ${timeoutMs} ms`;
    case 'CANCELLED':
      return `cancelled by the caller (it would have waited ${timeoutMs} ms)`;
    case 'CLUSTER_DIED':
      return `the process died before it answered (timeout ${timeoutMs} ms)`;
    case 'CLUSTER_UNAVAILABLE':
      return `not up (timeout ${timeoutMs} ms); the call never ran`;
    case 'CLUSTER_NOT_FOUND':
      return `there is no ${describeTarget(target)}`;
    case 'OVERLOADED':
      return `too much is waiting already (timeout ${timeoutMs} ms); the call never ran`;
    case 'SHUTTING_DOWN':
      return `the manager is shutting down; the call never ran`;
    case 'PAYLOAD_TOO_LARGE':
      return 'the payload is over the limit';
    default:
      return code;
  }
}
