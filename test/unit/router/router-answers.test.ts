import { beforeEach, describe, expect, it } from 'vitest';
import { Router } from '../../../src/router/router.js';
import { ALL_CLUSTERS, ANY_CLUSTER } from '../../../src/wire/address.js';
import { Kind } from '../../../src/wire/frame.js';
import { attachRaw, settled } from '../../support/raw-peer.js';
import type { RawPeer } from '../../support/raw-peer.js';
import {
  becomeReady,
  die,
  limits,
  listenerMock,
  ready,
  request,
  stubLink,
  value,
} from '../../support/router-scene.js';
import type { ListenerMock } from '../../support/router-scene.js';

let router: Router;
let listener: ListenerMock;

beforeEach(() => {
  listener = listenerMock();
  router = new Router(limits, listener);
});

describe('what a process claims about itself', () => {
  it('is overwritten: the source of a request is the link it came on', async () => {
    const [caller, target] = (await ready(router, 2)) as [RawPeer, RawPeer];

    caller.send(request(1, 5, { generation: 999 }));

    expect(await target.next(Kind.request)).toMatchObject({
      peer: 0,
      generation: 1,
      text: '5',
      inlineName: 'work',
    });
  });

  it('is overwritten in events, acks and answers, too', async () => {
    const [caller, target, other] = (await ready(router, 3)) as [RawPeer, RawPeer, RawPeer];

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
    target.send(value(correlation, '1', { peer: 2, generation: 7 }));

    expect(event).toMatchObject({ peer: 0, generation: 1 });
    expect(await caller.next(Kind.ack)).toMatchObject({ peer: 1, correlation: 9 });
    expect(await caller.next(Kind.result)).toMatchObject({ peer: 1, correlation: 5, generation: 1 });
    expect(other.got(Kind.result, Kind.ack)).toEqual([]);
  });
});

describe('an answer', () => {
  it('reaches the process that asked, under its own number', async () => {
    const [caller, target] = (await ready(router, 2)) as [RawPeer, RawPeer];
    caller.send(request(1, 77));
    const { correlation } = await target.next(Kind.request);

    target.send(value(correlation, '"yes"'));
    await settled();

    expect(caller.answers()).toEqual([[Kind.result, 77, '"yes"']]);
    expect(router.flightCount).toBe(0);
  });

  it('is dropped when it comes from a process that was not asked', async () => {
    const [caller, target, stranger] = (await ready(router, 3)) as [RawPeer, RawPeer, RawPeer];
    caller.send(request(1, 77));
    const { correlation } = await target.next(Kind.request);

    stranger.send(value(correlation, '"forged"'));
    caller.send(value(correlation, '"by myself"'));
    await settled();
    target.send(value(correlation, '"true"'));
    await settled();

    expect(caller.answers()).toEqual([[Kind.result, 77, '"true"']]);
  });

  it('counts once', async () => {
    const [caller, target] = (await ready(router, 2)) as [RawPeer, RawPeer];
    caller.send(request(1, 77));
    const { correlation } = await target.next(Kind.request);

    target.send(value(correlation, '1'), value(correlation, '2'), {
      kind: Kind.rejected,
      correlation,
      body: '{}',
    });
    await settled();

    expect(caller.answers()).toEqual([[Kind.result, 77, '1']]);
  });

  it('is dropped when nobody waits any more', async () => {
    const [caller, target] = (await ready(router, 2)) as [RawPeer, RawPeer];
    caller.send(request(1, 77));
    const { correlation } = await target.next(Kind.request);

    caller.send({ kind: Kind.cancel, correlation: 77 });
    const cancel = await target.next(Kind.cancel);
    target.send(value(correlation));
    await settled();

    expect(cancel.correlation).toBe(correlation);
    expect([caller.answers(), router.flightCount]).toEqual([[], 0]);
  });

  it('is dropped when a successor of the one that was asked gives it', async () => {
    const [caller, target] = (await ready(router, 2)) as [RawPeer, RawPeer];
    caller.send(request(1, 77));
    const { correlation } = await target.next(Kind.request);
    await die(router, target, 1);

    const successor = attachRaw(router, 1, 2, limits);
    becomeReady(successor);
    successor.send(value(correlation));
    await settled();

    expect(caller.answers().map(([kind]) => kind)).toEqual([Kind.rejected]);
  });

  it('never reaches a successor of the one that asked', async () => {
    const [caller, target] = (await ready(router, 2)) as [RawPeer, RawPeer];
    caller.send(request(1, 1));
    const { correlation } = await target.next(Kind.request);
    await die(router, caller, 0);
    const successor = attachRaw(router, 0, 2, limits);
    becomeReady(successor);
    successor.send(request(1, 1, { body: '"another question"' }));
    const second = await target.next(Kind.request, 2);

    target.send(value(correlation, '"old"'), value(second.correlation, '"new"'));
    await settled();

    expect(successor.answers()).toEqual([[Kind.result, 1, '"new"']]);
  });

  it('becomes OVERLOADED for a caller that does not read', async () => {
    router.resize(2);
    const caller = stubLink();
    router.attach(0, 1, caller.link);
    caller.say({ kind: Kind.hello, body: '{"handlers":[],"events":[]}' });
    const target = attachRaw(router, 1, 1, limits);
    becomeReady(target);
    await settled();
    caller.say(request(1, 5));
    const { correlation } = await target.next(Kind.request);

    caller.full = true;
    target.send(value(correlation, JSON.stringify('x'.repeat(5000))));
    await settled();

    expect(caller.sent(Kind.result)).toEqual([]);
    expect(caller.sent(Kind.rejected)).toMatchObject([{ correlation: 5, body: '{"code":"OVERLOADED"}' }]);
  });
});

describe('the death of a process', () => {
  it('ends every call that was on its way to it, at once', async () => {
    const [caller, target, other] = (await ready(router, 3)) as [RawPeer, RawPeer, RawPeer];
    caller.send(request(1, 1), request(1, 2));
    other.send(request(1, 9));
    await target.next(Kind.request, 3);

    target.link.close();
    await settled();

    expect(caller.got(Kind.rejected).map(({ correlation }) => correlation)).toEqual([1, 2]);
    expect([...caller.refusals(), ...other.refusals()]).toEqual([
      [1, 'CLUSTER_DIED'],
      [1, 'CLUSTER_DIED'],
      [1, 'CLUSTER_DIED'],
    ]);
    expect(router.flightCount).toBe(0);
  });

  it('is told to those who work for it', async () => {
    const [caller, target] = (await ready(router, 2)) as [RawPeer, RawPeer];
    caller.send(request(1, 1), request(1, 2));
    await target.next(Kind.request, 2);
    const numbers = target.got(Kind.request).map(({ correlation }) => correlation);

    caller.link.close();
    await settled();

    expect(target.got(Kind.cancel).map(({ correlation }) => correlation)).toEqual(numbers);
    expect(router.flightCount).toBe(0);
  });

  it('counts the answers that it had already given', async () => {
    const [caller, target] = (await ready(router, 2)) as [RawPeer, RawPeer];
    caller.send(request(1, 1), request(1, 2));
    const { correlation } = await target.next(Kind.request);

    target.send(value(correlation));
    target.link.close();
    await settled();

    expect(caller.answers().map(([kind, number]) => [kind, number])).toEqual([
      [Kind.result, 1],
      [Kind.rejected, 2],
    ]);
  });

  it('is told to all others, and so is what comes next', async () => {
    const [watcher, target] = (await ready(router, 2)) as [RawPeer, RawPeer];
    const before = watcher.got(Kind.peer).length;

    await die(router, target, 1, 'stopped');

    const members = watcher.got(Kind.peer).slice(before);
    expect(members.map(({ text }) => text)).toEqual([
      '{"peers":[[1,"starting"]]}',
      '{"peers":[[1,"stopped"]]}',
    ]);
    expect(listener.linkEnd).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ id: 1 }), {
      by: 'peer',
    });
  });

  it('ends a call to itself, too, without a word to anyone', async () => {
    const [caller] = (await ready(router, 1)) as [RawPeer];
    caller.send(request(ANY_CLUSTER, 1));
    await caller.next(Kind.serveLocally);

    await die(router, caller, 0);

    expect(router.flightCount).toBe(0);
  });
});
