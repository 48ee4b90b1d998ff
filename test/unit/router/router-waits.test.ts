import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Router } from '../../../src/router/router.js';
import { ANY_CLUSTER } from '../../../src/wire/address.js';
import { FAIL_FAST, Kind } from '../../../src/wire/frame.js';
import { attachRaw, settled } from '../../support/raw-peer.js';
import type { RawPeer } from '../../support/raw-peer.js';
import { becomeReady, killPeer, limits, startReady, request } from '../../support/router-fixture.js';
import { useFakeClock } from '../../support/turns.js';

let router: Router;

beforeEach(() => {
  router = new Router(limits);
});
afterEach(() => void vi.useRealTimers());

describe('a call that must wait', () => {
  beforeEach(useFakeClock);

  it('is queued until its target is ready, then leaves with the time that is left', async () => {
    const [caller, target] = (await startReady(router, 2)) as [RawPeer, RawPeer];
    await killPeer(router, target, 1);
    caller.send(request(1, 5, { remainingMs: 1000, body: '"kept"' }));
    const queued = await caller.next(Kind.queued);

    await vi.advanceTimersByTimeAsync(400);
    const replacement = attachRaw(router, 1, 2, limits);
    await settled();
    const early = replacement.got(Kind.request);
    becomeReady(replacement);

    expect(queued.correlation).toBe(5);
    expect(early).toEqual([]);
    expect(await replacement.next(Kind.request)).toMatchObject({
      text: '"kept"',
      inlineName: 'work',
      remainingMs: 600,
      peer: 0,
    });
    expect(await caller.next(Kind.dequeued)).toMatchObject({ correlation: 5 });
    expect(router.waitingCount).toBe(0);
  });

  it('leaves with at least one millisecond, since 0 would mean no deadline', async () => {
    const [caller, target] = (await startReady(router, 2)) as [RawPeer, RawPeer];
    await killPeer(router, target, 1);
    caller.send(request(1, 5, { remainingMs: 10 }));
    await settled();

    await vi.advanceTimersByTimeAsync(500);
    const replacement = attachRaw(router, 1, 2, limits);
    becomeReady(replacement);

    expect(await replacement.next(Kind.request)).toMatchObject({ remainingMs: 1 });
  });

  it('is rejected at once when it must not wait', async () => {
    const [caller, target] = (await startReady(router, 2)) as [RawPeer, RawPeer];
    await killPeer(router, target, 1);

    caller.send(request(1, 5, { flags: FAIL_FAST }));
    await settled();

    expect(caller.rejections()).toEqual([[1, 'CLUSTER_UNAVAILABLE']]);
    expect(caller.got(Kind.queued)).toEqual([]);
  });

  it('is rejected with OVERLOADED when too many calls or bytes wait already', async () => {
    const [caller, target] = (await startReady(router, 2)) as [RawPeer, RawPeer];
    await killPeer(router, target, 1);

    caller.send(
      request(1, 1, { body: JSON.stringify('x'.repeat(9000)) }),
      request(1, 2, { body: JSON.stringify('x'.repeat(2000)) }),
    );
    caller.send(request(1, 3), request(1, 4));
    await settled();

    expect(caller.got(Kind.queued).map(({ correlation }) => correlation)).toEqual([1, 3]);
    expect(caller.got(Kind.rejected).map(({ correlation, text }) => [correlation, text])).toEqual([
      [2, '{"code":"OVERLOADED"}'],
      [4, '{"code":"OVERLOADED"}'],
    ]);
  });

  it('is removed when its caller cancels it', async () => {
    const [caller, target] = (await startReady(router, 2)) as [RawPeer, RawPeer];
    await killPeer(router, target, 1);
    caller.send(request(1, 5), request(1, 6));
    await settled();

    caller.send({ kind: Kind.cancel, correlation: 5 });
    await settled();
    const replacement = attachRaw(router, 1, 2, limits);
    becomeReady(replacement);
    await settled();

    expect(replacement.got(Kind.request).map(({ text }) => text)).toEqual(['6']);
  });

  it('is removed when its caller dies', async () => {
    const [caller, target] = (await startReady(router, 2)) as [RawPeer, RawPeer];
    await killPeer(router, target, 1);
    caller.send(request(1, 5));
    await settled();

    await killPeer(router, caller, 0);

    expect(router.waitingCount).toBe(0);
  });

  it('is rejected once its target is stopped', async () => {
    const [caller, target] = (await startReady(router, 2)) as [RawPeer, RawPeer];
    await killPeer(router, target, 1);
    caller.send(request(1, 5));
    await settled();

    router.detach(1, 'stopped');
    await settled();

    expect(caller.rejections()).toEqual([[1, 'CLUSTER_UNAVAILABLE']]);
  });

  it('waits for a cluster that is up until it has the handler', async () => {
    const [caller, target] = (await startReady(router, 2)) as [RawPeer, RawPeer];
    await killPeer(router, target, 1);
    const replacement = attachRaw(router, 1, 2, limits);
    replacement.hello([]);
    caller.send(request(1, 5));
    await settled();
    const early = replacement.got(Kind.request).length;

    replacement.send({ kind: Kind.register, body: '{"handlers":["work"],"events":[]}' });
    await replacement.next(Kind.request);

    expect([early, caller.got(Kind.queued).length]).toEqual([0, 1]);
  });

  it('goes to a cluster that is ready without the handler, which rejects it itself', async () => {
    const [caller, target] = (await startReady(router, 2)) as [RawPeer, RawPeer];
    await killPeer(router, target, 1);
    const replacement = attachRaw(router, 1, 2, limits);
    replacement.hello([]);
    caller.send(request(1, 5));
    await settled();

    replacement.send({ kind: Kind.ready });

    expect(await replacement.next(Kind.request)).toMatchObject({ inlineName: 'work' });
  });

  it('for any cluster goes to the first that comes up', async () => {
    const [caller, other] = (await startReady(router, 2)) as [RawPeer, RawPeer];
    caller.send({ kind: Kind.unregister, body: '{"handlers":["work"],"events":[]}' });
    await killPeer(router, other, 1);
    caller.send(request(ANY_CLUSTER, 5));
    const queued = await caller.next(Kind.queued);

    const replacement = attachRaw(router, 1, 2, limits);
    becomeReady(replacement);

    expect(queued.correlation).toBe(5);
    expect(await replacement.next(Kind.request)).toMatchObject({ text: '5' });
  });
});
