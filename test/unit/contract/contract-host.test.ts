/**
 * Stubs on a host that only writes down what they ask of it: no link, no router, no other process.
 */
import { describe, expect, it } from 'vitest';
import { bindContract } from '../../../src/contract/bind-contract.js';
import { createBind } from '../../../src/contract/bind.js';
import { registerContractHost } from '../../../src/contract/contract-hosts.js';
import { defineContract } from '../../../src/contract/define-contract.js';
import type { ContractSpec } from '../../../src/contract/spec.js';
import type { EventStub, HandlerStub, ReducedStub } from '../../../src/contract/stubs.js';
import { ResultCollection } from '../../../src/ipc/client/result-collection.js';
import type { ContractHost } from '../../../src/ipc/contract-host.js';
import type { ValueSpec } from '../../../src/schema/value-spec.js';

const number: ValueSpec = {
  is: (value) => typeof value === 'number',
  pack: (value) => value,
  shape: { kind: 'number' },
};

const CONTRACT: ContractSpec = {
  name: 'sums',
  handlers: {
    double: { input: number, output: number, fingerprint: 'f1', timeoutMs: 50 },
    byGuild: { input: number, output: number, fingerprint: 'f2', target: { guild: 'guildId' } },
    onManager: { input: number, output: number, fingerprint: 'f3', target: 'manager' },
    total: { input: number, output: number, fingerprint: 'f4', reduce: { by: 'sum' } },
  },
  events: { changed: { data: number, fingerprint: 'f5', ackSettled: true } },
};

interface Stubs {
  readonly double: HandlerStub<(data?: unknown) => unknown>;
  readonly byGuild: HandlerStub<(data?: unknown) => unknown>;
  readonly total: ReducedStub<(data?: unknown) => unknown, unknown>;
  readonly changed: EventStub<unknown>;
  handle(handlers: { readonly [member: string]: () => unknown }): void;
}

/** A process of three clusters that answers every call with 7 on each cluster. */
function recordingHost(id = 1) {
  const log: unknown[][] = [];
  const handlers = new Set<string>();
  const host: ContractHost = {
    id,
    directory: {
      totalClusters: 3,
      owners: { ofGuild: () => 2, ofShard: () => 0 },
    },
    caller: {
      async call(target, { name, timeoutMs }, data) {
        log.push(['call', target, name, data, timeoutMs]);
        return 7;
      },
      async callAny({ name }, data) {
        log.push(['callAny', name, data]);
        return 7;
      },
      async callAll({ name }, data) {
        log.push(['callAll', name, data]);
        return new ResultCollection([0, 1, 2].map((clusterId) => ({ clusterId, status: 'ok', data: 7 })));
      },
    },
    channel: {
      broadcast: async (event, data) => void log.push(['broadcast', event, data]),
      emitTo: async (target, event, data) => void log.push(['emitTo', target, event, data]),
      async broadcastAndWait(event, data, { expected, timeoutMs, settled }) {
        log.push(['broadcastAndWait', event, data, { expected, timeoutMs, settled }]);
        return new Set([0]);
      },
      broadcastAndCollect: async () => ({ acked: [0], missing: [2] }),
    },
    events: {
      on: (event) => log.push(['on', event]),
      once: (event) => log.push(['once', event]),
      off: (event) => log.push(['off', event]),
    },
    handle: (name) => void handlers.add(name),
    hasHandler: (name) => handlers.has(name),
    removeHandler: (name) => handlers.delete(name),
    useEventCodec: (event, { fingerprint }) => void log.push(['useEventCodec', event, fingerprint]),
  };
  return { host, log, handlers, stubs: bindContract(CONTRACT, host) as Stubs };
}

describe('a handler stub', () => {
  it('calls any cluster, under its wire name', async () => {
    const { stubs, log } = recordingHost();

    await expect(stubs.double.request(3)).resolves.toBe(7);

    expect(log).toEqual([['callAny', 'sums.double', 3]]);
  });

  it('calls the process that the contract or the caller names', async () => {
    const { stubs, log } = recordingHost();

    await stubs.byGuild.request({ guildId: '1' });
    await stubs.double.requestTo(0, 3);

    expect(log).toEqual([
      ['call', 2, 'sums.byGuild', { guildId: '1' }, 30_000],
      ['call', 0, 'sums.double', 3, 50],
    ]);
  });

  it('never calls any other cluster for an id that is missing', async () => {
    const { stubs, log } = recordingHost();

    await stubs.double.requestTo(undefined as unknown as number, 3);

    expect(log).toEqual([['call', undefined, 'sums.double', 3, 50]]);
  });

  it('reduces what all clusters returned, where the contract declares it', async () => {
    const { stubs } = recordingHost();

    await expect(stubs.total.reduce()).resolves.toBe(21);
    expect(stubs.double).not.toHaveProperty('reduce');
  });
});

describe('an event stub', () => {
  it('brings its codec before its listener', () => {
    const { stubs, log } = recordingHost();

    stubs.changed.on(() => {});
    stubs.changed.once(() => {});

    expect(log).toEqual([
      ['useEventCodec', 'sums.changed', 'f5'],
      ['on', 'sums.changed'],
      ['useEventCodec', 'sums.changed', 'f5'],
      ['once', 'sums.changed'],
    ]);
  });

  it.each([
    ['a cluster', 1, 2],
    ['the manager', -1, 3],
  ])('expects every other cluster when it waits on %s', async (_where, id, expected) => {
    const { stubs, log } = recordingHost(id);

    await expect(stubs.changed.broadcastAndWait(1)).resolves.toBe(1);

    expect(log).toEqual([
      ['broadcastAndWait', 'sums.changed', 1, { expected, timeoutMs: 10_000, settled: true }],
    ]);
  });
});

it('registers the handlers of this process and no others', () => {
  const cluster = recordingHost();
  const manager = recordingHost(-1);

  cluster.stubs.handle({ double: () => 1, byGuild: () => 1, total: () => 1 });
  manager.stubs.handle({ onManager: () => 1 });

  expect([...cluster.handlers]).toEqual(['sums.double', 'sums.byGuild', 'sums.total']);
  expect([...manager.handlers]).toEqual(['sums.onManager']);
});

it('gives every object of one host the same stubs', () => {
  const { host } = recordingHost();
  const [cluster, client] = [{}, {}];
  registerContractHost(cluster, host);
  registerContractHost(client, host);
  const bind = createBind({ sums: defineContract<Stubs>(CONTRACT) });

  expect(bind(client)).toBe(bind(cluster));
  expect(() => bind({})).toThrow(TypeError);
});
