/**
 * `npm start` as a newcomer sees it: the demo runs alone, and its exit code is the verdict on every answer.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { runNode } from './setup/run-process.js';
import type { ProcessEnd } from './setup/run-process.js';

describe('the demo', () => {
  let demo: ProcessEnd;

  beforeAll(async () => {
    demo = await runNode(['build/examples/bot/demo.js'], { timeoutMs: 30_000 });
  });

  it('ends with exit code 0 within 30 seconds, and has nothing to complain of', () => {
    expect(demo.code, demo.stdout).toBe(0);
    expect(demo.stderr).toBe('');
    expect(demo.stdout).toMatch(/^Every answer was right/m);
    expect(demo.stdout).not.toContain('WRONG');
  });

  it('brings three clusters up', () => {
    const comingUp = demo.stdout.slice(0, demo.stdout.indexOf('slash commands'));
    const ready = [...comingUp.matchAll(/^ +cluster (\d) +ready/gm)].map(([, id]) => Number(id));

    expect(ready.toSorted((a, b) => a - b)).toEqual([0, 1, 2]);
  });

  it.each(['/stats', '/guild id:\\d+', '/top', '/maintenance', 'ops.mayFail'])(
    'marks %s as answered rightly',
    (asked) => {
      expect(demo.stdout).toMatch(new RegExp(`^ +ok +${asked}.* ms `, 'm'));
    },
  );

  it('shows a payload that is refused', () => {
    expect(demo.stdout).toMatch(/^ +ok +.* INVALID_PAYLOAD: .*guildId/m);
  });

  it('shows calls to a killed cluster ending at once, and the cluster coming back', () => {
    expect(demo.stdout).toMatch(/^ +ok +.* CLUSTER_DIED, CLUSTER_DIED, CLUSTER_DIED$/m);
    expect(demo.stdout).toMatch(/^ +ok +.*, asked before .* answered by cluster 2/m);
    expect(demo.stdout).toMatch(/^ +ok +.*, again .* answered by cluster 2/m);
  });
});
