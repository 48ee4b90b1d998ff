import { beforeEach, describe, expect, it } from 'vitest';
import { Router } from '../../../src/router/router.js';
import { ALL_CLUSTERS, ANY_CLUSTER } from '../../../src/wire/address.js';
import { Kind } from '../../../src/wire/frame.js';
import { attachRaw, settled } from '../../support/raw-peer.js';
import type { RawPeer } from '../../support/raw-peer.js';
import {
  becomeReady,
  killPeer,
  limits,
  listenerMock,
  startReady,
  request,
  stubLink,
  result,
} from '../../support/router-fixture.js';
import type { ListenerMock } from '../../support/router-fixture.js';

let router: Router;
let listener: ListenerMock;

beforeEach(() => {
  listener = listenerMock();
  router = new Router(limits, listener);
});

describe('the source of a frame', () => {
  it('is the process whose link it came on, whatever a request says', async () => {
    const [caller, target] = (await startReady(router, 2)) as [RawPeer, RawPeer];

    caller.send(request(1, 5, { generation: 999 }));

    expect(await target.next(Kind.request)).toMatchObject({
      peer: 0,
      generation: 1,
      text: '5',
      inlineName: 'work',
    });
  });

  it('is set by the router in events, acks and answers, too', async () => {
    const [caller, target, other] = (await startReady(router, 3)) as [RawPeer, RawPeer, RawPeer];

    caller.send({
      kind: Kind.event,
      peer: ALL_CLUSTERS,
      correlation: 9,
      inlineName: 'news',
      generation: 999,
    });
    const event = await target.next(Kind.event);
    target.send({ kind: Kind.ack, peer: event.peer, correlation: 9, generation: event.generation });
    caller.send(request(1, 5));
    const { correlation } = await target.next(Kind.request);
    target.send(result(correlation, '1', { peer: 2, generation: 7 }));

    expect(event).toMatchObject({ peer: 0, generation: 1 });
    expect(await caller.next(Kind.ack)).toMatchObject({ peer: 1, correlation: 9 });
    expect(await caller.next(Kind.result)).toMatchObject({ peer: 1, correlation: 5, generation: 1 });
    expect(other.got(Kind.result, Kind.ack)).toEqual([]);
  });
});

describe('an answer', () => {
  it('reaches the caller, under its own id for the call', async () => {
    const [caller, target] = (await startReady(router, 2)) as [RawPeer, RawPeer];
    caller.send(request(1, 77));
    const { correlation } = await target.next(Kind.request);

    target.send(result(correlation, '"yes"'));
    await settled();

    expect(caller.answers()).toEqual([[Kind.result, 77, '"yes"']]);
    expect(router.inFlightCount).toBe(0);
  });

  it('is dropped when it comes from a process that was not asked', async () => {
    const [caller, target, other] = (await startReady(router, 3)) as [RawPeer, RawPeer, RawPeer];
    caller.send(request(1, 77));
    const { correlation } = await target.next(Kind.request);

    other.send(result(correlation, '"forged"'));
    caller.send(result(correlation, '"by myself"'));
    await settled();
    target.send(result(correlation, '"true"'));
    await settled();

    expect(caller.answers()).toEqual([[Kind.result, 77, '"true"']]);
  });

  it('is accepted once', async () => {
    const [caller, target] = (await startReady(router, 2)) as [RawPeer, RawPeer];
    caller.send(request(1, 77));
    const { correlation } = await target.next(Kind.request);

    target.send(result(correlation, '1'), result(correlation, '2'), {
      kind: Kind.rejected,
      correlation,
      body: '{}',
    });
    await settled();

    expect(caller.answers()).toEqual([[Kind.result, 77, '1']]);
  });

  it('is dropped when the caller has cancelled the call', async () => {
    const [caller, target] = (await startReady(router, 2)) as [RawPeer, RawPeer];
    caller.send(request(1, 77));
    const { correlation } = await target.next(Kind.request);

    caller.send({ kind: Kind.cancel, correlation: 77 });
    const cancel = await target.next(Kind.cancel);
    target.send(result(correlation));
    await settled();

    expect(cancel.correlation).toBe(correlation);
    expect([caller.answers(), router.inFlightCount]).toEqual([[], 0]);
  });

  it('is dropped when it comes from the replacement of the process that was asked', async () => {
    const [caller, target] = (await startReady(router, 2)) as [RawPeer, RawPeer];
    caller.send(request(1, 77));
    const { correlation } = await target.next(Kind.request);
    await killPeer(router, target, 1);

    const replacement = attachRaw(router, 1, 2, limits);
    becomeReady(replacement);
    replacement.send(result(correlation));
    await settled();

    expect(caller.answers().map(([kind]) => kind)).toEqual([Kind.rejected]);
  });

  it('never reaches the replacement of the caller', async () => {
    const [caller, target] = (await startReady(router, 2)) as [RawPeer, RawPeer];
    caller.send(request(1, 1));
    const { correlation } = await target.next(Kind.request);
    await killPeer(router, caller, 0);
    const replacement = attachRaw(router, 0, 2, limits);
    becomeReady(replacement);
    replacement.send(request(1, 1, { body: '"another question"' }));
    const second = await target.next(Kind.request, 2);

    target.send(result(correlation, '"old"'), result(second.correlation, '"new"'));
    await settled();

    expect(replacement.answers()).toEqual([[Kind.result, 1, '"new"']]);
  });

  it('becomes OVERLOADED for a caller that does not read', async () => {
    router.resize(2);
    const caller = stubLink();
    router.attach(0, 1, caller.link);
    caller.deliver({
      kind: Kind.hello,
      body: '{"protocol":{"major":1,"minor":0},"handlers":[],"events":[]}',
    });
    const target = attachRaw(router, 1, 1, limits);
    becomeReady(target);
    await settled();
    caller.deliver(request(1, 5));
    const { correlation } = await target.next(Kind.request);

    caller.full = true;
    target.send(result(correlation, JSON.stringify('x'.repeat(5000))));
    await settled();

    expect(caller.sent(Kind.result)).toEqual([]);
    expect(caller.sent(Kind.rejected)).toMatchObject([{ correlation: 5, body: '{"code":"OVERLOADED"}' }]);
  });
});

describe('the death of a process', () => {
  it('ends every call in flight to it at once', async () => {
    const [caller, target, other] = (await startReady(router, 3)) as [RawPeer, RawPeer, RawPeer];
    caller.send(request(1, 1), request(1, 2));
    other.send(request(1, 9));
    await target.next(Kind.request, 3);

    target.link.close();
    await settled();

    expect(caller.got(Kind.rejected).map(({ correlation }) => correlation)).toEqual([1, 2]);
    expect([...caller.rejections(), ...other.rejections()]).toEqual([
      [1, 'CLUSTER_DIED'],
      [1, 'CLUSTER_DIED'],
      [1, 'CLUSTER_DIED'],
    ]);
    expect(router.inFlightCount).toBe(0);
  });

  it('cancels the calls that it made', async () => {
    const [caller, target] = (await startReady(router, 2)) as [RawPeer, RawPeer];
    caller.send(request(1, 1), request(1, 2));
    await target.next(Kind.request, 2);
    const ids = target.got(Kind.request).map(({ correlation }) => correlation);

    caller.link.close();
    await settled();

    expect(target.got(Kind.cancel).map(({ correlation }) => correlation)).toEqual(ids);
    expect(router.inFlightCount).toBe(0);
  });

  it('keeps the answers that it had already sent', async () => {
    const [caller, target] = (await startReady(router, 2)) as [RawPeer, RawPeer];
    caller.send(request(1, 1), request(1, 2));
    const { correlation } = await target.next(Kind.request);

    target.send(result(correlation));
    target.link.close();
    await settled();

    expect(caller.answers().map(([kind, id]) => [kind, id])).toEqual([
      [Kind.result, 1],
      [Kind.rejected, 2],
    ]);
  });

  it('is announced to all others, and so is the next state', async () => {
    const [watcher, target] = (await startReady(router, 2)) as [RawPeer, RawPeer];
    const before = watcher.got(Kind.peer).length;

    await killPeer(router, target, 1, 'stopped');

    const states = watcher.got(Kind.peer).slice(before);
    expect(states.map(({ text }) => text)).toEqual([
      '{"peers":[[1,"starting"]]}',
      '{"peers":[[1,"stopped"]]}',
    ]);
    expect(listener.onLinkEnd).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ id: 1 }), {
      by: 'peer',
    });
  });

  it('ends a call to itself, too', async () => {
    const [caller] = (await startReady(router, 1)) as [RawPeer];
    caller.send(request(ANY_CLUSTER, 1));
    await caller.next(Kind.serveLocally);

    await killPeer(router, caller, 0);

    expect(router.inFlightCount).toBe(0);
  });
});
