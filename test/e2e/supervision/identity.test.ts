/**
 * Identity: work that one cluster does for all is done by one process at a time, whatever becomes of the processes.
 */
import type { ClusterManager, ClusterManagerOptions, HandoverMode } from 'shardwire';
import { describe, expect, it } from 'vitest';
import { until } from '../../support/processes.js';
import { makeManager } from '../core/start-bot.js';

interface Word {
  readonly what: 'begin' | 'end' | 'death';
  readonly id: number;
  readonly pid: number;
}

interface WorkingBot {
  readonly manager: ClusterManager;
  /** What the work and the deaths of processes were, in the order in which the manager heard of them. */
  readonly words: Word[];
  /** Resolves when the work has begun so often. */
  readonly begun: (times: number) => Promise<void>;
}

async function startWorkingBot(options: ClusterManagerOptions = {}): Promise<WorkingBot> {
  const manager = makeManager('working-bot.js', {
    totalShards: 3,
    totalClusters: 3,
    drainTimeout: 5000,
    ...options,
  });
  const words: Word[] = [];
  manager.events.on('work', (word) => words.push(word as Word));
  manager.on('clusterDeath', ({ id }, { pid = 0 }) => words.push({ what: 'death', id, pid }));
  await manager.spawn();
  const begun = (times: number): Promise<void> =>
    until(
      () => words.filter(({ what }) => what === 'begin').length >= times,
      `beginning ${times} times`,
      10_000,
    );
  await begun(1);
  return { manager, words, begun };
}

/** Who has worked, and wherever one began before the one before had ended or died. */
function readWords(words: readonly Word[]): { readonly workers: number[]; readonly twins: Word[] } {
  const workers: number[] = [];
  const twins: Word[] = [];
  let present: number | undefined;
  for (const word of words) {
    if (word.what === 'begin') {
      if (present !== undefined) twins.push(word);
      present = word.pid;
      workers.push(word.id);
    } else if (word.pid === present) present = undefined;
  }
  return { workers, twins };
}

function pidOfWorker(words: readonly Word[]): number {
  return words.findLast(({ what }) => what === 'begin')?.pid ?? 0;
}

describe('work on one cluster', () => {
  it('is taken over when its process is killed, again and again, and never done by two', async () => {
    const { manager, words, begun } = await startWorkingBot();

    for (let deaths = 1; deaths <= 3; deaths += 1) {
      process.kill(pidOfWorker(words), 'SIGKILL');
      await begun(deaths + 1);
      await until(() => manager.clusters.every(({ state }) => state === 'ready'), 'the whole bot', 10_000);
    }

    const { workers, twins } = readWords(words);
    expect(twins).toEqual([]);
    expect(workers).toHaveLength(4);
    for (const [index, id] of workers.entries()) expect(id).not.toBe(workers[index + 1]);
    expect(manager.stats().jobs).toEqual({ stats: workers.at(-1) });
  });

  it.each<HandoverMode>(['sequential', 'overlap'])(
    'moves on in a rolling restart, %s, when the old process has stopped it',
    async (handover) => {
      const { manager, words, begun } = await startWorkingBot();
      const [first] = readWords(words).workers;

      await manager.rollingRestart({ handover, settle: 0 });
      await begun(2);

      const { workers, twins } = readWords(words);
      expect(twins).toEqual([]);
      expect([first, workers.at(-1)]).toEqual([workers[0], manager.stats().jobs['stats']]);
      expect(manager.clusters.map(({ pid }) => pid)).toContain(pidOfWorker(words));
      // It was told to stop each time, and had the time for it.
      expect(words.filter(({ what }) => what === 'end')).toHaveLength(workers.length - 1);
    },
  );

  it('that fails is told by a warning of its own process, and the bot goes on', async () => {
    const { manager } = await startWorkingBot({ env: { BROKEN: '1', NODE_NO_WARNINGS: '1' } });

    await until(() => manager.stats().jobs['broken'] !== undefined, 'the broken work');

    await expect(manager.ipc.requestAll('stats')).resolves.toMatchObject({ successCount: 3 });
  });

  it('that does not stop ends with its process, and only then begins elsewhere, whatever else happens meanwhile', async () => {
    const { manager, words, begun } = await startWorkingBot({ env: { STUBBORN: '1' }, drainTimeout: 500 });
    const [first = 0] = readWords(words).workers;
    const others = [0, 1, 2].filter((id) => id !== first);

    const restart = manager.restart(first, { settle: 0 });
    await until(() => manager.clusters[first]?.generation === 2, 'the switch');
    // Each of these deaths and starts is an occasion to give the work away.
    for (const id of others) process.kill(manager.clusters[id]?.pid ?? 0, 'SIGKILL');
    await restart;
    await begun(2);

    expect(readWords(words).twins).toEqual([]);
    expect(words.filter(({ what }) => what === 'end')).toEqual([]);
  });

  it('ends with the bot, and moves to nobody', async () => {
    const { manager, words } = await startWorkingBot();

    await manager.shutdown();

    expect(words.map(({ what }) => what).toSorted()).toEqual(['begin', 'death', 'death', 'death', 'end']);
  });
});
