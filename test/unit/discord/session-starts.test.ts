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
      '16 shards need a session start each, and Discord allows this bot 3 more; all are there again in 5 h 12 min.',
    ],
    [
      1,
      0,
      59_000,
      '1 shard needs a session start each, and Discord allows this bot 0 more; all are there again in 1 min.',
    ],
  ])(
    'says what is needed, what is left and when all are there again',
    (needed, remaining, resetAfterMs, sentence) => {
      expect(refuseSessionStarts({ needed, remaining, resetAfterMs })).toBe(sentence);
    },
  );
});
