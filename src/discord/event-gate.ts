/**
 * Event gate: decides which of two processes handles an event that both receive from Discord.
 *
 * During a handover both processes of a cluster are connected, and each gateway event reaches both: exactly one of them
 * must handle it. The gate replaces the client's `emit`. The old process records what it handles, then falls quiet; the new
 * one buffers what it receives, then handles what the old one has not. Two sessions number their events differently, so
 * events are identified by their content.
 *
 * Caches are updated all the while: only the events for the bot's listeners are held back. Outside of a handover there is
 * no gate.
 */
import type { EventEmitter } from 'node:events';
import { reportUncaught } from '../async/report-uncaught.js';

/** Milestones of a client's start: held back, too, but never dropped. */
const MILESTONES: ReadonlySet<unknown> = new Set(['ready', 'clientReady', 'shardReady']);
/** Events about the client itself, and one that discord.js itself awaits. */
const PASSED_EVENTS: ReadonlySet<unknown> = new Set([
  'debug',
  'warn',
  'error',
  'shardError',
  'guildMembersChunk',
]);
/** How long after the switch an event may still arrive that the old process has handled, in milliseconds. */
const LATE_EVENTS_MS = 5000;
/** Further events are not kept: a handover takes about a second. */
const MAX_EVENTS = 100_000;

type Emit = (event: string | symbol, ...args: unknown[]) => boolean;

/** A gateway packet, and the events that the client emits for it. */
interface Packet {
  readonly key: string;
  readonly at: number;
  /** Whether its events are emitted immediately. */
  readonly passes: boolean;
  readonly emits: Parameters<Emit>[];
}

/**
 * The method of discord.js (14.x) that is wrapped: a packet's events are emitted while it runs. A client that is not ready
 * yet keeps packets and calls it later, so an emitted event alone does not tell its packet.
 */
interface PacketHandler {
  handlePacket?: (packet?: object, ...rest: unknown[]) => unknown;
}

type Mode =
  | { readonly at: 'open' }
  /** Standby: the other process handles events. */
  | { readonly at: 'held' }
  /** Standby: events are kept, as this process may have to handle them. */
  | { readonly at: 'buffering'; readonly since: number; readonly packets: Packet[] }
  /** Handles events, and records them. */
  | { readonly at: 'recording'; readonly handled: string[] }
  /** The other process handles events now; they are kept in case the handover fails. */
  | { readonly at: 'quiet'; readonly packets: Packet[] }
  /** Handles events, unless the other process has handled them. */
  | { readonly at: 'sifting'; readonly handled: Map<string, number>; readonly timer: NodeJS.Timeout };

export class EventGate {
  readonly #client: EventEmitter;
  /** The client's `emit` before it was replaced, and whether it was an own property. */
  readonly #original: { readonly emit: unknown; readonly isOwn: boolean };
  readonly #gated: Emit = (event, ...args) => this.#onEmit(event, args);
  readonly #emit: Emit;
  readonly #now: () => number;
  #mode: Mode = { at: 'open' };
  readonly #packets = new WeakMap<object, Packet>();
  /** The packet that is being handled: events emitted in the same stack belong to it. */
  #packet: Packet | undefined;
  #milestones: Parameters<Emit>[] = [];
  #unwrapHandler = (): void => {};
  readonly #readyCallbacks: (() => void)[] = [];

  constructor(client: EventEmitter, now = () => performance.now()) {
    this.#client = client;
    this.#original = { emit: Reflect.get(client, 'emit'), isOwn: Object.hasOwn(client, 'emit') };
    this.#emit = client.emit.bind(client) as Emit;
    this.#now = now;
    client.emit = this.#gated;
    this.#wrapHandler();
  }

  /** Leaves events to the other process until `buffer` or `open`. */
  hold(): void {
    this.#mode = { at: 'held' };
  }

  /** Calls back when the client is ready, even while its events are held back. */
  onceReady(callback: () => void): void {
    this.#readyCallbacks.push(callback);
  }

  /** Keeps events from now on, as this process may have to handle them. */
  buffer(): void {
    if (this.#mode.at === 'held') this.#mode = { at: 'buffering', since: this.#now(), packets: [] };
  }

  /** Handles events as before, but records them. */
  record(): void {
    this.#mode = { at: 'recording', handled: [] };
  }

  /** Leaves events to the other process, unless `resume` follows. Returns the events handled since `record`. */
  quiet(): readonly string[] {
    const handled = this.#mode.at === 'recording' ? this.#mode.handled : [];
    this.#mode = { at: 'quiet', packets: [] };
    return handled;
  }

  /** Undoes a failed handover: handles events again, and emits those that were kept while quiet. */
  resume(): void {
    const mode = this.#mode;
    this.#remove();
    if (mode.at === 'quiet') for (const { emits } of mode.packets) this.#emitAll(emits);
  }

  /**
   * Takes over: handles events from now on, and kept events that the other process has not handled.
   *
   * @param handled - Events that the other process has handled since its `record`.
   * @param marginMs - How long after `buffer` the other process may have handled events that it did not record.
   */
  open(handled: readonly string[], marginMs: number): void {
    const mode = this.#mode;
    const counts = countOf(handled);
    const timer = setTimeout(() => this.#remove(), LATE_EVENTS_MS);
    timer.unref();
    this.#mode = { at: 'sifting', handled: counts, timer };
    const milestones = this.#milestones;
    this.#milestones = [];
    this.#emitAll(milestones);
    if (mode.at !== 'buffering') return;
    for (const { key, at, emits } of mode.packets) {
      if (removeOne(counts, key) || at < mode.since + marginMs) continue;
      this.#emitAll(emits);
    }
  }

  /** An error of a listener is thrown one turn later, uncaught, so that the remaining events are emitted. */
  #emitAll(emits: readonly Parameters<Emit>[]): void {
    for (const args of emits) {
      try {
        this.#emit(...args);
      } catch (error) {
        reportUncaught(error);
      }
    }
  }

  #onEmit(event: string | symbol, args: unknown[]): boolean {
    if (event === 'clientReady') for (const callback of this.#readyCallbacks.splice(0)) callback();
    const holds = this.#mode.at === 'held' || this.#mode.at === 'buffering';
    if (holds && MILESTONES.has(event)) {
      this.#milestones.push([event, ...args]);
      return this.#client.listenerCount(event) > 0;
    }
    const packet = event === 'raw' ? this.#onPacket(args[0] as object) : this.#packet;
    if (packet === undefined || packet.passes || PASSED_EVENTS.has(event)) return this.#emit(event, ...args);
    packet.emits.push([event, ...args]);
    return this.#client.listenerCount(event) > 0;
  }

  /** Decides on arrival which process handles a packet, whenever the client gets to it. */
  #onPacket(data: object): Packet {
    const key = keyOf(data);
    const packet: Packet = { key, at: this.#now(), passes: this.#shouldPass(key), emits: [] };
    const mode = this.#mode;
    if ((mode.at === 'buffering' || mode.at === 'quiet') && mode.packets.length < MAX_EVENTS)
      mode.packets.push(packet);
    this.#packets.set(data, packet);
    return packet;
  }

  #shouldPass(key: string): boolean {
    const mode = this.#mode;
    switch (mode.at) {
      case 'open':
        return true;
      case 'held':
      case 'quiet':
      case 'buffering':
        return false;
      case 'recording':
        if (mode.handled.length < MAX_EVENTS) mode.handled.push(key);
        return true;
      case 'sifting':
        return !removeOne(mode.handled, key);
    }
  }

  /** A client without a gateway (a stub) gets no packets, so all its events pass. */
  #wrapHandler(): void {
    const { ws } = this.#client as { readonly ws?: PacketHandler | null };
    const handle = ws?.handlePacket;
    if (ws === undefined || ws === null || handle === undefined) return;
    const wrapped = (packet?: object, ...rest: unknown[]): unknown => {
      const before = this.#packet;
      this.#packet = packet && this.#packets.get(packet);
      try {
        return Reflect.apply(handle, ws, [packet, ...rest]);
      } finally {
        this.#packet = before;
      }
    };
    ws.handlePacket = wrapped;
    this.#unwrapHandler = () => {
      if (ws.handlePacket === wrapped) delete ws.handlePacket;
    };
  }

  /** Restores the client. */
  #remove(): void {
    if (this.#mode.at === 'sifting') clearTimeout(this.#mode.timer);
    this.#mode = { at: 'open' };
    this.#unwrapHandler();
    const client = this.#client as { emit?: unknown };
    // If `emit` was replaced once more, that replacement stays, and the gate lets everything pass.
    if (client.emit !== this.#gated) return;
    if (this.#original.isOwn) client.emit = this.#original.emit;
    else delete client.emit;
  }
}

function countOf(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Returns whether there was one left. */
function removeOne(counts: Map<string, number>, key: string): boolean {
  const count = counts.get(key) ?? 0;
  if (count === 0) return false;
  if (count === 1) counts.delete(key);
  else counts.set(key, count - 1);
  return true;
}

/** Events that happen once per id are identified by it: their other fields may differ between two sessions. */
const IDENTIFIED_BY_ID: ReadonlySet<unknown> = new Set(['MESSAGE_CREATE', 'INTERACTION_CREATE']);
const KEY_LENGTH = 20;

function keyOf(packet: unknown): string {
  const { t, d } = packet as { readonly t?: unknown; readonly d?: { readonly id?: unknown } | null };
  const content = IDENTIFIED_BY_ID.has(t) && typeof d?.id === 'string' ? d.id : JSON.stringify(d);
  // Not imported statically: its 1.3 MB are needed only in a handover.
  const { createHash } = process.getBuiltinModule('node:crypto');
  return createHash('sha1')
    .update(`${String(t)}:${content}`)
    .digest('base64')
    .slice(0, KEY_LENGTH);
}
