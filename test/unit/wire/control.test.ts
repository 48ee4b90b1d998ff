import { describe, expect, it } from 'vitest';
import { parseIdentifyRequest, parsePong, parseRegistration } from '../../../src/wire/control.js';

describe('parseRegistration', () => {
  it('reads names and drops everything else', () => {
    const text = '{"handlers":["__proto__",""],"events":["e"],"admin":true}';

    expect(parseRegistration(text)).toEqual({ handlers: ['__proto__', ''], events: ['e'] });
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
    '{"handlers":[',
  ])('refuses %j', (text) => {
    expect(() => parseRegistration(text)).toThrow();
  });
});

describe('parseIdentifyRequest', () => {
  it('reads a shard and what Discord allows at once', () => {
    expect(parseIdentifyRequest('{"shardId":0,"maxConcurrency":16}')).toEqual({
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
  ])('refuses %j', (text) => {
    expect(() => parseIdentifyRequest(text)).toThrow();
  });
});

describe('parsePulse', () => {
  const pulse = { meanLagMs: 0.5, maxLagMs: 2, rss: 1e8, heapUsed: 1e7, servedCalls: 3 };

  it('reads how a process is, with its guilds where it has any', () => {
    expect(parsePong(JSON.stringify(pulse))).toEqual(pulse);
    expect(parsePong(JSON.stringify({ ...pulse, guilds: 0 }))).toEqual({ ...pulse, guilds: 0 });
  });

  it('does without guilds that are no number of things', () => {
    for (const guilds of [-1, 1.5, '7', null])
      expect(parsePong(JSON.stringify({ ...pulse, guilds }))).toEqual(pulse);
  });
});
