import { describe, expect, it } from 'vitest';
import { BOOT_VARIABLE, takeBoot } from '../../../src/wire/boot.js';

describe('takeBoot', () => {
  it('returns the facts once, so that a process started by this one is no cluster', () => {
    const env = { [BOOT_VARIABLE]: '{"fd":4,"id":0}', OTHER: 'stays' };

    const first = takeBoot(env);
    const second = takeBoot(env);

    expect([first, second]).toEqual([{ fd: 4, id: 0 }, undefined]);
    expect(env).toEqual({ OTHER: 'stays' });
  });
});
