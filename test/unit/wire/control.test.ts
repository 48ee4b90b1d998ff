import { describe, expect, it } from 'vitest';
import { parseIdentifyRequest, parseRegistration } from '../../../src/wire/control.js';

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
