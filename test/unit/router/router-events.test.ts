import { beforeEach, describe, expect, it } from 'vitest';
import { Router } from '../../../src/router/router.js';
import { ALL_CLUSTERS } from '../../../src/wire/address.js';
import { Kind } from '../../../src/wire/frame.js';
import { attachRaw, attachRawManager, settled } from '../../support/raw-peer.js';
import type { RawPeer } from '../../support/raw-peer.js';
import { becomeReady, die, limits, listenerMock, ready, stubLink } from '../../support/router-scene.js';
import type { ListenerMock } from '../../support/router-scene.js';

let router: Router;
let listener: ListenerMock;

beforeEach(() => {
  listener = listenerMock();
  router = new Router(limits, listener);
});

describe('an event', () => {
  it('goes to all others and to the manager, never back', async () => {
    const manager = attachRawManager(router, limits);
    manager.hello();
    const peers = await ready(router, 3);

    peers[1]?.send({ kind: Kind.event, peer: ALL_CLUSTERS, inlineName: 'news', body: '1' });
    await settled();

    expect([...peers, manager].map((peer) => peer.got(Kind.event).length)).toEqual([1, 0, 1, 1]);
    expect(manager.got(Kind.event)).toMatchObject([{ peer: 1, inlineName: 'news', text: '1' }]);
  });

  it('for one goes to that one', async () => {
    const peers = await ready(router, 3);

    peers[0]?.send({ kind: Kind.event, peer: 2, inlineName: 'news' });
    await settled();

    expect(peers.map((peer) => peer.got(Kind.event).length)).toEqual([0, 0, 1]);
  });

  it.each([-2, -9, 3, 77])('for %d, whom nobody is, goes nowhere', async (target) => {
    const peers = await ready(router, 2);

    peers[0]?.send({ kind: Kind.event, peer: target, inlineName: 'news' });
    await settled();

    expect(peers.map((peer) => [peer.got(Kind.event).length, peer.ends.length])).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('does not reach one that is not up', async () => {
    const [sender, target] = (await ready(router, 2)) as [RawPeer, RawPeer];
    await die(router, target, 1);
    const successor = attachRaw(router, 1, 2, limits);

    sender.send({ kind: Kind.event, peer: ALL_CLUSTERS, inlineName: 'news' });
    await settled();

    expect(successor.got(Kind.event)).toEqual([]);
  });

  it('is dropped for a receiver that does not read, and the manager hears of it', async () => {
    router.resize(3);
    const sender = attachRaw(router, 0, 1, limits);
    const reader = attachRaw(router, 2, 1, limits);
    becomeReady(reader);
    const stuck = stubLink();
    router.attach(1, 1, stuck.link);
    stuck.say({ kind: Kind.hello, body: '{"handlers":[],"events":[]}' });
    await settled();
    stuck.full = true;

    sender.send({ kind: Kind.event, peer: ALL_CLUSTERS, inlineName: 'news' });
    await reader.next(Kind.event);

    expect(stuck.sent(Kind.event)).toEqual([]);
    expect(listener.eventDropped).toHaveBeenCalledExactlyOnceWith(1, 'news');
  });

  it('is acknowledged only to the process that sent it, never to its successor', async () => {
    const [sender, receiver] = (await ready(router, 2)) as [RawPeer, RawPeer];
    sender.send({ kind: Kind.event, peer: ALL_CLUSTERS, correlation: 1, inlineName: 'news' });
    const event = await receiver.next(Kind.event);
    await die(router, sender, 0);
    const successor = attachRaw(router, 0, 2, limits);
    becomeReady(successor);

    receiver.send({ kind: Kind.ack, peer: event.peer, correlation: 1, generation: event.generation });
    await settled();

    expect(successor.got(Kind.ack)).toEqual([]);
  });

  it('is never acknowledged by the manager', async () => {
    const manager = attachRawManager(router, limits);
    const [sender] = (await ready(router, 1)) as [RawPeer];
    sender.send({ kind: Kind.event, peer: ALL_CLUSTERS, correlation: 1, inlineName: 'news' });
    const event = await manager.next(Kind.event);

    manager.send({ kind: Kind.ack, peer: event.peer, correlation: 1, generation: event.generation });
    await settled();

    expect(sender.got(Kind.ack)).toEqual([]);
  });
});
