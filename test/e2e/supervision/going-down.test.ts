/**
 * Going down: what a manager's process does about signals, and what becomes of its clusters when it cannot do anything.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { isAlive, until, untilDead } from '../../support/processes.js';
import { startHost } from './start-host.js';

describe.each(['SIGINT', 'SIGTERM'] as const)('%s', (signal) => {
  it('lets calls in flight end, runs the hooks, destroys the clients, and ends with exit code 0', async () => {
    const host = startHost({}, { CALL_MS: '300', HOOK_MS: '50' });
    await host.said('calling');

    process.kill(host.pid, signal);
    const end = await host.ended;

    expect(end).toEqual({ code: 0, signal: null });
    expect(host.lines).toContain('answer after 300 ms');
    const journal = host.journal();
    expect(journal.toSorted()).toEqual(
      ['destroy', 'hook', 'hook done'].flatMap((what) => [`${what} 0`, `${what} 1`]),
    );
    for (const id of [0, 1]) {
      const own = journal.filter((line) => line.endsWith(` ${id}`));
      expect(own).toEqual([`hook ${id}`, `hook done ${id}`, `destroy ${id}`]);
    }
    expect(host.lines.filter((line) => line.startsWith('death')).toSorted()).toEqual([
      'death 0 stopped 0',
      'death 1 stopped 0',
    ]);
    expect(host.pids().map(isAlive)).toEqual([false, false]);
  });
});

describe('a shutdown', () => {
  it('as a terminal asks for it, with a signal to every process, is the same', async () => {
    const host = startHost({}, { CALL_MS: '200' });
    await host.said('calling');

    for (const pid of [...host.pids(), host.pid]) process.kill(pid, 'SIGINT');

    expect(await host.ended).toEqual({ code: 0, signal: null });
    expect(host.lines).toContain('answer after 200 ms');
    expect(host.journal()).toContain('destroy 0');
  });

  it('does not wait longer for calls than it may', async () => {
    const host = startHost({ drainTimeout: 50 }, { CALL_MS: '20000' });
    await host.said('calling');

    process.kill(host.pid, 'SIGTERM');

    expect(await host.ended).toEqual({ code: 0, signal: null });
    expect(host.lines).toContain('refused CLUSTER_DIED');
  });

  it('ends a cluster that does not finish in time, with SIGTERM first', async () => {
    const host = startHost({ shutdownTimeout: 100 }, { HOOK_MS: '60000' });
    await host.said('ready');

    process.kill(host.pid, 'SIGTERM');

    expect(await host.ended).toEqual({ code: 0, signal: null });
    expect(host.journal()).not.toContain('hook done 0');
    expect(host.lines).toContain('death 0 stopped 143');
    expect(host.pids().map(isAlive)).toEqual([false, false]);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('is cut short by a second %s: exit code %i, and nobody is left', async (signal, code) => {
    const host = startHost({}, { HOOK_MS: '60000' });
    await host.said('ready');
    process.kill(host.pid, signal);
    await until(() => host.journal().includes('hook 0'), 'the hook', 10_000);

    // Programs that pass signals on make two of one; only a later one is a second one.
    await until(() => {
      if (isAlive(host.pid)) process.kill(host.pid, signal);
      return !isAlive(host.pid);
    }, 'the end of the manager');

    expect(await host.ended).toEqual({ code, signal: null });
    await untilDead(host.pids(), 1000);
  });
});

describe('a manager without clusters', () => {
  it('ends with exit code 1 when all have failed, whoever catches what spawn() says', async () => {
    const host = startHost({ respawn: false }, {}, 'throwing-bot.js');

    expect(await host.ended).toEqual({ code: 1, signal: null });
    expect(host.lines.filter((line) => line.startsWith('failed')).toSorted()).toEqual([
      'failed 0',
      'failed 1',
    ]);
  });
});

describe('a manager that is killed', () => {
  it.each([
    ['clusters that work', {}],
    ['a cluster that is stuck before it has begun', { STUCK: '1' }],
  ])('leaves no orphans: %s', async (_what, env: Record<string, string>) => {
    const host = startHost({}, env);
    await until(() => host.pids().length === 2, 'both processes', 10_000);
    if (env['STUCK'] === undefined) await host.said('ready');

    process.kill(host.pid, 'SIGKILL');

    await untilDead(host.pids(), 5000);
  });
});

describe('a manager that is suspended', () => {
  it('finds its clusters alive afterwards: it was not they who were silent', async () => {
    const host = startHost({ heartbeat: { interval: 50, timeout: 1000 } });
    await host.said('ready');

    process.kill(host.pid, 'SIGSTOP');
    // The time it is away is what this is about.
    await sleep(1500);
    process.kill(host.pid, 'SIGCONT');
    await sleep(300);
    process.kill(host.pid, 'SIGTERM');

    expect(await host.ended).toEqual({ code: 0, signal: null });
    expect(host.pids()).toHaveLength(2);
  });
});
