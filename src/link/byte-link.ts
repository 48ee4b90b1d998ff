/**
 * Byte link: what all links share that carry bytes.
 *
 * Queues frames, reads them out of the bytes that come, and ends once. What differs is only how bytes are
 * carried, and what is let go of at the end.
 */
import { FrameReader } from '../wire/frame-reader.js';
import type { Body } from '../wire/frame-writer.js';
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
      // It was gone before anyone listened.
      queueMicrotask(() => listener.end(ended));
      return;
    }
    this.#reader = new FrameReader(
      {
        frame: (header, bytes, start, end) => {
          if (this.#end !== undefined) return;
          try {
            listener.frame(header, bytes, start, end);
          } catch (error) {
            // The process may live on, and the next frame begins where this one ends.
            reportUncaught(error);
          }
        },
        garbage: (reason) => this.finish({ by: 'garbage', reason }),
      },
      this.#limits.maxFrameBytes,
    );
    this.startReading();
  }

  send(header: FrameHeader, name: string | undefined, body: Body): void {
    this.#out.send(header, name, body);
  }

  forward(header: FrameHeader, bytes: Uint8Array, bodyStart: number, bodyEnd: number): void {
    this.#out.forward(header, bytes, bodyStart, bodyEnd);
  }

  flushed(): Promise<void> {
    return this.#out.flushed();
  }

  close(): void {
    if (this.#end !== undefined) return;
    this.#out.finish();
    this.finish({ by: 'self' });
  }

  /** Bytes that have come. Only once `startReading` was called. */
  protected push(bytes: Buffer): void {
    if (this.#end !== undefined) return;
    this.#listener?.arrived?.();
    this.#reader?.push(bytes);
  }

  /** Ends the link; only the first end counts. */
  protected finish(how: LinkEnd): void {
    if (this.#end !== undefined) return;
    this.#end = how;
    this.#out.end();
    this.letGo(how);
    this.#listener?.end(how);
  }

  /** Takes bytes away; calls `done` when they may be overwritten, which may be at once, and may be twice. */
  protected abstract carry(bytes: Buffer, done: () => void): void;

  /** There is somebody to read for. */
  protected abstract startReading(): void;

  /** Releases what carried the bytes. */
  protected abstract letGo(how: LinkEnd): void;
}
