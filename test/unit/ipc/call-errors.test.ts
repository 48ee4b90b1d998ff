import { describe, expect, it } from 'vitest';
import type { IPCErrorCode } from '../../../src/errors.js';
import { callError } from '../../../src/ipc/client/call-errors.js';
import { ALL_CLUSTERS, ANY_CLUSTER, MANAGER_ID } from '../../../src/wire/address.js';

const call = { name: 'guilds.get', target: 3, timeoutMs: 5000 };

describe('callError', () => {
  it.each<[IPCErrorCode, string]>([
    ['TIMEOUT', 'guilds.get -> cluster 3: no answer within 5000 ms'],
    ['CANCELLED', 'guilds.get -> cluster 3: cancelled by the caller (timeout 5000 ms)'],
    ['CLUSTER_DIED', 'guilds.get -> cluster 3: the process died before it answered (timeout 5000 ms)'],
    ['CLUSTER_UNAVAILABLE', 'guilds.get -> cluster 3: not up (timeout 5000 ms); the call never ran'],
    ['CLUSTER_NOT_FOUND', 'guilds.get -> cluster 3: there is no cluster 3'],
    [
      'OVERLOADED',
      'guilds.get -> cluster 3: too many calls or bytes are waiting (timeout 5000 ms); the call never ran',
    ],
    ['SHUTTING_DOWN', 'guilds.get -> cluster 3: the manager is shutting down; the call never ran'],
    ['PAYLOAD_TOO_LARGE', 'guilds.get -> cluster 3: the payload exceeds the size limit'],
    [
      'PROTOCOL_ERROR',
      'guilds.get -> cluster 3: the connection to the manager ended because of invalid data',
    ],
    ['NO_HANDLER', "No handler registered for 'guilds.get'"],
  ])('says for %s: %s', (code, message) => {
    const error = callError(call, code);

    expect(error).toMatchObject({ code, message, handler: 'guilds.get', clusterId: 3, timeoutMs: 5000 });
    expect(String(error)).toBe(`Error: ${message}`);
  });

  it.each([
    [MANAGER_ID, 'manager', -1],
    [ANY_CLUSTER, 'any cluster', undefined],
    [ALL_CLUSTERS, 'all clusters', undefined],
    [0, 'cluster 0', 0],
  ])('calls target %d %s', (target, words, clusterId) => {
    const error = callError({ ...call, target }, 'TIMEOUT');

    expect(error.message).toContain(`-> ${words}:`);
    expect(error.clusterId).toBe(clusterId);
  });

  it('says what only the other side knows, and keeps the cause', () => {
    const cause = new Error('why');

    const error = callError(call, 'UNSERIALIZABLE', 'result.id is a bigint', cause);

    expect(error).toMatchObject({ message: 'guilds.get -> cluster 3: result.id is a bigint', cause });
  });

  it('has no cause where none was given', () => {
    expect('cause' in callError(call, 'TIMEOUT')).toBe(false);
  });
});
