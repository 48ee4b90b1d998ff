import { describe, expect, it } from 'vitest';
import { encodeControl } from '../../../src/wire/control/encode.js';
import { parseMessageToCluster } from '../../../src/wire/control/to-cluster.js';
import type { MessageToCluster } from '../../../src/wire/control/to-cluster.js';
import { Kind } from '../../../src/wire/frame.js';

describe('parseMessageToCluster', () => {
  it.each<MessageToCluster>([
    {
      kind: 'welcome',
      names: [
        [1, 'work'],
        [2, 'shop.stock', 'f1'],
      ],
      peers: [[0, 'ready']],
      layouts: [{ name: 'shop.stock', rowId: 2, versions: [['f1', []]] }],
    },
    {
      kind: 'names',
      names: [],
      layouts: [
        {
          name: 'a',
          rowId: 0,
          versions: [
            ['f1', [-1]],
            [null, [0, 1]],
          ],
        },
      ],
    },
    { kind: 'peer', peers: [[3, 'stopped']] },
    { kind: 'shutdown' },
    { kind: 'ping' },
    { kind: 'identifyGrant', shardId: 3 },
    { kind: 'handover', step: 'open', handled: ['event'], marginMs: 300 },
    { kind: 'handover', step: 'record' },
    { kind: 'jobOrder', name: 'stats', registrationId: 1, action: 'assign' },
  ])('gives back what was encoded: $kind', (message) => {
    const { kind, body } = encodeControl(message);

    expect(kind).toBe(Kind[message.kind]);
    expect(parseMessageToCluster(kind, body)).toEqual(message);
  });

  it.each([Kind.hello, Kind.ready, Kind.pong, Kind.request])(
    'refuses kind %i, which no manager sends',
    (kind) => {
      expect(() => parseMessageToCluster(kind, '{}')).toThrow('which no manager sends');
    },
  );

  it.each<[keyof typeof Kind, string | undefined]>([
    ['welcome', undefined],
    ['welcome', '{"names":'],
    ['names', '5'],
    ['names', '{"names":[["work",1]]}'],
    ['names', '{"names":[[1,"work",5]]}'],
    ['names', '{"layouts":[{"name":"a","rowId":0}]}'],
    ['names', '{"layouts":[{"name":"a","rowId":0,"versions":[["f"]]}]}'],
    ['peer', '{"peers":[[0,"asleep"]]}'],
    ['peer', '{"peers":[0]}'],
    ['identifyGrant', '{}'],
    ['handover', '{"step":"jump"}'],
    ['handover', '{"step":"open","handled":[5]}'],
    ['handover', '{"step":"open","marginMs":"soon"}'],
    ['jobOrder', '{"name":"stats","registrationId":1}'],
    ['jobOrder', '{"registrationId":1,"action":"assign"}'],
    ['jobOrder', '{"name":"stats","registrationId":-1,"action":"assign"}'],
  ])('refuses %s with %j', (kind, text) => {
    expect(() => parseMessageToCluster(Kind[kind], text)).toThrow();
  });
});
