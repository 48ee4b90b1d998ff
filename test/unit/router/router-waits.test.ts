import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Router } from '../../../src/router/router.js';
import { ANY_CLUSTER } from '../../../src/wire/address.js';
import { FAIL_FAST, Kind } from '../../../src/wire/frame.js';
import { attachRaw, settled } from '../../support/raw-peer.js';
import type { RawPeer } from '../../support/raw-peer.js';
import { becomeReady, die, limits, ready, request } from '../../support/router-scene.js';
import { useFakeClock } from '../../support/turns.js';

let router: Router;

beforeEach(() => {
  router = new Router(limits);
});
afterEach(() => void vi.useRealTimers());

describe('a call that must wait', () => {
  beforeEach(useFakeClock);

  it('is held until its target is ready, then leaves with the time that is left', async () => {
    const [caller, target] = (await ready(router, 2)) as [RawPeer, RawPeer];
    await die(router, target, 1);
    caller.send(request(1, 5, { remainingMs: 1000, body: '"kept"' }));
    const held = await caller.next(Kind.queued);

    await vi.advanceTimersByTimeAsync(400);
    const successor = attachRaw(router, 1, 2, limits);
    await settled();
    const early = successor.got(Kind.request);
    becomeReady(successor);

    expect(held.correlation).toBe(5);
    expect(early).toEqual([]);
    expect(await successor.next(Kind.request)).toMatchObject({
      text: '"kept"',
      inlineName: 'work',
      remainingMs: 600,
      peer: 0,
    });
    expect(await caller.next(Kind.dequeued)).toMatchObject({ correlation: 5 });
    expect(router.waitingCount).toBe(0);
  });

  it('leaves with one millisecond at least: none would mean without end', async () => {
    const [caller, target] = (await ready(router, 2)) as [RawPeer, RawPeer];
    await die(router, target, 1);
    caller.send(request(1, 5, { remainingMs: 10 }));
    await settled();

    await vi.advanceTimersByTimeAsync(500);
    const successor = attachRaw(router, 1, 2, limits);
    becomeReady(successor);

    expect(await successor.next(Kind.request)).toMatchObject({ remainingMs: 1 });
  });

  it('is refused at once when it would rather not wait', async () => {
    const [caller, target] = (await ready(router, 2)) as [RawPeer, RawPeer];
    await die(router, target, 1);

    caller.send(request(1, 5, { flags: FAIL_FAST }));
    await settled();

    expect(caller.refusals()).toEqual([[1, 'CLUSTER_UNAVAILABLE']]);
    expect(caller.got(Kind.queued)).toEqual([]);
  });

  it('is refused with OVERLOADED when too many wait already, or too many bytes', async () => {
    const [caller, target] = (await ready(router, 2)) as [RawPeer, RawPeer];
    await die(router, target, 1);

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

  it('is forgotten when its caller cancels it', async () => {
    const [caller, target] = (await ready(router, 2)) as [RawPeer, RawPeer];
    await die(router, target, 1);
    caller.send(request(1, 5), request(1, 6));
    await settled();

    caller.send({ kind: Kind.cancel, correlation: 5 });
    await settled();
    const successor = attachRaw(router, 1, 2, limits);
    becomeReady(successor);
    await settled();

    expect(successor.got(Kind.request).map(({ text }) => text)).toEqual(['6']);
  });

  it('is forgotten when its caller dies', async () => {
    const [caller, target] = (await ready(router, 2)) as [RawPeer, RawPeer];
    await die(router, target, 1);
    caller.send(request(1, 5));
    await settled();

    await die(router, caller, 0);

    expect(router.waitingCount).toBe(0);
  });

  it('is refused once its target will not come any more', async () => {
    const [caller, target] = (await ready(router, 2)) as [RawPeer, RawPeer];
    await die(router, target, 1);
    caller.send(request(1, 5));
    await settled();

    router.detach(1, 'stopped');
    await settled();

    expect(caller.refusals()).toEqual([[1, 'CLUSTER_UNAVAILABLE']]);
  });

  it('waits for one that is up until it has the handler', async () => {
    const [caller, target] = (await ready(router, 2)) as [RawPeer, RawPeer];
    await die(router, target, 1);
    const successor = attachRaw(router, 1, 2, limits);
    successor.hello([]);
    caller.send(request(1, 5));
    await settled();
    const early = successor.got(Kind.request).length;

    successor.send({ kind: Kind.register, body: '{"handlers":["work"],"events":[]}' });
    await successor.next(Kind.request);

    expect([early, caller.got(Kind.queued).length]).toEqual([0, 1]);
  });

  it('goes to one that is ready without the handler: its own word is final', async () => {
    const [caller, target] = (await ready(router, 2)) as [RawPeer, RawPeer];
    await die(router, target, 1);
    const successor = attachRaw(router, 1, 2, limits);
    successor.hello([]);
    caller.send(request(1, 5));
    await settled();

    successor.send({ kind: Kind.ready });

    expect(await successor.next(Kind.request)).toMatchObject({ inlineName: 'work' });
  });

  it('for any cluster goes to the first that comes up', async () => {
    const [caller, other] = (await ready(router, 2)) as [RawPeer, RawPeer];
    caller.send({ kind: Kind.unregister, body: '{"handlers":["work"],"events":[]}' });
    await die(router, other, 1);
    caller.send(request(ANY_CLUSTER, 5));
    const held = await caller.next(Kind.queued);

    const successor = attachRaw(router, 1, 2, limits);
    becomeReady(successor);

    expect(held.correlation).toBe(5);
    expect(await successor.next(Kind.request)).toMatchObject({ text: '5' });
  });
});
