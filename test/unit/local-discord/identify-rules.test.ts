import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type IdentifyRules,
  judgeIdentify,
} from '../../../src/testing/local-discord/gateway/identify-rules.js';

const rules: IdentifyRules = { token: 'secret', disallowedIntents: 1 << 15, guildsOn: () => 10 };
const good = { token: 'secret', intents: 513, shard: [1, 4] };

describe('judgeIdentify', () => {
  it('lets a good IDENTIFY in', () => {
    expect(judgeIdentify(good, rules)).toEqual({
      ok: true,
      identify: { shardId: 1, numShards: 4, intents: 513 },
    });
  });

  it('takes a bot that says nothing of shards for one shard of one', () => {
    const verdict = judgeIdentify({ ...good, shard: undefined }, rules);

    expect(verdict).toMatchObject({ ok: true, identify: { shardId: 0, numShards: 1 } });
  });

  it.each<[number, string, unknown]>([
    [4002, 'no object', 'tea'],
    [4004, 'another token', { ...good, token: 'other' }],
    [4004, 'no token', { ...good, token: undefined }],
    [4010, 'a shard beyond the count', { ...good, shard: [4, 4] }],
    [4010, 'a negative shard', { ...good, shard: [-1, 4] }],
    [4010, 'half a shard', { ...good, shard: [0] }],
    [4010, 'a shard in words', { ...good, shard: ['0', '1'] }],
    [4010, 'no shards at all', { ...good, shard: [0, 0] }],
    [4013, 'no intents', { ...good, intents: undefined }],
    [4013, 'negative intents', { ...good, intents: -1 }],
    [4013, 'intents that do not exist', { ...good, intents: 2 ** 30 }],
    [4014, 'an intent not switched on', { ...good, intents: 1 | (1 << 15) }],
  ])('closes with %i on %s', (code, _, data) => {
    expect(judgeIdentify(data, rules)).toMatchObject({ ok: false, code });
  });

  it('closes with 4011 when a shard would have more than 2 500 guilds', () => {
    expect(judgeIdentify(good, { ...rules, guildsOn: () => 2_501 })).toMatchObject({ ok: false, code: 4011 });
    expect(judgeIdentify(good, { ...rules, guildsOn: () => 2_500 })).toMatchObject({ ok: true });
  });

  it('never throws, whatever is in it', () => {
    const anything = fc.record({
      token: fc.constant('secret'),
      shard: fc.anything(),
      intents: fc.anything(),
    });
    fc.assert(fc.property(anything, (data) => void judgeIdentify(data, rules)));
  });
});
