/**
 * Memory link: frames between two sides of one process.
 *
 * The manager's own calls travel on one, and so do clusters in tests. The bytes are the same as on a pipe
 * and are read by the same reader; they arrive one turn of the event loop later, never within the call.
 */
import { FrameReader } from '../wire/frame-reader.js';
import type { Body } from '../wire/frame-writer.js';
import type { FrameHeader } from '../wire/frame.js';
import type { Link, LinkEnd, LinkLimits, LinkListener } from './link.js';
import { OutQueue } from './out-queue.js';

interface Piece {
  readonly bytes: Buffer;
  readonly done: () => void;
}

export class MemoryLink implements Link {
  readonly #limits: LinkLimits;
  readonly #out: OutQueue;
  #other: MemoryLink | undefined;
  #reader: FrameReader | undefined;
  #listener: LinkListener | undefined;
  /** What has come and was not read yet; also what came before anyone listened. */
  #inbox: Piece[] = [];
  #inboxScheduled = false;
  #end: LinkEnd | undefined;
  /** The other side has ended: so does this one, once the inbox is empty. */
  #lastPieceCame = false;

  /** Two ends: what is sent into one comes out of the other. */
  static pair(limits: LinkLimits): readonly [MemoryLink, MemoryLink] {
    const left = new MemoryLink(limits);
    const right = new MemoryLink(limits);
    left.#other = right;
    right.#other = left;
    return [left, right];
  }

  private constructor(limits: LinkLimits) {
    this.#limits = limits;
    this.#out = new OutQueue((bytes, done) => this.#other?.receive({ bytes, done }));
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
    this.#reader = new FrameReader(
      {
        frame: (header, bytes, start, end) => {
          if (this.#end === undefined) listener.frame(header, bytes, start, end);
        },
        garbage: (reason) => this.#finish({ by: 'garbage', reason }),
      },
      this.#limits.maxFrameBytes,
    );
    this.#wake();
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
    this.#out.flush();
    this.#finish({ by: 'self' });
  }

  private receive(piece: Piece): void {
    if (this.#end !== undefined) {
      piece.done();
      return;
    }
    this.#inbox.push(piece);
    this.#wake();
  }

  private peerEnded(): void {
    this.#lastPieceCame = true;
    this.#wake();
  }

  #wake(): void {
    if (this.#inboxScheduled || this.#listener === undefined) return;
    this.#inboxScheduled = true;
    setImmediate(() => this.#readInbox());
  }

  #readInbox(): void {
    this.#inboxScheduled = false;
    const pieces = this.#inbox;
    this.#inbox = [];
    for (const { bytes, done } of pieces) {
      if (this.#end === undefined) this.#reader?.push(bytes);
      done();
    }
    if (this.#lastPieceCame && this.#inbox.length === 0) this.#finish({ by: 'peer' });
  }

  #finish(how: LinkEnd): void {
    if (this.#end !== undefined) return;
    this.#end = how;
    this.#out.end();
    for (const { done } of this.#inbox) done();
    this.#inbox = [];
    this.#other?.peerEnded();
    this.#listener?.end(how);
  }
}
