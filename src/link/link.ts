/**
 * Links: one end of a connection that carries frames between two processes.
 *
 * The layers above know only this interface. A link keeps order, sends the frames of one tick in few writes, and never
 * throws because of the other side: its end is an event. A new transport (a worker's port, a message broker) is a new
 * class here that passes the conformance suite in `test/unit/link/`.
 */
import type { ArrivedFrame } from '../wire/arrived-frame.js';
import type { FrameHeader } from '../wire/frame.js';
import type { Body } from '../wire/body.js';

/** Why a link ended: the other side closed or died, this side closed it, or the bytes that arrived were not frames. */
export type LinkEnd =
  { readonly by: 'peer' } | { readonly by: 'self' } | { readonly by: 'garbage'; readonly reason: string };

/** Receives what arrives on a link. */
export interface LinkListener {
  /** Bytes have arrived: the frames delivered until the next call are in them. */
  onBytes?(): void;
  /** `frame` is only valid during the call. */
  onFrame(frame: ArrivedFrame): void;
  /** A frame was ignored: its kind belongs to a later minor version of the protocol. */
  onIgnored?(): void;
  /** The link has ended. Called once, after every frame that had arrived was delivered. */
  onEnd(how: LinkEnd): void;
}

export interface LinkLimits {
  /** The longest frame that is accepted, header included, in bytes. */
  readonly maxFrameBytes: number;
  /** How many bytes may wait for the other side to read before `full` is true. */
  readonly maxQueuedBytes: number;
}

export interface Link {
  /** Delivers frames from now on. What arrived before has waited. */
  listen(listener: LinkListener): void;
  /** Queues a frame; it leaves at the end of this tick. Does nothing once the link has ended. */
  send(header: Readonly<FrameHeader>, name: string | undefined, body: Body): void;
  /** Queues what `frame` carries, an inline name included, under another header. */
  forward(header: Readonly<FrameHeader>, frame: ArrivedFrame): void;
  /** Resolves when everything queued so far was handed to the operating system, or the link has ended. */
  flushed(): Promise<void>;
  /** Whether more than `maxQueuedBytes` wait for the other side: what can be rejected should be. */
  readonly full: boolean;
  /** Bytes that are queued and not yet handed to the operating system. */
  readonly queuedBytes: number;
  readonly ended: boolean;
  /** Sends what is queued, then ends. */
  close(): void;
}
