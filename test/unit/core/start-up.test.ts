import { EventEmitter, on, once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { createTestClusters } from '../../../src/testing/index.js';
import type { TestClusters } from '../../../src/testing/index.js';

/** A client that is ready when the test says so. */
class SlowClient extends EventEmitter {
  #ready = false;

  isReady(): boolean {
    return this.#ready;
  }

  becomeReady(): void {
    this.#ready = true;
    this.emit('clientReady');
  }
}

let bot: TestClusters<SlowClient> | undefined;

afterEach(async () => {
  await bot?.shutdown();
  bot = undefined;
});

async function start(
  count: number,
  setup: (id: number) => void = () => {},
): Promise<TestClusters<SlowClient>> {
  bot = await createTestClusters(count, {
    client: () => new SlowClient(),
    setup: (cluster) => {
      cluster.ipc.handle('id', () => cluster.id);
      setup(cluster.id);
    },
  });
  return bot;
}

describe('while clients are not ready', () => {
  it('lets two clusters ask each other before either logs in', async () => {
    const { clusters } = await start(2);

    const answers = await Promise.all([
      clusters[0]?.ipc.requestTo(1, 'id', undefined, 2000),
      clusters[1]?.ipc.requestTo(0, 'id', undefined, 2000),
    ]);

    expect(answers).toEqual([1, 0]);
  });

  it('answers `requestAll` at once: clusters that are up answer, none is waited for', async () => {
    const clusters = await start(3);
    clusters.kill(2);

    const results = await clusters.cluster(0).ipc.requestAll<number>('id', undefined, 30_000);

    expect(results.values()).toEqual([0, 1]);
    expect(results.errors()).toMatchObject([{ clusterId: 2, error: { code: 'CLUSTER_UNAVAILABLE' } }]);
  });

  it('waits for a handler that is registered late, and says NO_HANDLER only once the cluster is ready', async () => {
    const clusters = await start(2);
    const late = clusters.cluster(0).ipc.requestTo(1, 'late', undefined, 5000);
    const never = clusters.cluster(0).ipc.requestTo(1, 'never', undefined, 5000);
    const ends = expect(never).rejects.toMatchObject({ code: 'NO_HANDLER' });

    clusters.cluster(1).ipc.handle('late', () => 'here');
    await expect(late).resolves.toBe('here');
    clusters.cluster(1).client.becomeReady();

    await ends;
  });

  it('waits with `request` for the first cluster that has the handler', async () => {
    const clusters = await start(3);
    const answer = clusters.manager.ipc.request('late', undefined, 5000);

    clusters.cluster(2).ipc.handle('late', () => 'from 2');

    await expect(answer).resolves.toBe('from 2');
  });

  it('is not ready, and becomes it once', async () => {
    const clusters = await start(1);
    const cluster = clusters.cluster(0);
    expect(cluster.ready).toBe(false);

    cluster.client.becomeReady();

    await cluster.whenReady();
    expect(cluster.ready).toBe(true);
  });
});

describe('events, as Node has them', () => {
  it('can be iterated with `on` and awaited with `once`', async () => {
    const clusters = await start(2);
    const { events } = clusters.cluster(1);
    const first = once(events, 'n');
    const all = on(events, 'n');

    for (const n of [1, 2, 3]) await clusters.cluster(0).events.emitTo(1, 'n', n);
    const seen: unknown[] = [];
    for await (const [data, source] of all) {
      seen.push([data, source]);
      if (seen.length === 3) break;
    }

    expect(await first).toEqual([1, 0]);
    expect(seen).toEqual([
      [1, 0],
      [2, 0],
      [3, 0],
    ]);
    expect(events.listenerCount('n')).toBe(0);
  });

  it('keep their order between one sender and one receiver under load', async () => {
    const clusters = await start(2);
    const seen: number[] = [];
    const COUNT = 5000;
    const last = new Promise<void>((resolve) => {
      clusters.cluster(1).events.on('n', (n: number) => {
        seen.push(n);
        if (n === COUNT - 1) resolve();
      });
    });

    await Promise.all(Array.from({ length: COUNT }, (_, n) => clusters.cluster(0).events.emitTo(1, 'n', n)));
    await last;

    expect(seen).toEqual(Array.from({ length: COUNT }, (_, n) => n));
  });
});
