import { describe, expect, it } from 'vitest';
import { encodeControl } from '../../../src/wire/control/encode.js';
import { parseMessageToManager } from '../../../src/wire/control/to-manager.js';
import type { MessageToManager } from '../../../src/wire/control/to-manager.js';
import { Kind } from '../../../src/wire/frame.js';

const pong = { meanLagMs: 0.5, maxLagMs: 2, rss: 1e8, heapUsed: 1e7, servedCalls: 3 };

describe('parseMessageToManager', () => {
  it.each<MessageToManager>([
    {
      kind: 'hello',
      handlers: ['a'],
      events: [],
      fingerprints: { a: 'f' },
      protocol: { major: 1, minor: 0 },
    },
    { kind: 'register', handlers: [], events: ['b'] },
    { kind: 'unregister', handlers: ['a'], events: [] },
    { kind: 'ready' },
    { kind: 'identify', shardId: 0, maxConcurrency: 1, remaining: 999, resetAfterMs: 5 },
    { kind: 'identifyCancel', shardId: 0, maxConcurrency: 1 },
    { kind: 'identified', shardId: 0, maxConcurrency: 1 },
    { kind: 'job', name: 'stats', registrationId: 1, status: 'failed', detail: 'Error: no' },
    { kind: 'crashReport', reason: 'uncaught-exception', detail: 'Error: no' },
    { kind: 'loginRejected', code: 4004, shardId: 3 },
    { kind: 'pong', ...pong, guilds: 5 },
    { kind: 'replaceMe' },
    { kind: 'handoverDone', step: 'quiet', at: 5, handled: ['event'] },
  ])('gives back what was encoded: $kind', (message) => {
    const { kind, body } = encodeControl(message);

    expect(kind).toBe(Kind[message.kind]);
    expect(parseMessageToManager(kind, body)).toEqual(message);
  });

  it.each([Kind.welcome, Kind.shutdown, Kind.identifyGrant, Kind.request])(
    'refuses kind %i, which no cluster sends',
    (kind) => {
      expect(() => parseMessageToManager(kind, '{}')).toThrow('which no cluster sends');
    },
  );
});

describe('a registration', () => {
  const parse = (text: string | undefined): unknown => parseMessageToManager(Kind.register, text);

  it('has its names, and nothing else', () => {
    const text = '{"handlers":["__proto__",""],"events":["e"],"admin":true}';

    expect(parse(text)).toEqual({ kind: 'register', handlers: ['__proto__', ''], events: ['e'] });
  });

  it.each([
    undefined,
    '',
    'null',
    '5',
    '[]',
    '{}',
    '{"handlers":[]}',
    '{"events":[]}',
    '{"handlers":"a","events":[]}',
    '{"handlers":[1],"events":[]}',
    '{"handlers":[],"events":[null]}',
    '{"handlers":[],"events":[],"fingerprints":{"a":1}}',
    '{"handlers":[',
  ])('is not %j', (text) => {
    expect(() => parse(text)).toThrow();
  });
});

describe('an identify request', () => {
  const parse = (text: string | undefined): unknown => parseMessageToManager(Kind.identify, text);

  it('has a shard and how many Discord allows at once', () => {
    expect(parse('{"shardId":0,"maxConcurrency":16}')).toEqual({
      kind: 'identify',
      shardId: 0,
      maxConcurrency: 16,
    });
  });

  it.each([
    undefined,
    'null',
    '{}',
    '{"shardId":1}',
    '{"shardId":-1,"maxConcurrency":1}',
    '{"shardId":1.5,"maxConcurrency":1}',
    '{"shardId":"1","maxConcurrency":1}',
    '{"shardId":1,"maxConcurrency":1e999}',
  ])('is not %j', (text) => {
    expect(() => parse(text)).toThrow();
  });
});

describe('a pong', () => {
  const parse = (body: object): unknown => parseMessageToManager(Kind.pong, JSON.stringify(body));

  it('says how a process is, with its guilds where it has any', () => {
    expect(parse(pong)).toEqual({ kind: 'pong', ...pong });
    expect(parse({ ...pong, guilds: 0 })).toEqual({ kind: 'pong', ...pong, guilds: 0 });
  });

  it('does without guilds that are not a count', () => {
    for (const guilds of [-1, 1.5, '7', null])
      expect(parse({ ...pong, guilds })).toEqual({ kind: 'pong', ...pong });
  });
});
