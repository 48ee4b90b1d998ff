/**
 * Event gate: which of two processes handles what both hear from Discord.
 *
 * When one process of a cluster hands over to the next, both are connected, and each event of the gateway reaches
 * both: it must be handled by one of them. The gate stands in front of a client's own `emit`. The old process notes
 * what it handles, then falls quiet; the new one keeps what it hears, then handles what the old one has not. Two
 * sessions number their events differently, so events are told by what they say.
 *
 * Caches are filled all the while: only what the bot's listeners would be told is held back. In normal operation
 * nothing of this is there.
 */
import type { EventEmitter } from 'node:events';
import { reportUncaught } from '../async/report-uncaught.js';

/** Milestones of a client's start: held back too, but never lost. */
const MILESTONES: ReadonlySet<unknown> = new Set(['ready', 'clientReady', 'shardReady']);
/** What a client says of itself, and what discord.js itself waits for. */
const NOT_FOR_BOTS: ReadonlySet<unknown> = new Set([
  'debug',
  'warn',
  'error',
  'shardError',
  'guildMembersChunk',
]);
/** How long after the switch an event may still come that the old process has handled, in milliseconds. */
const STRAGGLERS_MS = 5000;
/** More is not kept: a handover takes about a second. */
const MOST_EVENTS = 100_000;

type Emit = (event: string | symbol, ...args: unknown[]) => boolean;

/** A packet of the gateway, and what the client made of it for its listeners. */
interface Heard {
  readonly key: string;
  readonly at: number;
  /** Whether the listeners hear of it as it comes. */
  readonly passes: boolean;
  readonly emits: Parameters<Emit>[];
}

/**
 * What is wrapped of discord.js (14.x): everything that a packet leads to is emitted while this runs. A client that
 * is not ready yet keeps packets and runs it later, so the emits alone do not tell which packet they come from.
 */
interface PacketHandler {
  handlePacket?: (packet?: object, ...rest: unknown[]) => unknown;
}

type Mode =
  | { readonly at: 'open' }
  /** Stands by: what comes is the other's. */
  | { readonly at: 'held' }
  /** Stands by, and may have to handle what comes. */
  | { readonly at: 'buffering'; readonly since: number; readonly heard: Heard[] }
  /** Handles what comes, and notes it. */
  | { readonly at: 'recording'; readonly handled: string[] }
  /** What comes is the other's now. */
  | { readonly at: 'quiet'; readonly heard: Heard[] }
  /** Handles what comes, unless the other has. */
  | { readonly at: 'sifting'; readonly handled: Map<string, number>; readonly timer: NodeJS.Timeout };

export class EventGate {
  readonly #client: EventEmitter;
  /** The client's `emit` as it was, and whether it was the client's own. */
  readonly #before: { readonly emit: unknown; readonly isOwn: boolean };
  readonly #gated: Emit = (event, ...args) => this.#emitted(event, args);
  readonly #emit: Emit;
  readonly #now: () => number;
  #mode: Mode = { at: 'open' };
  readonly #packets = new WeakMap<object, Heard>();
  /** The packet that is being handled: what is emitted in the same stack comes of it. */
  #packet: Heard | undefined;
  #milestones: Parameters<Emit>[] = [];
  #unwrapHandler = (): void => {};
  readonly #readyCallbacks: (() => void)[] = [];

  constructor(client: EventEmitter, now = () => performance.now()) {
    this.#client = client;
    this.#before = { emit: Reflect.get(client, 'emit'), isOwn: Object.hasOwn(client, 'emit') };
    this.#emit = client.emit.bind(client) as Emit;
    this.#now = now;
    client.emit = this.#gated;
    this.#wrapHandler();
  }

  /** What comes is another process' until further notice. */
  hold(): void {
    this.#mode = { at: 'held' };
  }

  /** Calls back when the client is ready, also while its listeners are not told. */
  onceReady(callback: () => void): void {
    this.#readyCallbacks.push(callback);
  }

  /** What comes from now on may be ours. */
  buffer(): void {
    if (this.#mode.at === 'held') this.#mode = { at: 'buffering', since: this.#now(), heard: [] };
  }

  /** What comes is still ours, but noted. */
  record(): void {
    this.#mode = { at: 'recording', handled: [] };
  }

  /** What comes from now on is another process', unless it comes to nothing. Gives what was handled since `record`. */
  quiet(): readonly string[] {
    const handled = this.#mode.at === 'recording' ? this.#mode.handled : [];
    this.#mode = { at: 'quiet', heard: [] };
    return handled;
  }

  /** It comes to nothing: what comes is ours, as before, and so is what came while we were quiet. */
  resume(): void {
    const mode = this.#mode;
    this.#remove();
    if (mode.at === 'quiet') for (const { emits } of mode.heard) this.#catchUp(emits);
  }

  /**
   * What comes from now on is ours, and so is what has come and the other has not handled.
   *
   * @param handled - By the other, since it was told to record.
   * @param marginMs - For how long after `buffer` the other may have handled what it did not record.
   */
  open(handled: readonly string[], marginMs: number): void {
    const mode = this.#mode;
    const counts = countOf(handled);
    const timer = setTimeout(() => this.#remove(), STRAGGLERS_MS);
    timer.unref();
    this.#mode = { at: 'sifting', handled: counts, timer };
    const milestones = this.#milestones;
    this.#milestones = [];
    this.#catchUp(milestones);
    if (mode.at !== 'buffering') return;
    for (const { key, at, emits } of mode.heard) {
      if (takeOne(counts, key) || at < mode.since + marginMs) continue;
      this.#catchUp(emits);
    }
  }

  /** A listener that throws must not keep the rest from being told, so its error is uncaught one turn later. */
  #catchUp(emits: readonly Parameters<Emit>[]): void {
    for (const args of emits) {
      try {
        this.#emit(...args);
      } catch (error) {
        reportUncaught(error);
      }
    }
  }

  #emitted(event: string | symbol, args: unknown[]): boolean {
    if (event === 'clientReady') for (const callback of this.#readyCallbacks.splice(0)) callback();
    const holds = this.#mode.at === 'held' || this.#mode.at === 'buffering';
    if (holds && MILESTONES.has(event)) {
      this.#milestones.push([event, ...args]);
      return this.#client.listenerCount(event) > 0;
    }
    const packet = event === 'raw' ? this.#hear(args[0] as object) : this.#packet;
    if (packet === undefined || packet.passes || NOT_FOR_BOTS.has(event)) return this.#emit(event, ...args);
    packet.emits.push([event, ...args]);
    return this.#client.listenerCount(event) > 0;
  }

  /** A packet has come. Whose it is is decided now, whenever the client handles it. */
  #hear(data: object): Heard {
    const key = keyOf(data);
    const heard: Heard = { key, at: this.#now(), passes: this.#isOurs(key), emits: [] };
    const mode = this.#mode;
    if ((mode.at === 'buffering' || mode.at === 'quiet') && mode.heard.length < MOST_EVENTS)
      mode.heard.push(heard);
    this.#packets.set(data, heard);
    return heard;
  }

  #isOurs(key: string): boolean {
    const mode = this.#mode;
    switch (mode.at) {
      case 'open':
        return true;
      case 'held':
      case 'quiet':
      case 'buffering':
        return false;
      case 'recording':
        if (mode.handled.length < MOST_EVENTS) mode.handled.push(key);
        return true;
      case 'sifting':
        return !takeOne(mode.handled, key);
    }
  }

  /** A client without a gateway (a stub) hears nothing of Discord: its events are its own. */
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

  /** The client is as it was. */
  #remove(): void {
    if (this.#mode.at === 'sifting') clearTimeout(this.#mode.timer);
    this.#mode = { at: 'open' };
    this.#unwrapHandler();
    const client = this.#client as { emit?: unknown };
    // Where somebody has put one of theirs before ours, it stays, and ours lets everything through.
    if (client.emit !== this.#gated) return;
    if (this.#before.isOwn) client.emit = this.#before.emit;
    else delete client.emit;
  }
}

function countOf(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Whether there was one left. */
function takeOne(counts: Map<string, number>, key: string): boolean {
  const count = counts.get(key) ?? 0;
  if (count === 0) return false;
  if (count === 1) counts.delete(key);
  else counts.set(key, count - 1);
  return true;
}

/** Things that are made once are told by their id; in the rest of what they say, two sessions might differ. */
const MADE_ONCE: ReadonlySet<unknown> = new Set(['MESSAGE_CREATE', 'INTERACTION_CREATE']);
const KEY_LENGTH = 20;

function keyOf(packet: unknown): string {
  const { t, d } = packet as { readonly t?: unknown; readonly d?: { readonly id?: unknown } | null };
  const says = MADE_ONCE.has(t) && typeof d?.id === 'string' ? d.id : JSON.stringify(d);
  // Not imported: its 1.3 MB are for those who hand over.
  const { createHash } = process.getBuiltinModule('node:crypto');
  return createHash('sha1')
    .update(`${String(t)}:${says}`)
    .digest('base64')
    .slice(0, KEY_LENGTH);
}
