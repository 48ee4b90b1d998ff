/**
 * Calls and events of whole bots, over memory links: what caller, server and router promise together.
 */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { IPCError, RemoteError } from '../../../src/errors.js';
import type { HandlerContext } from '../../../src/ipc/server/handler-context.js';
import type { ResultCollection } from '../../../src/ipc/client/result-collection.js';
import { MANAGER_ID } from '../../../src/wire/address.js';
import { Kind } from '../../../src/wire/frame.js';
import { headerOf } from '../../support/frames.js';
import { startMemoryBot } from '../../support/memory-bot.js';
import type { MemoryBot, MemoryBotOptions } from '../../support/memory-bot.js';
import { useFakeClock } from '../../support/turns.js';

let bot: MemoryBot;

afterEach(() => {
  bot.stop();
  vi.useRealTimers();
});

async function start(count: number, options: MemoryBotOptions = {}): Promise<MemoryBot> {
  bot = await startMemoryBot(count, options);
  return bot;
}

/** A bot whose clusters hang in `hang`, and the contexts of those calls. */
async function startHanging(count: number): Promise<HandlerContext[]> {
  const contexts: HandlerContext[] = [];
  await start(count, {
    setup: ({ ipc }) =>
      ipc.handle('hang', (_data, context) => {
        contexts.push(context);
        // Made now: a signal that is first looked at later is aborted already.
        void context.signal;
        return new Promise(() => {});
      }),
  });
  return contexts;
}

function codesOf(results: ResultCollection<unknown>): unknown[] {
  return results.errors().map(({ error }) => (error as IPCError).code);
}

describe('a handler in the calling cluster', () => {
  it('gets what a remote one would: encoded and decoded, a copy', async () => {
    const got: unknown[] = [];
    await start(2, {
      setup: ({ ipc }) =>
        ipc.handle('keep', (data: { list: number[] }) => {
          got.push(structuredClone(data));
          data.list.push(99);
          return { at: new Date(0), data };
        }),
    });
    const data = { list: [1], at: new Date(5), gone: undefined };

    const own = await bot.cluster(0).ipc.requestTo(0, 'keep', data);
    const remote = await bot.cluster(0).ipc.requestTo(1, 'keep', data);

    expect(data.list).toEqual([1]);
    expect(got).toEqual([
      { list: [1], at: '1970-01-01T00:00:00.005Z' },
      { list: [1], at: '1970-01-01T00:00:00.005Z' },
    ]);
    expect(own).toEqual(remote);
    expect(own).toMatchObject({ at: '1970-01-01T00:00:00.000Z' });
  });

  it('fails as a remote one would', async () => {
    await start(2, {
      setup: ({ ipc }) => {
        ipc.handle('function', () => () => {});
        ipc.handle('error', () => Promise.reject(new IPCError('TIMEOUT', 'an inner call')));
      },
    });
    const { ipc } = bot.cluster(0);

    for (const target of [0, 1]) {
      await expect(ipc.requestTo(target, 'function')).rejects.toMatchObject({
        code: 'UNSERIALIZABLE',
        message: `function -> cluster ${target}: result is a function`,
      });
      const error = await ipc.requestTo(target, 'error').catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(RemoteError);
      expect(error).not.toBeInstanceOf(IPCError);
      expect(error).toMatchObject({ code: 'TIMEOUT', clusterId: target, handler: 'error' });
    }
  });

  it('is given up at the deadline, and told so', async () => {
    const contexts = await startHanging(1);
    useFakeClock();
    const failure = expect(bot.cluster(0).ipc.requestTo(0, 'hang', null, 100)).rejects.toMatchObject({
      code: 'TIMEOUT',
    });

    await vi.advanceTimersByTimeAsync(110);

    await failure;
    expect(contexts.map(({ signal }) => signal.aborted)).toEqual([true]);
  });

  it('is the same for `request` where no other cluster has it', async () => {
    await start(2);
    bot.cluster(0).ipc.handle('here', (_data, { sourceCluster }) => sourceCluster);
    await bot.idle();

    await expect(bot.cluster(0).ipc.request('here')).resolves.toBe(0);
    await bot.idle();
    expect(bot.router.inFlightCount).toBe(0);
  });

  it('that is chosen after a wait knows how much time is left', async () => {
    await start(1);
    await bot.kill(0);
    useFakeClock();
    const { ipc } = bot.spawn(0, 'up');
    const call = ipc.request<number>('late', null, 1000);
    await bot.idle();
    const calledAt = Date.now();

    await vi.advanceTimersByTimeAsync(600);
    ipc.handle('late', (_data, { deadline }) => deadline);
    await bot.idle();

    expect((await call) - calledAt).toBeLessThanOrEqual(1001);
  });
});

describe('the context of a call', () => {
  it('names who asks, the manager included', async () => {
    await start(2, { setup: ({ ipc }) => ipc.handle('who', (_data, { sourceCluster }) => sourceCluster) });

    const sources = [await bot.cluster(0).ipc.requestTo(1, 'who'), await bot.manager.ipc.requestTo(1, 'who')];

    expect(sources).toEqual([0, MANAGER_ID]);
  });

  it.each(['cancels', 'times out', 'dies'] as const)('aborts when the caller %s', async (ending) => {
    const contexts = await startHanging(2);
    useFakeClock();
    const controller = new AbortController();
    const call = bot.cluster(0).ipc.requestTo(1, 'hang', null, { timeout: 100, signal: controller.signal });
    const ended = call.catch(() => 'ended');
    await bot.idle();
    const before = contexts.map(({ signal }) => signal.aborted);

    if (ending === 'cancels') controller.abort();
    else if (ending === 'dies') await bot.kill(0);
    else await vi.advanceTimersByTimeAsync(110);
    await ended;
    await bot.idle();

    expect([before, contexts.map(({ signal }) => signal.aborted)]).toEqual([[false], [true]]);
    expect(bot.cluster(1).endpoint.stats().servedCalls).toBe(0);
  });
});

describe('a call that is cancelled', () => {
  it('before it was made is never sent', async () => {
    const contexts = await startHanging(2);
    const reason = new Error('no need');

    await expect(
      bot.cluster(0).ipc.requestTo(1, 'hang', null, { signal: AbortSignal.abort(reason) }),
    ).rejects.toMatchObject({ code: 'CANCELLED', cause: reason });
    await bot.idle();

    expect(contexts).toEqual([]);
  });

  it('and goes to all resolves, before or after it was made: what is open is CANCELLED', async () => {
    const contexts = await startHanging(3);
    const controller = new AbortController();
    const { ipc } = bot.cluster(0);

    const before = await ipc.requestAll('hang', null, { signal: AbortSignal.abort() });
    const call = ipc.requestAll('hang', null, { signal: controller.signal });
    await bot.idle();
    controller.abort();
    const after = await call;
    await bot.idle();

    for (const results of [before, after]) {
      expect(results.errors().map(({ clusterId }) => clusterId)).toEqual([0, 1, 2]);
      expect(codesOf(results)).toEqual(['CANCELLED', 'CANCELLED', 'CANCELLED']);
    }
    expect(contexts.map(({ signal }) => signal.aborted)).toEqual([true, true, true]);
  });
});

describe('a call that is wrong', () => {
  it.each([0, -1, Number.NaN, 2 ** 31])('by its timeout, %d, rejects with a RangeError', async (timeout) => {
    await start(1);
    const { ipc } = bot.cluster(0);

    await expect(ipc.request('x', null, timeout)).rejects.toThrow(RangeError);
    await expect(ipc.requestAll('x', null, timeout)).rejects.toThrow(RangeError);
  });

  it.each([undefined, null, 5, {}])(
    'by its name, %j, rejects with a TypeError and hurts nobody',
    async (name) => {
      await start(2);
      const { ipc, link } = bot.cluster(0);

      await expect(ipc.request(name as string)).rejects.toThrow(TypeError);
      await expect(ipc.requestTo(1, name as string)).rejects.toThrow(TypeError);
      await expect(ipc.requestAll(name as string)).rejects.toThrow(TypeError);
      await bot.idle();

      expect([link.ended, bot.cluster(0).endpoint.stats().pendingCalls]).toEqual([false, 0]);
    },
  );

  it.each([-2, -3, -9, 2, 0.5, Number.NaN, 70_000])('by its target, %d, finds no cluster', async (target) => {
    await start(2, { setup: ({ ipc }) => ipc.handle('id', () => 1) });

    await expect(bot.cluster(0).ipc.requestTo(target, 'id')).rejects.toMatchObject({
      code: 'CLUSTER_NOT_FOUND',
    });
  });

  it('by its guild rejects with a RangeError', async () => {
    await start(1);

    await expect(bot.cluster(0).ipc.requestToGuild('no snowflake', 'x')).rejects.toThrow(RangeError);
  });

  it('by its size is refused before it leaves, and the next goes through', async () => {
    await start(2, {
      limits: { maxPayloadBytes: 1000 },
      setup: ({ ipc }) => ipc.handle('echo', (data) => data),
    });
    const { ipc } = bot.cluster(0);

    await expect(ipc.requestTo(1, 'echo', 'é'.repeat(600))).rejects.toMatchObject({
      code: 'PAYLOAD_TOO_LARGE',
    });
    await expect(ipc.requestAll('echo', 'é'.repeat(600))).rejects.toMatchObject({
      code: 'PAYLOAD_TOO_LARGE',
    });
    await expect(bot.cluster(0).events.broadcast('x', 'é'.repeat(600))).rejects.toMatchObject({
      code: 'PAYLOAD_TOO_LARGE',
    });
    await expect(ipc.requestTo(1, 'echo', 'x'.repeat(998))).resolves.toHaveLength(998);
  });

  it('by the size of what its handler throws costs nobody the link', async () => {
    await start(2, {
      limits: { maxPayloadBytes: 1000 },
      setup: ({ ipc }) =>
        ipc.handle('throw', () => {
          throw Object.assign(new TypeError('€'.repeat(50_000)), { own: 'o'.repeat(60_000) });
        }),
    });

    const error = await bot
      .cluster(0)
      .ipc.requestTo(1, 'throw')
      .catch((reason: unknown) => reason);

    expect(String(error)).toMatch(/^TypeError: €€€/);
    expect(bot.cluster(1).link.ended).toBe(false);
  });
});

describe('a call that must wait', () => {
  it('ends with CLUSTER_UNAVAILABLE when its target does not come in time: it never ran', async () => {
    await start(2);
    await bot.kill(1);
    useFakeClock();
    const failure = expect(bot.cluster(0).ipc.requestTo(1, 'x', null, 500)).rejects.toMatchObject({
      code: 'CLUSTER_UNAVAILABLE',
      message: 'x -> cluster 1: did not come up within 500 ms; the call never ran',
    });
    await bot.idle();

    await vi.advanceTimersByTimeAsync(510);
    await bot.idle();

    await failure;
    expect(bot.router.waitingCount).toBe(0);
  });

  it('ends at once when it would rather not wait', async () => {
    await start(2);
    await bot.kill(1);

    await expect(bot.cluster(0).ipc.requestTo(1, 'x', null, { whenNotReady: 'fail' })).rejects.toMatchObject({
      code: 'CLUSTER_UNAVAILABLE',
    });
  });

  it('finds its target when it comes', async () => {
    await start(2);
    await bot.kill(1);
    const call = bot.cluster(0).ipc.requestTo(1, 'born');
    await bot.idle();

    bot.spawn(1).ipc.handle('born', () => 'yes');

    await expect(call).resolves.toBe('yes');
  });

  it('to a handler that its own cluster will register finds it', async () => {
    await start(1);
    await bot.kill(0);
    const { ipc } = bot.spawn(0, 'up');
    const call = ipc.requestTo(0, 'soon');
    await bot.idle();

    ipc.handle('soon', () => 'here');

    await expect(call).resolves.toBe('here');
  });

  it('is never one to all: who is not up is an entry at once', async () => {
    await start(3, { setup: ({ ipc }) => ipc.handle('id', () => 1) });
    await bot.kill(2);

    const results = await bot.cluster(0).ipc.requestAll('id');

    expect(results.errors()).toMatchObject([
      { clusterId: 2, error: { code: 'CLUSTER_UNAVAILABLE', clusterId: 2 } },
    ]);
  });
});

describe('the end of the link', () => {
  it('ends all that waits, and all that comes after', async () => {
    const contexts = await startHanging(2);
    const { ipc, events, endpoint } = bot.cluster(0);
    const calls = [ipc.requestTo(1, 'hang'), ipc.request('hang')].map((call) =>
      expect(call).rejects.toMatchObject({ code: 'SHUTTING_DOWN' }),
    );
    const all = ipc.requestAll('hang');
    const acked = events.broadcastAndWait('x', null, 10_000, 5);
    void bot
      .cluster(1)
      .ipc.requestTo(0, 'hang')
      .catch(() => {});
    await bot.idle();

    await bot.kill(0);

    await Promise.all(calls);
    expect(codesOf(await all)).toEqual(['SHUTTING_DOWN', 'SHUTTING_DOWN']);
    expect(await acked).toBe(1);
    await expect(ipc.requestTo(1, 'hang')).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
    await expect(events.broadcast('x')).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
    expect(endpoint.stats()).toMatchObject({ pendingCalls: 0, servedCalls: 0, waitingBroadcasts: 0 });
    expect(contexts.length).toBeGreaterThan(0);
  });
});

describe('what a manager sends that makes no sense', () => {
  it('ends the call it is about, with a code', async () => {
    await start(1);
    const { caller } = bot.cluster(0).endpoint;
    const spec = {
      name: 'x',
      input: bot.cluster(0).endpoint.codecs.data,
      output: bot.cluster(0).endpoint.codecs.result,
      timeoutMs: 1000,
    };
    const calls = [caller.call(MANAGER_ID, spec, null), caller.call(MANAGER_ID, spec, null)];
    const failures = Promise.all([
      expect(calls[0]).rejects.toMatchObject({ code: 'INVALID_PAYLOAD' }),
      expect(calls[1]).rejects.toMatchObject({ code: 'PROTOCOL_ERROR' }),
    ]);

    caller.onAnswer(1, { kind: Kind.result, source: MANAGER_ID, body: '{', isRow: false });
    caller.onAnswer(2, { kind: Kind.rejected, source: MANAGER_ID, body: 'null', isRow: false });

    await failures;
  });

  it('is acknowledged though it names nothing, and breaks nothing', async () => {
    await start(2, { setup: ({ ipc }) => ipc.handle('id', () => 1) });

    bot
      .cluster(0)
      .link.send(headerOf({ kind: Kind.event, peer: -3, name: 9999, correlation: 1 }), undefined, undefined);
    await bot.idle();

    await expect(bot.cluster(0).ipc.requestTo(1, 'id')).resolves.toBe(1);
  });
});

describe('the manager', () => {
  it('is asked by its id only, and is not among all', async () => {
    await start(2, { setup: ({ ipc }) => ipc.handle('where', () => 'cluster') });
    bot.manager.ipc.handle('where', () => 'manager');
    bot.manager.ipc.handle('budget', () => 5);

    await expect(bot.cluster(1).ipc.requestTo(MANAGER_ID, 'where')).resolves.toBe('manager');
    await expect(bot.cluster(1).ipc.request('budget')).rejects.toMatchObject({ code: 'NO_HANDLER' });
    expect((await bot.cluster(1).ipc.requestAll('where')).values()).toEqual(['cluster', 'cluster']);
    expect((await bot.manager.ipc.requestAll('where')).size).toBe(2);
  });

  it('is refused what it asks while there is no cluster at all', async () => {
    await start(0);

    await expect(bot.manager.ipc.requestAll('x')).rejects.toMatchObject({ code: 'CLUSTER_UNAVAILABLE' });
    await expect(bot.manager.ipc.request('x')).rejects.toMatchObject({ code: 'CLUSTER_UNAVAILABLE' });
    await expect(bot.manager.ipc.requestTo(0, 'x')).rejects.toMatchObject({ code: 'CLUSTER_NOT_FOUND' });
  });
});

describe('a call to all that ends by its deadline', () => {
  it('says of each cluster whether it may have run there', async () => {
    await start(3, {
      setup: ({ ipc, id }) => ipc.handle('hang', () => (id === 1 ? new Promise(() => {}) : id)),
    });
    await bot.handover(2, 'up');
    await bot.idle();
    useFakeClock();
    const call = bot.cluster(0).ipc.requestAll('hang', undefined, 100);
    await bot.idle();

    await vi.advanceTimersByTimeAsync(200);

    const results = await call;
    expect(results.values()).toEqual([0]);
    expect(results.errors()).toMatchObject([
      { clusterId: 1, error: { code: 'TIMEOUT' } },
      { clusterId: 2, error: { code: 'CLUSTER_UNAVAILABLE' } },
    ]);
  });
});

describe('an endpoint that is closed', () => {
  it('refuses calls to its own process, too', async () => {
    const own = vi.fn<() => number>(() => 1);
    await start(2, { setup: ({ ipc }) => ipc.handle('own', own) });
    const { endpoint, ipc } = bot.cluster(0);

    endpoint.close();

    await expect(ipc.requestTo(0, 'own')).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
    expect(codesOf(await ipc.requestAll('own'))).toEqual(['SHUTTING_DOWN', 'SHUTTING_DOWN']);
    expect(own).not.toHaveBeenCalled();
  });
});

describe('broadcastAndCollect', () => {
  it('says who has the event and who does not', async () => {
    await start(4);
    await bot.kill(2, 'stopped');
    useFakeClock();
    const report = bot.cluster(1).events.broadcastAndCollect('x', null, 500);
    await bot.idle();

    await vi.advanceTimersByTimeAsync(510);

    await expect(report).resolves.toEqual({ acked: [0, 3], missing: [2] });
  });
});
