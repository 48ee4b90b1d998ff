/**
 * Links: one end of something that carries frames between two processes.
 *
 * The rooms above know only this. A link keeps order, sends the frames of one tick in one write, and never
 * throws for what the other side does: its end is an event. A new way to travel (a worker's port, a message
 * broker) is a new class here that passes the conformance suite in `test/unit/link/`.
 */
import type { ArrivedFrame } from '../wire/arrived-frame.js';
import type { FrameHeader } from '../wire/frame.js';
import type { Body } from '../wire/body.js';

/** Why a link ended: the other side closed or died, this side closed it, or what came was not frames. */
export type LinkEnd =
  { readonly by: 'peer' } | { readonly by: 'self' } | { readonly by: 'garbage'; readonly reason: string };

/** What comes in. */
export interface LinkListener {
  /** Bytes have come: what is delivered until the next time came with them. */
  onBytes?(): void;
  /** `frame` is only valid during the call. */
  onFrame(frame: ArrivedFrame): void;
  /** A frame was ignored: its kind belongs to a later minor version of the protocol. */
  onIgnored?(): void;
  /** Called once. Every frame that had arrived before has been delivered. */
  onEnd(how: LinkEnd): void;
}

export interface LinkLimits {
  /** The longest frame that is accepted, header included, in bytes. */
  readonly maxFrameBytes: number;
  /** How much may wait for the other side to read before `full` is true, in bytes. */
  readonly maxQueuedBytes: number;
}

export interface Link {
  /** Takes in frames from now on. What came before waits. */
  listen(listener: LinkListener): void;
  /** Queues a frame; it leaves at the end of this tick. Does nothing once the link has ended. */
  send(header: Readonly<FrameHeader>, name: string | undefined, body: Body): void;
  /** Queues what `frame` carries, under another header. */
  forward(header: Readonly<FrameHeader>, frame: ArrivedFrame): void;
  /** Resolves when all that is queued now was handed to the operating system, or the link has ended. */
  flushed(): Promise<void>;
  /** More waits for the other side than `maxQueuedBytes`: what can be refused should be. */
  readonly full: boolean;
  /** Bytes queued and not yet handed to the operating system. */
  readonly queuedBytes: number;
  readonly ended: boolean;
  /** Sends what is queued, then ends. */
  close(): void;
}
