import { describe, expect, it } from 'vitest';
import { refuseSessionStarts } from '../../../src/discord/session-starts.js';

describe('refuseSessionStarts', () => {
  it('lets as many start as there are starts', () => {
    expect(refuseSessionStarts({ needed: 16, remaining: 16, resetAfterMs: 1 })).toBeUndefined();
  });

  it.each([
    [
      16,
      3,
      18_720_000,
      '16 shards need a session start each, but this bot has only 3 left; the limit resets in 5 h 12 min.',
    ],
    [1, 0, 59_000, '1 shard needs a session start, but this bot has none left; the limit resets in 1 min.'],
  ])(
    'reports what is needed, what is left and when the limit resets',
    (needed, remaining, resetAfterMs, sentence) => {
      expect(refuseSessionStarts({ needed, remaining, resetAfterMs })).toBe(sentence);
    },
  );
});
