import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { SingletonJobs } from '../../../src/cluster/jobs.js';
import type { JobContext } from '../../../src/cluster/jobs.js';
import { deferred } from '../../../src/async/deferred.js';
import { turn } from '../../support/turns.js';

let said: string[];
let warnings: string[];
let jobs: SingletonJobs;

beforeEach(() => {
  said = [];
  warnings = [];
  jobs = new SingletonJobs(
    ({ name, registrationId: offer, status: is, detail = '' }) =>
      said.push(`${name} ${offer} ${is} ${detail}`.trim()),
    (message) => warnings.push(message),
  );
});

const run = { name: 'stats', registrationId: 1, action: 'assign' } as const;
const stop = { name: 'stats', registrationId: 1, action: 'revoke' } as const;

describe('a singleton job', () => {
  it('starts when it is assigned, once', () => {
    const work = vi.fn();
    jobs.add('stats', work);
    const before = work.mock.calls.length;

    jobs.onOrder(run);
    jobs.onOrder(run);

    expect([before, work.mock.calls.length, said]).toEqual([0, 1, ['stats 1 registered']]);
  });

  it('is aborted by its signal when it is revoked, and reported when it has ended', async () => {
    const end = deferred();
    const signals: AbortSignal[] = [];
    const handle = jobs.add('stats', ({ signal }) => {
      signals.push(signal);
      return end.promise;
    });
    jobs.onOrder(run);

    jobs.onOrder(stop);
    await turn();
    const meanwhile = [signals[0]?.aborted, handle.isRunning, said.length];
    end.resolve();
    await turn();

    expect(meanwhile).toEqual([true, true, 1]);
    expect([handle.isRunning, said]).toEqual([false, ['stats 1 registered', 'stats 1 stopped']]);
  });

  it('that has returned is done until it is assigned to this cluster again', async () => {
    const work = vi.fn();
    jobs.add('stats', work);
    jobs.onOrder(run);
    await turn();

    jobs.onOrder(run);
    jobs.onOrder(stop);
    await turn();
    jobs.onOrder(run);

    expect([work.mock.calls.length, said]).toEqual([2, ['stats 1 registered', 'stats 1 stopped']]);
  });

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new TypeError('no luck');
      },
    ],
    ['rejects', () => Promise.reject(new TypeError('no luck'))],
  ])('that %s is reported by a warning and to the manager', async (_what, work) => {
    jobs.add('stats', work);

    jobs.onOrder(run);
    await turn();

    expect(warnings).toEqual([expect.stringMatching(/^the job 'stats' failed: TypeError: no luck\n +at /)]);
    expect(said).toEqual(['stats 1 registered', 'stats 1 failed TypeError: no luck']);
  });

  it('has not failed when it ends because its signal was passed on; it has when it fails after the signal', async () => {
    jobs.add('stats', ({ signal }) => sleep(60_000, undefined, { signal }));
    jobs.add('cron', async ({ signal }: JobContext) => {
      await sleep(60_000, undefined, { signal }).catch(() => {});
      throw new Error('while cleaning up');
    });
    jobs.onOrder(run);
    jobs.onOrder({ name: 'cron', registrationId: 2, action: 'assign' });

    jobs.onOrder(stop);
    jobs.onOrder({ name: 'cron', registrationId: 2, action: 'revoke' });
    await vi.waitFor(() => expect(said).toContain('cron 2 stopped'));

    expect(said).toContain('cron 2 failed Error: while cleaning up');
    expect(said).toContain('stats 1 stopped');
    expect(warnings).toHaveLength(1);
  });

  it('can be withdrawn: its name is free when it has ended', async () => {
    const end = deferred();
    const handle = jobs.add('stats', () => end.promise);
    jobs.onOrder(run);

    const stopped = handle.stop();
    const again = (): unknown => jobs.add('stats', () => {});
    expect(again).toThrow("This cluster already has a job 'stats'");
    jobs.onOrder(stop);
    end.resolve();
    await Promise.all([stopped, handle.stop()]);

    expect(again).not.toThrow();
    expect(said).toEqual(['stats 1 registered', 'stats 1 withdrawn', 'stats 2 registered']);
  });

  it('ignores an order for a registration that was withdrawn', async () => {
    const work = vi.fn();
    await jobs.add('stats', work).stop();
    jobs.add('stats', work);

    jobs.onOrder(run);
    jobs.onOrder({ name: 'unknown', registrationId: 1, action: 'assign' });

    expect(work).not.toHaveBeenCalled();
  });

  it('is rejected if it is not a named function', () => {
    expect(() => jobs.add('stats', 5 as never)).toThrow('must be a function');
    expect(() => jobs.add(5 as never, () => {})).toThrow('must be a string');
    expect(() => jobs.add('x'.repeat(257), () => {})).toThrow('at most 256 characters');
    expect(said).toEqual([]);
  });
});
