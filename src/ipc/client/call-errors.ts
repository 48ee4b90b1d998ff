/**
 * Call errors: the messages of calls that end without their handler's result or error.
 *
 * The caller makes them, since it knows handler, target and timeout. Only the code and what the other side alone knows
 * travel over the wire.
 */
import { IPCError } from '../../errors.js';
import type { IPCErrorCode } from '../../errors.js';
import { ALL_CLUSTERS, ANY_CLUSTER, MANAGER_ID } from '../../wire/address.js';

/** What a message says about its call. */
export interface CallInfo {
  readonly name: string;
  readonly target: number;
  readonly timeoutMs: number;
}

/** @param detail - What happened, where the code alone does not say it. */
export function callError(call: CallInfo, code: IPCErrorCode, detail?: string, cause?: unknown): IPCError {
  const options = {
    handler: call.name,
    clusterId: call.target >= MANAGER_ID ? call.target : undefined,
    timeoutMs: call.timeoutMs,
    cause,
  };
  if (code === 'NO_HANDLER') return new IPCError(code, `No handler registered for '${call.name}'`, options);
  return new IPCError(code, `${describeCall(call)}: ${detail ?? defaultDetail(call, code)}`, options);
}

/** `guilds.getGuildData -> cluster 3` */
export function describeCall({ name, target }: CallInfo): string {
  return `${name} -> ${describeTarget(target)}`;
}

function describeTarget(target: number): string {
  if (target === MANAGER_ID) return 'manager';
  if (target === ANY_CLUSTER) return 'any cluster';
  if (target === ALL_CLUSTERS) return 'all clusters';
  return `cluster ${target}`;
}

function defaultDetail({ timeoutMs, target }: CallInfo, code: IPCErrorCode): string {
  switch (code) {
    case 'TIMEOUT':
      return `no answer within ${timeoutMs} ms`;
    case 'CANCELLED':
      return `cancelled by the caller (timeout ${timeoutMs} ms)`;
    case 'CLUSTER_DIED':
      return `the process died before it answered (timeout ${timeoutMs} ms)`;
    case 'CLUSTER_UNAVAILABLE':
      return `not up (timeout ${timeoutMs} ms); the call never ran`;
    case 'CLUSTER_NOT_FOUND':
      return `there is no ${describeTarget(target)}`;
    case 'OVERLOADED':
      return `too many calls or bytes are waiting (timeout ${timeoutMs} ms); the call never ran`;
    case 'SHUTTING_DOWN':
      return 'the manager is shutting down; the call never ran';
    case 'PAYLOAD_TOO_LARGE':
      return 'the payload exceeds the size limit';
    case 'PROTOCOL_ERROR':
      return 'the connection to the manager ended because of invalid data';
    default:
      return code;
  }
}
