import { EventEmitter } from 'node:events';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EventGate } from '../../../src/discord/event-gate.js';

interface Packet {
  readonly t: string;
  readonly d: object;
}

/** A client that makes of packets what discord.js does: at once, or, while it is not ready, later. */
class Client extends EventEmitter {
  readonly heard: string[] = [];
  readonly ws: { handlePacket(packet: Packet): void };
  isReady = true;
  readonly #waiting: Packet[] = [];

  constructor() {
    super();
    const ws = {
      handlePacket: (packet: Packet): void => {
        if (this.isReady) this.emit('messageCreate', (packet.d as { id: string }).id);
        else this.#waiting.push(packet);
      },
    };
    // As in discord.js, where it is the class' own method.
    this.ws = Object.create(ws) as { handlePacket(packet: Packet): void };
    this.on('messageCreate', (id: string) => this.heard.push(id));
  }

  message(id: string): void {
    const packet = { t: 'MESSAGE_CREATE', d: { id } };
    this.emit('raw', packet);
    this.ws.handlePacket(packet);
  }

  becomeReady(): void {
    this.isReady = true;
    this.emit('clientReady', this);
    for (const packet of this.#waiting.splice(0)) this.ws.handlePacket(packet);
  }
}

const MARGIN_MS = 100;
let now = 0;

function gated(): { readonly client: Client; readonly gate: EventGate } {
  const client = new Client();
  return { client, gate: new EventGate(client, () => now) };
}

beforeEach(() => {
  vi.useFakeTimers();
  now = 0;
});
afterEach(() => void vi.useRealTimers());

/** Both processes hear of it, the new one a little later. */
function tell(old: Client, next: Client, id: string): void {
  old.message(id);
  next.message(id);
}

describe('a handover of events', () => {
  it('lets the old process handle all before the switch and the new one all after it', () => {
    const [old, next] = [gated(), gated()];
    next.gate.hold();
    tell(old.client, next.client, 'before');

    old.gate.record();
    next.gate.buffer();
    tell(old.client, next.client, 'recorded');
    now = MARGIN_MS;
    tell(old.client, next.client, 'recorded later');
    const handled = old.gate.quiet();
    tell(old.client, next.client, 'in between');
    next.gate.open(handled, MARGIN_MS);
    tell(old.client, next.client, 'after');

    expect(old.client.heard).toEqual(['before', 'recorded', 'recorded later']);
    expect(next.client.heard).toEqual(['in between', 'after']);
  });

  it('drops what the old one has handled when the new one hears of it late', () => {
    const [old, next] = [gated(), gated()];
    next.gate.hold();
    old.gate.record();
    next.gate.buffer();
    now = MARGIN_MS;

    old.client.message('slow');
    next.gate.open(old.gate.quiet(), MARGIN_MS);
    next.client.message('slow');

    expect([old.client.heard, next.client.heard]).toEqual([['slow'], []]);
  });

  it('does not handle what came while the new client was not ready, though the client takes it up later', () => {
    const next = gated();
    next.gate.hold();
    next.client.isReady = false;
    next.client.message('while starting');

    next.client.becomeReady();
    next.gate.buffer();
    now = MARGIN_MS;
    next.gate.open([], MARGIN_MS);

    expect(next.client.heard).toEqual([]);
  });

  it('tells of the start of the client when it is switched to, and of its readiness to whom it concerns before', () => {
    const { client, gate } = gated();
    gate.hold();
    const told: string[] = [];
    client.on('clientReady', () => told.push('listeners'));
    gate.onceReady(() => told.push('we'));

    client.becomeReady();
    const before = [...told];
    gate.open([], 0);

    expect([before, told]).toEqual([['we'], ['we', 'listeners']]);
  });

  it('lets through what does not come from Discord', () => {
    const { client, gate } = gated();
    const heard: string[] = [];
    client.on('databaseReady', () => heard.push('own event'));
    gate.hold();

    client.emit('databaseReady');

    expect(heard).toEqual(['own event']);
  });

  it('goes on as before when it comes to nothing', () => {
    const { client, gate } = gated();
    gate.record();
    gate.quiet();
    client.message('while it was quiet');

    gate.resume();
    client.message('ours');

    expect(client.heard).toEqual(['while it was quiet', 'ours']);
  });

  it('tells of every event though a listener throws, and of what it threw later', () => {
    const [old, next] = [gated(), gated()];
    next.gate.hold();
    old.gate.record();
    next.gate.buffer();
    now = MARGIN_MS;
    const handled = old.gate.quiet();
    tell(old.client, next.client, 'one');
    tell(old.client, next.client, 'two');
    const bug = new Error('a bug of the bot');
    next.client.prependListener('messageCreate', (id: string) => {
      if (id === 'one') throw bug;
    });

    next.gate.open(handled, MARGIN_MS);

    expect(next.client.heard).toEqual(['two']);
    expect(() => vi.runAllTimers()).toThrow(bug);
  });

  it('leaves nothing of itself behind', () => {
    const { client, gate } = gated();
    gate.hold();
    gate.open([], 0);

    vi.advanceTimersByTime(5000);

    expect([Object.hasOwn(client, 'emit'), Object.hasOwn(client.ws, 'handlePacket')]).toEqual([false, false]);
    client.message('as ever');
    expect(client.heard).toEqual(['as ever']);
  });

  it('leaves alone what somebody has put before it', () => {
    const { client, gate } = gated();
    const emit = client.emit.bind(client);
    let passed = 0;
    client.emit = (event: string, ...args: unknown[]) => {
      passed += 1;
      return emit(event, ...args);
    };

    gate.resume();
    client.message('through both');

    expect([client.heard, passed]).toEqual([['through both'], 2]);
  });

  it('has each event handled once, whenever the two hear of it around the switch', () => {
    const delays = fc.array(fc.record({ old: fc.nat(90), next: fc.nat(90) }), { maxLength: 60 });
    fc.assert(
      fc.property(delays, (events) => {
        now = 0;
        const [old, next] = [gated(), gated()];
        next.gate.hold();
        const happenings: [at: number, happen: () => void][] = events.flatMap((delay, index) => [
          [index * 10 + delay.old, () => old.client.message(`${index}`)],
          [index * 10 + delay.next, () => next.client.message(`${index}`)],
        ]);
        let handled: readonly string[] = [];
        happenings.push([200, () => (old.gate.record(), next.gate.buffer())]);
        happenings.push([450, () => (handled = old.gate.quiet())]);
        happenings.push([455, () => next.gate.open(handled, MARGIN_MS)]);

        for (const [at, happen] of happenings.toSorted(([a], [b]) => a - b)) {
          now = at;
          happen();
        }

        const all = [...old.client.heard, ...next.client.heard].map(Number);
        expect(all.toSorted((a, b) => a - b)).toEqual(events.map((_, index) => index));
      }),
    );
  });
});
