/**
 * Byte link: the base of all links that carry bytes.
 *
 * Queues frames, reads frames out of the bytes that arrive, and ends once. A subclass adds how bytes are carried, and
 * what to release at the end.
 */
import type { ArrivedFrame } from '../wire/arrived-frame.js';
import { FrameReader } from '../wire/frame-reader.js';
import type { Body } from '../wire/body.js';
import type { FrameHeader } from '../wire/frame.js';
import { reportUncaught } from '../async/report-uncaught.js';
import type { Link, LinkEnd, LinkLimits, LinkListener } from './link.js';
import { OutQueue } from './out-queue.js';

export abstract class ByteLink implements Link {
  readonly #limits: LinkLimits;
  readonly #out = new OutQueue((bytes, done) => this.carry(bytes, done));
  #reader: FrameReader | undefined;
  #listener: LinkListener | undefined;
  #end: LinkEnd | undefined;

  constructor(limits: LinkLimits) {
    this.#limits = limits;
  }

  get ended(): boolean {
    return this.#end !== undefined;
  }

  get queuedBytes(): number {
    return this.#out.queuedBytes;
  }

  get full(): boolean {
    return this.#out.queuedBytes > this.#limits.maxQueuedBytes;
  }

  listen(listener: LinkListener): void {
    this.#listener = listener;
    const ended = this.#end;
    if (ended !== undefined) {
      // The link ended before it had a listener.
      queueMicrotask(() => listener.onEnd(ended));
      return;
    }
    this.#reader = new FrameReader(
      {
        onFrame: (frame) => {
          if (this.#end !== undefined) return;
          try {
            listener.onFrame(frame);
          } catch (error) {
            // The process may go on, and the next frame begins where this one ends.
            reportUncaught(error);
          }
        },
        onIgnored: () => listener.onIgnored?.(),
        onGarbage: (reason) => this.finish({ by: 'garbage', reason }),
      },
      this.#limits.maxFrameBytes,
    );
    this.startReading();
  }

  send(header: Readonly<FrameHeader>, name: string | undefined, body: Body): void {
    this.#out.send(header, name, body);
  }

  forward(header: Readonly<FrameHeader>, frame: ArrivedFrame): void {
    this.#out.forward(header, frame);
  }

  flushed(): Promise<void> {
    return this.#out.flushed();
  }

  close(): void {
    if (this.#end !== undefined) return;
    this.#out.finish();
    this.finish({ by: 'self' });
  }

  /** Reads bytes that have arrived. Only after `startReading` was called. */
  protected push(bytes: Buffer): void {
    if (this.#end !== undefined) return;
    this.#listener?.onBytes?.();
    this.#reader?.push(bytes);
  }

  /** Ends the link; only the first end counts. */
  protected finish(how: LinkEnd): void {
    if (this.#end !== undefined) return;
    this.#end = how;
    this.#out.end();
    this.release(how);
    this.#listener?.onEnd(how);
  }

  /** Sends bytes; calls `done` when they may be overwritten, possibly at once, and possibly twice. */
  protected abstract carry(bytes: Buffer, done: () => void): void;

  /** The link has a listener: reading may start. */
  protected abstract startReading(): void;

  /** Releases what carried the bytes. */
  protected abstract release(how: LinkEnd): void;
}
