import { beforeEach, describe, expect, it } from 'vitest';
import { Router } from '../../../src/router/router.js';
import { ALL_CLUSTERS } from '../../../src/wire/address.js';
import { Kind } from '../../../src/wire/frame.js';
import { attachRaw, attachRawManager, settled } from '../../support/raw-peer.js';
import type { RawPeer } from '../../support/raw-peer.js';
import {
  becomeReady,
  killPeer,
  limits,
  listenerMock,
  startReady,
  stubLink,
} from '../../support/router-fixture.js';
import type { ListenerMock } from '../../support/router-fixture.js';

let router: Router;
let listener: ListenerMock;

beforeEach(() => {
  listener = listenerMock();
  router = new Router(limits, listener);
});

describe('an event', () => {
  it('goes to all other clusters and to the manager, never back', async () => {
    const manager = attachRawManager(router, limits);
    manager.hello();
    const peers = await startReady(router, 3);

    peers[1]?.send({ kind: Kind.event, peer: ALL_CLUSTERS, inlineName: 'news', body: '1' });
    await settled();

    expect([...peers, manager].map((peer) => peer.got(Kind.event).length)).toEqual([1, 0, 1, 1]);
    expect(manager.got(Kind.event)).toMatchObject([{ peer: 1, inlineName: 'news', text: '1' }]);
  });

  it('for one cluster goes to that one', async () => {
    const peers = await startReady(router, 3);

    peers[0]?.send({ kind: Kind.event, peer: 2, inlineName: 'news' });
    await settled();

    expect(peers.map((peer) => peer.got(Kind.event).length)).toEqual([0, 0, 1]);
  });

  it.each([-2, -9, 3, 77])('for %d, an id that no cluster has, goes nowhere', async (target) => {
    const peers = await startReady(router, 2);

    peers[0]?.send({ kind: Kind.event, peer: target, inlineName: 'news' });
    await settled();

    expect(peers.map((peer) => [peer.got(Kind.event).length, peer.ends.length])).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('does not reach a cluster that is not up', async () => {
    const [sender, target] = (await startReady(router, 2)) as [RawPeer, RawPeer];
    await killPeer(router, target, 1);
    const replacement = attachRaw(router, 1, 2, limits);

    sender.send({ kind: Kind.event, peer: ALL_CLUSTERS, inlineName: 'news' });
    await settled();

    expect(replacement.got(Kind.event)).toEqual([]);
  });

  it('is dropped for a receiver that does not read, and that is reported', async () => {
    router.resize(3);
    const sender = attachRaw(router, 0, 1, limits);
    const reader = attachRaw(router, 2, 1, limits);
    becomeReady(reader);
    const stuck = stubLink();
    router.attach(1, 1, stuck.link);
    stuck.deliver({ kind: Kind.hello, body: '{"protocol":{"major":1,"minor":0},"handlers":[],"events":[]}' });
    await settled();
    stuck.full = true;

    sender.send({ kind: Kind.event, peer: ALL_CLUSTERS, inlineName: 'news' });
    await reader.next(Kind.event);

    expect(stuck.sent(Kind.event)).toEqual([]);
    expect(listener.onEventDropped).toHaveBeenCalledExactlyOnceWith(1, 'news');
  });

  it('is acknowledged only to the process that sent it, never to its replacement', async () => {
    const [sender, receiver] = (await startReady(router, 2)) as [RawPeer, RawPeer];
    sender.send({ kind: Kind.event, peer: ALL_CLUSTERS, correlation: 1, inlineName: 'news' });
    const event = await receiver.next(Kind.event);
    await killPeer(router, sender, 0);
    const replacement = attachRaw(router, 0, 2, limits);
    becomeReady(replacement);

    receiver.send({ kind: Kind.ack, peer: event.peer, correlation: 1, generation: event.generation });
    await settled();

    expect(replacement.got(Kind.ack)).toEqual([]);
  });

  it('is never acknowledged by the manager', async () => {
    const manager = attachRawManager(router, limits);
    const [sender] = (await startReady(router, 1)) as [RawPeer];
    sender.send({ kind: Kind.event, peer: ALL_CLUSTERS, correlation: 1, inlineName: 'news' });
    const event = await manager.next(Kind.event);

    manager.send({ kind: Kind.ack, peer: event.peer, correlation: 1, generation: event.generation });
    await settled();

    expect(sender.got(Kind.ack)).toEqual([]);
  });
});
