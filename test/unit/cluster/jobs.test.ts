import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { SingletonJobs } from '../../../src/cluster/jobs.js';
import type { JobContext } from '../../../src/cluster/jobs.js';
import { deferred } from '../../../src/async/deferred.js';
import { turn } from '../../support/turns.js';

let said: string[];
let warnings: string[];
let works: SingletonJobs;

beforeEach(() => {
  said = [];
  warnings = [];
  works = new SingletonJobs(
    ({ name, offer, is, detail = '' }) => said.push(`${name} ${offer} ${is} ${detail}`.trim()),
    (message) => warnings.push(message),
  );
});

const run = { name: 'stats', offer: 1, do: 'run' } as const;
const stop = { name: 'stats', offer: 1, do: 'stop' } as const;

describe('work that a cluster offers', () => {
  it('begins when it is told to, once', () => {
    const work = vi.fn();
    works.add('stats', work);
    const before = work.mock.calls.length;

    works.take(run);
    works.take(run);

    expect([before, work.mock.calls.length, said]).toEqual([0, 1, ['stats 1 offered']]);
  });

  it('is told to stop by its signal, and says so when it has come to its end', async () => {
    const end = deferred();
    const signals: AbortSignal[] = [];
    const handle = works.add('stats', ({ signal }) => {
      signals.push(signal);
      return end.promise;
    });
    works.take(run);

    works.take(stop);
    await turn();
    const meanwhile = [signals[0]?.aborted, handle.isRunning, said.length];
    end.resolve();
    await turn();

    expect(meanwhile).toEqual([true, true, 1]);
    expect([handle.isRunning, said]).toEqual([false, ['stats 1 offered', 'stats 1 stopped']]);
  });

  it('that has returned is done until it is given to this cluster anew', async () => {
    const work = vi.fn();
    works.add('stats', work);
    works.take(run);
    await turn();

    works.take(run);
    works.take(stop);
    await turn();
    works.take(run);

    expect([work.mock.calls.length, said]).toEqual([2, ['stats 1 offered', 'stats 1 stopped']]);
  });

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new TypeError('no luck');
      },
    ],
    ['rejects', () => Promise.reject(new TypeError('no luck'))],
  ])('that %s is reported here and to the manager', async (_what, work) => {
    works.add('stats', work);

    works.take(run);
    await turn();

    expect(warnings).toEqual([expect.stringMatching(/^the work 'stats' failed: TypeError: no luck\n +at /)]);
    expect(said).toEqual(['stats 1 offered', 'stats 1 failed TypeError: no luck']);
  });

  it('that ends because its signal was passed on has not failed; what fails after the signal has', async () => {
    works.add('stats', ({ signal }) => sleep(60_000, undefined, { signal }));
    works.add('cron', async ({ signal }: JobContext) => {
      await sleep(60_000, undefined, { signal }).catch(() => {});
      throw new Error('while cleaning up');
    });
    works.take(run);
    works.take({ name: 'cron', offer: 2, do: 'run' });

    works.take(stop);
    works.take({ name: 'cron', offer: 2, do: 'stop' });
    await vi.waitFor(() => expect(said).toContain('cron 2 stopped'));

    expect(said).toContain('cron 2 failed Error: while cleaning up');
    expect(said).toContain('stats 1 stopped');
    expect(warnings).toHaveLength(1);
  });

  it('can be taken back: its name is free when it has ended', async () => {
    const end = deferred();
    const handle = works.add('stats', () => end.promise);
    works.take(run);

    const stopped = handle.stop();
    const again = (): unknown => works.add('stats', () => {});
    expect(again).toThrow("This cluster has work 'stats' already");
    works.take(stop);
    end.resolve();
    await Promise.all([stopped, handle.stop()]);

    expect(again).not.toThrow();
    expect(said).toEqual(['stats 1 offered', 'stats 1 withdrawn', 'stats 2 offered']);
  });

  it('does not begin on an order for an offer that was taken back', async () => {
    const work = vi.fn();
    await works.add('stats', work).stop();
    works.add('stats', work);

    works.take(run);
    works.take({ name: 'unheard of', offer: 1, do: 'run' });

    expect(work).not.toHaveBeenCalled();
  });

  it('is refused where it is none', () => {
    expect(() => works.add('stats', 5 as never)).toThrow('must be a function');
    expect(() => works.add(5 as never, () => {})).toThrow('named by a string');
    expect(() => works.add('x'.repeat(257), () => {})).toThrow('at most 256 characters');
    expect(said).toEqual([]);
  });
});
