/**
 * A session: what the gateway remembers of one identified shard.
 *
 * It outlives its connection, so that the shard can come back with RESUME. Events count and are kept while no bot is
 * connected. It does not know sockets, only somebody who takes frames.
 */
import type { SessionInfo } from '../events.js';
import { shardOf } from '../snowflake.js';
import { type DispatchFrame, Op, type ServerFrame } from './protocol.js';
import { ReplayBuffer } from './replay-buffer.js';

const REPLAY_CAPACITY = 1_000;

/** The connection that the session sends to. */
export interface FrameSink {
  send(frame: ServerFrame): void;
  cut(): void;
}

export interface SessionFacts {
  readonly sessionId: string;
  readonly shardId: number;
  readonly numShards: number;
  readonly intents: number;
}

export class Session {
  readonly facts: SessionFacts;
  readonly #identifiedAt = Date.now();
  readonly #replay = new ReplayBuffer(REPLAY_CAPACITY);
  #connectedAt = this.#identifiedAt;
  #sequence = 0;
  #sink: FrameSink | undefined;

  constructor(facts: SessionFacts, sink: FrameSink) {
    this.facts = facts;
    this.#sink = sink;
  }

  get info(): SessionInfo {
    return {
      ...this.facts,
      identifiedAt: this.#identifiedAt,
      connectedAt: this.#connectedAt,
      sequence: this.#sequence,
    };
  }

  get sequence(): number {
    return this.#sequence;
  }

  get isLive(): boolean {
    return this.#sink !== undefined;
  }

  serves(guildId: string): boolean {
    return shardOf(guildId, this.facts.numShards) === this.facts.shardId;
  }

  dispatch(t: string, d: unknown): void {
    this.#sequence += 1;
    const frame: DispatchFrame = { op: Op.dispatch, t, s: this.#sequence, d };
    this.#replay.push(frame);
    this.#sink?.send(frame);
  }

  missedSince(sequence: number): readonly DispatchFrame[] | undefined {
    return this.#replay.after(sequence);
  }

  /** Moves to another connection. One that is still held (the bot lost it, we did not) is cut. */
  attach(sink: FrameSink): void {
    this.#sink?.cut();
    this.#sink = sink;
    this.#connectedAt = Date.now();
  }

  detach(): void {
    this.#sink = undefined;
  }
}
