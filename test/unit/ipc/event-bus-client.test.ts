import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Directory } from '../../../src/ipc/directory.js';
import { EventBusClient } from '../../../src/ipc/events/event-bus-client.js';
import { EventChannel } from '../../../src/ipc/events/event-channel.js';
import { resolveLimits } from '../../../src/limits.js';
import { ManagerConnection } from '../../../src/ipc/connection.js';
import { jsonCodecs } from '../../../src/ipc/values/value-codec.js';
import { turn } from '../../support/turns.js';

const warning = vi.spyOn(process, 'emitWarning');
const onFirstListener = vi.fn<(event: string) => void>();
let bus: EventBusClient;
let channel: EventChannel;

beforeEach(() => {
  warning.mockReset().mockImplementation(() => {});
  onFirstListener.mockReset();
  const connection = new ManagerConnection(undefined, resolveLimits());
  channel = new EventChannel({
    selfId: 0,
    connection,
    directory: new Directory(1, { ofGuild: () => 0, ofShard: () => 0 }),
    codec: jsonCodecs.data,
  });
  bus = EventBusClient.create(channel, onFirstListener);
});
afterEach(() => bus.removeAllListeners());

function arrive(name: string, body: string | undefined = '1', sourceCluster = 5): void {
  void channel.receive({ name, body, rowFingerprint: undefined }, sourceCluster);
}

/** A listener, and what it was called with. */
function listener(behave?: () => unknown) {
  return vi.fn<(data: unknown, sourceCluster: number) => unknown>(() => behave?.());
}

function throwing(error: unknown): () => never {
  return () => {
    throw error;
  };
}

describe('an event that arrives', () => {
  it('calls the listeners in order, with the data and its source', () => {
    const calls: string[] = [];
    bus.on('news', (data, source) => calls.push(`first ${JSON.stringify(data)} ${String(source)}`));
    bus.prependListener('news', () => calls.push('in front'));
    bus.addListener('news', () => calls.push('last'));

    arrive('news', '{"a":1}');

    expect(calls).toEqual(['in front', 'first {"a":1} 5', 'last']);
  });

  it('carries undefined where nothing was sent', () => {
    const heard = listener();
    bus.on('news', heard);

    void channel.receive({ name: 'news', body: undefined, rowFingerprint: undefined }, 0);

    expect(heard.mock.calls).toEqual([[undefined, 0]]);
  });

  it('calls a listener that wants it once, once', () => {
    const once = listener();
    const prepended = listener();
    bus.once('news', once);
    bus.prependOnceListener('news', prepended);

    arrive('news');
    arrive('news');

    expect([once, prepended].map(({ mock }) => mock.calls)).toEqual([[[1, 5]], [[1, 5]]]);
  });

  it('does not call a listener that was taken off', () => {
    const off = listener();
    const removed = listener();
    bus.on('news', off).on('news', removed);
    bus.off('news', off).removeListener('news', removed);

    arrive('news');

    expect([off.mock.calls, removed.mock.calls]).toEqual([[], []]);
  });

  it('calls the listeners that were there when it came, though one takes off another', () => {
    const second = listener();
    bus.on('news', () => bus.off('news', second));
    bus.on('news', second);

    arrive('news');

    expect(second).toHaveBeenCalledOnce();
  });

  it.each(['error', 'newListener', 'removeListener', '__proto__', 'constructor', ''])(
    'may be called %j',
    (name) => {
      const heard = listener();
      bus.on(name, heard);
      heard.mockClear();

      arrive(name, '"data"', 2);

      expect(heard.mock.calls).toEqual([['data', 2]]);
    },
  );

  it('called `error` breaks nothing without listeners', () => {
    expect(() => arrive('error')).not.toThrow();
  });

  it.each(['newListener', 'removeListener', 'listenerError'])(
    'called %s means nothing to Node or to the bus',
    (name) => {
      arrive(name);

      expect(warning).not.toHaveBeenCalled();
    },
  );
});

describe('a listener that fails', () => {
  it('does not keep the next from being called, and is reported with event and source', () => {
    const failure = new Error('first');
    const next = listener();
    const report = vi.fn<(error: unknown, event: string, source: number) => void>();
    bus.on('listenerError', report);
    bus.on('news', throwing(failure)).on('news', next);

    arrive('news');

    expect(next).toHaveBeenCalledOnce();
    expect(report.mock.calls).toEqual([[failure, 'news', 5]]);
    expect(warning).not.toHaveBeenCalled();
  });

  it('by a promise is reported, too', async () => {
    const failure = new Error('later');
    const report = listener();
    bus.on('listenerError', report);
    bus.on('news', () => Promise.reject(failure));

    arrive('news');
    await turn();

    expect(report.mock.calls).toEqual([[failure, 'news', 5]]);
  });

  it('is a process warning when `listenerError` has no listener', () => {
    bus.on('news', throwing(new TypeError('look here')));

    arrive('news');

    expect(warning).toHaveBeenCalledExactlyOnceWith(
      expect.stringContaining("'news' failed: TypeError: look here"),
      {
        type: 'ShardwireWarning',
        code: 'listenerError',
      },
    );
  });

  it.each([
    ['undefined', () => undefined],
    ['a text', () => 'text'],
    ['an object that has no text', () => Object.create(null) as unknown],
    ['a proxy that throws at every touch', revoked],
  ])('may throw %s', (_what, makeThrown) => {
    const next = listener();
    bus.on('news', throwing(makeThrown())).on('news', next);

    expect(() => arrive('news')).not.toThrow();

    expect(next).toHaveBeenCalledOnce();
    expect(warning).toHaveBeenCalledOnce();
  });

  it('may be the one that listens for failures: it ends in a warning, not in a loop', () => {
    const next = listener();
    bus.on('listenerError', throwing(new Error('also broken'))).on('listenerError', next);
    bus.on('news', throwing(new Error('broken')));

    arrive('news');

    expect(next).toHaveBeenCalledOnce();
    expect(warning).toHaveBeenCalledExactlyOnceWith(
      expect.stringContaining('also broken'),
      expect.anything(),
    );
  });

  it('may be the one that listens for failures, by a promise', async () => {
    bus.on('listenerError', () => Promise.reject(new Error('also broken')));
    bus.on('news', throwing(new Error('broken')));

    arrive('news');
    await turn();

    expect(warning).toHaveBeenCalledExactlyOnceWith(
      expect.stringContaining('also broken'),
      expect.anything(),
    );
  });

  it('of an event called `listenerError` from elsewhere ends in a warning, too', () => {
    bus.on('listenerError', throwing(new Error('broken')));

    arrive('listenerError');

    expect(warning).toHaveBeenCalledOnce();
  });
});

describe('data that cannot be read', () => {
  it('is reported and calls no listener', () => {
    const report = listener();
    const heard = listener();
    bus.on('listenerError', report);
    bus.on('news', heard);

    arrive('news', '{');

    expect(heard).not.toHaveBeenCalled();
    expect(report.mock.calls).toMatchObject([[{ code: 'INVALID_PAYLOAD', handler: 'news' }, 'news', 5]]);
  });
});

describe('the first listener of an event', () => {
  it.each(['on', 'addListener', 'once', 'prependListener', 'prependOnceListener'] as const)(
    'makes the event known when it is added with %s',
    (verb) => {
      bus[verb]('news', listener());
      bus[verb]('news', listener());

      expect(new Set(onFirstListener.mock.calls.flat())).toEqual(new Set(['news']));
    },
  );

  it('makes it known once', () => {
    bus.once('news', listener());
    bus.on('news', listener());
    bus.prependOnceListener('other', listener());

    expect(onFirstListener.mock.calls).toEqual([['news'], ['other']]);
  });

  it('of a symbol stays in this process', () => {
    bus.on(Symbol('local'), listener());

    expect(onFirstListener).not.toHaveBeenCalled();
  });
});

describe('a cluster without a manager', () => {
  it('may broadcast into the void', async () => {
    await expect(bus.broadcast('news', 1)).resolves.toBeUndefined();
    await expect(bus.broadcastAndWait('news', 1)).resolves.toBe(0);
  });

  it('gets what it sends to itself, later and as it would arrive from elsewhere', async () => {
    const heard = listener();
    bus.on('news', heard);
    const data = { at: new Date(0) };

    await bus.emitTo(0, 'news', data);
    const before = heard.mock.calls.length;
    await turn();

    expect(before).toBe(0);
    expect(heard.mock.calls).toEqual([[{ at: '1970-01-01T00:00:00.000Z' }, 0]]);
  });

  it.each([
    [1, 'CLUSTER_NOT_FOUND'],
    [-2, 'CLUSTER_NOT_FOUND'],
    [-3, 'CLUSTER_NOT_FOUND'],
    [0.5, 'CLUSTER_NOT_FOUND'],
    [Number.NaN, 'CLUSTER_NOT_FOUND'],
    [-1, 'CLUSTER_UNAVAILABLE'],
  ])('cannot tell %d anything', async (target, code) => {
    await expect(bus.emitTo(target, 'news')).rejects.toMatchObject({ code, handler: 'news' });
  });

  it.each([undefined, 5, null])('refuses %j for the name of an event', async (name) => {
    await expect(bus.broadcast(name as unknown as string)).rejects.toThrow(TypeError);
  });

  it.each([
    [0, 1],
    [1000, -1],
    [1000, 1.5],
    [Number.NaN, 0],
  ])('refuses a timeout of %d with %d expected', async (timeout, expected) => {
    await expect(bus.broadcastAndWait('news', 1, timeout, expected)).rejects.toThrow(RangeError);
  });
});

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
