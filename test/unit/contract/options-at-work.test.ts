import { afterEach, describe, expect, it } from 'vitest';
import { RemoteError } from '../../../src/errors.js';
import { createBind } from '../../../src/contract/runtime.js';
import { createTestClusters } from '../../../src/testing/index.js';
import type { TestClusters } from '../../../src/testing/index.js';
import { Busy, Gone, options } from '../../golden/pages/options.js';
import { until } from '../../support/turns.js';

const bind = createBind({ options });
const GUILD_OF_SHARD_2 = String((2n << 22n) + (4n << 22n));

type Stubs = ReturnType<typeof bind>['options'];

let bot: TestClusters | undefined;

afterEach(async () => {
  await bot?.shutdown();
  bot = undefined;
});

/** Four clusters of one shard each; `setup` gets the stubs of each. */
async function start(setup: (stubs: Stubs, id: number) => void): Promise<TestClusters> {
  bot = await createTestClusters(4, { setup: (cluster) => setup(bind(cluster).options, cluster.id) });
  return bot;
}

function stubsOf(clusters: TestClusters, id: number): Stubs {
  return bind(clusters.cluster(id)).options;
}

describe('target', () => {
  it("'primary' is cluster 0, 'self' the caller, 'manager' the manager", async () => {
    const clusters = await start((stubs, id) => {
      stubs.onPrimary.handle(() => `on ${id}`);
      stubs.here.handle(() => `on ${id}`);
    });
    bind(clusters.manager).options.handle({ onManager: ({ name }) => name.length });
    const { onPrimary, here, onManager } = stubsOf(clusters, 2);

    expect(await onPrimary.request()).toBe('on 0');
    expect(await here.request()).toBe('on 2');
    expect(await onManager.request({ name: 'four' })).toBe(4);
  });

  it('by guild and by shard is the cluster that runs the shard', async () => {
    const clusters = await start((stubs, id) => {
      stubs.byGuild.handle(() => `on ${id}`);
      stubs.byShard.handle(() => `on ${id}`);
    });
    const { byGuild, byShard } = stubsOf(clusters, 0);

    expect(await byShard.request({ shardId: 3 })).toBe('on 3');
    expect(await byGuild.request({ guildId: '123456789012345678' })).toBe(
      `on ${clusters.cluster(0).clusterIdOf('123456789012345678')}`,
    );
    await expect(byGuild.request({ guildId: GUILD_OF_SHARD_2 })).rejects.toMatchObject({
      code: 'INVALID_PAYLOAD',
    });
  });

  it('by hash is one and the same cluster for equal values, whoever asks', async () => {
    const clusters = await start((stubs, id) => stubs.byHash.handle(() => `on ${id}`));
    const keys = Array.from({ length: 40 }, (_, index) => `key ${index}`);
    const ask = (from: number) =>
      Promise.all(keys.map((key) => stubsOf(clusters, from).byHash.request({ key })));

    const fromZero = await ask(0);

    expect(await ask(3)).toEqual(fromZero);
    expect(new Set(fromZero).size).toBe(4);
  });

  it('asks a cluster for all handlers but those of the manager, and the manager for just those', async () => {
    const clusters = await start(() => {});
    const none = {} as never;

    expect(() => stubsOf(clusters, 0).handle(none)).toThrow("needs a function for 'anywhere'");
    expect(() => bind(clusters.manager).options.handle(none)).toThrow("needs a function for 'onManager'");
    expect(() =>
      bind(clusters.manager).options.handle({ onManager: () => 1, anywhere: () => '' } as never),
    ).toThrow("has no handler 'anywhere' for the manager");
  });
});

describe('retry', () => {
  it('makes the call again when the cluster died, within the timeout', async () => {
    let calls = 0;
    const clusters = await start((stubs) => {
      stubs.retried.handle(() => {
        calls += 1;
        return calls === 1 ? new Promise<never>(() => {}) : calls;
      });
    });
    const answer = stubsOf(clusters, 0).retried.requestTo(1, undefined, 5000);
    await until(() => calls === 1);

    await clusters.restart(1);

    expect(await answer).toBe(2);
  });

  it('ends with the last error when the attempts are used up', async () => {
    let calls = 0;
    const clusters = await start((stubs) => {
      stubs.retried.handle(() => {
        calls += 1;
        return new Promise<never>(() => {});
      });
    });
    const ends = expect(stubsOf(clusters, 0).retried.requestTo(1, undefined, 5000)).rejects.toMatchObject({
      code: 'CLUSTER_DIED',
    });

    for (const attempt of [1, 2, 3]) {
      await until(() => calls === attempt);
      await clusters.restart(1);
    }

    await ends;
    expect(calls).toBe(3);
  });

  it('never repeats what a handler threw', async () => {
    let calls = 0;
    const clusters = await start((stubs) => {
      stubs.retried.handle(() => {
        calls += 1;
        throw Object.assign(new Error('no'), { code: 'CLUSTER_DIED' });
      });
    });

    await expect(stubsOf(clusters, 0).retried.requestTo(1)).rejects.toThrow('no');

    expect(calls).toBe(1);
  });

  it('does not go on when the caller has cancelled', async () => {
    const clusters = await start((stubs) => stubs.retried.handle(() => new Promise<never>(() => {})));
    const controller = new AbortController();
    const call = stubsOf(clusters, 0).retried.requestTo(1, undefined, { signal: controller.signal });
    const ends = expect(call).rejects.toMatchObject({ code: 'CANCELLED', cause: 'enough' });

    controller.abort('enough');

    await ends;
  });
});

describe('throws', () => {
  it('gives the caller an instance of the class, with its data', async () => {
    const clusters = await start((stubs) => {
      stubs.byGuild.handle(() => {
        throw new Busy({ retryAfterMs: 500 });
      });
    });

    const error: unknown = await stubsOf(clusters, 0)
      .byGuild.requestTo(1, { guildId: '123456789012345678' })
      .catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(Busy);
    expect(error).toMatchObject({ name: 'Busy', code: 'options.Busy', data: { retryAfterMs: 500 } });
    expect((error as Busy).cause).toBeInstanceOf(RemoteError);
  });

  it('needs no data where the contract names none', async () => {
    const clusters = await start((stubs) => {
      stubs.byGuild.handle(() => {
        throw new Gone();
      });
    });

    const call = stubsOf(clusters, 0).byGuild.requestTo(1, { guildId: '123456789012345678' });

    await expect(call).rejects.toBeInstanceOf(Gone);
  });

  it('gives a RemoteError for data that is not what the contract says, and for handlers that do not list it', async () => {
    const clusters = await start((stubs) => {
      stubs.byGuild.handle(() => {
        throw new Busy({ retryAfterMs: -1 });
      });
      stubs.anywhere.handle(() => {
        throw new Busy({ retryAfterMs: 1 });
      });
    });
    const { byGuild, anywhere } = stubsOf(clusters, 0);

    await expect(byGuild.requestTo(1, { guildId: '123456789012345678' })).rejects.toMatchObject({
      name: 'Busy',
      clusterId: 1,
    });
    await expect(anywhere.requestTo(1)).rejects.toBeInstanceOf(RemoteError);
  });
});

describe('reduce', () => {
  const flags = [true, true, false, true];

  it('averages, joins, concatenates and finds', async () => {
    const clusters = await start((stubs, id) => {
      stubs.average.handle(() => id);
      stubs.allGood.handle(() => flags[id] === true);
      stubs.lists.handle(() => [`a${id}`]);
      stubs.firstFound.handle(() => (id === 2 ? { name: 'two' } : null));
    });
    const { average, allGood, lists, firstFound } = stubsOf(clusters, 0);

    expect(await average.reduce()).toBe(1.5);
    expect(await allGood.reduce()).toBe(false);
    expect(await lists.reduce()).toEqual(['a0', 'a1', 'a2', 'a3']);
    expect(await firstFound.reduce()).toEqual({ name: 'two' });
  });

  it('takes what there is where `partial` is declared, and rejects elsewhere', async () => {
    const clusters = await start((stubs, id) => {
      stubs.average.handle(() => id);
      stubs.lists.handle(() => []);
    });
    clusters.stop(3);
    const { average, lists } = stubsOf(clusters, 0);

    expect(await average.reduce()).toBe(1);
    await expect(lists.reduce()).rejects.toBeInstanceOf(AggregateError);
  });

  it('rejects even a partial one when no cluster answered', async () => {
    const clusters = await start(() => {});

    await expect(stubsOf(clusters, 0).average.reduce()).rejects.toBeInstanceOf(AggregateError);
  });
});

describe('ack', () => {
  it("'settled' waits for the listeners' promises, rejections included", async () => {
    const open: (() => void)[] = [];
    const clusters = await start((stubs, id) => {
      stubs.settled.on(() => {
        if (id === 1) return Promise.reject(new Error('on purpose'));
        return new Promise<void>((resolve) => open.push(resolve));
      });
    });
    for (const cluster of clusters.clusters) cluster.events.on('listenerError', () => {});
    let isDone = false;
    const acked = stubsOf(clusters, 0)
      .settled.broadcastAndWait({ id: '123456789012345678' })
      .finally(() => {
        isDone = true;
      });
    await until(() => open.length === 2);

    expect(isDone).toBe(false);
    for (const resolve of open) resolve();

    expect(await acked).toBe(3);
  });

  it("'received' does not, and the contract's timeout is the default", async () => {
    const clusters = await start((stubs) => {
      stubs.received.on(() => new Promise<void>(() => {}));
      stubs.settled.on(() => new Promise<void>(() => {}));
    });
    const { received, settled } = stubsOf(clusters, 0);

    expect(await received.broadcastAndWait()).toBe(3);
    expect(await settled.broadcastAndCollect({ id: '123456789012345678' })).toEqual({
      acked: [],
      missing: [1, 2, 3],
    });
  });
});
