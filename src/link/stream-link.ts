/**
 * Stream link: frames over a duplex stream, in practice the extra stdio pipe between manager and cluster.
 */
import type { Duplex } from 'node:stream';
import { FrameReader } from '../wire/frame-reader.js';
import type { Body } from '../wire/frame-writer.js';
import type { FrameHeader } from '../wire/frame.js';
import type { Link, LinkEnd, LinkLimits, LinkListener } from './link.js';
import { OutQueue } from './out-queue.js';

export class StreamLink implements Link {
  readonly #stream: Duplex;
  readonly #limits: LinkLimits;
  readonly #out: OutQueue;
  #end: LinkEnd | undefined;
  #listener: LinkListener | undefined;

  constructor(stream: Duplex, limits: LinkLimits) {
    this.#stream = stream;
    this.#limits = limits;
    readOnWhenWritesFail(stream);
    this.#out = new OutQueue((bytes, done) => stream.write(bytes, done));
    // Gone before anyone listened: `listen` tells.
    stream.on('close', () => this.#finish({ by: 'peer' }));
    // ECONNRESET says what `close` says next: the other side is gone.
    stream.on('error', () => stream.destroy());
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
      queueMicrotask(() => listener.end(ended));
      return;
    }
    const reader = new FrameReader(
      {
        frame: (header, bytes, start, end) => {
          if (this.#end === undefined) listener.frame(header, bytes, start, end);
        },
        garbage: (reason) => this.#finish({ by: 'garbage', reason }),
      },
      this.#limits.maxFrameBytes,
    );
    this.#stream.on('data', (chunk: Buffer) => reader.push(chunk));
    this.#stream.on('end', () => this.#finish({ by: 'peer' }));
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
    // Ends after what was written; `finish` tells the listener without waiting for a peer that may be stuck.
    this.#stream.end();
    this.#finish({ by: 'self' });
  }

  #finish(how: LinkEnd): void {
    if (this.#end !== undefined) return;
    this.#end = how;
    this.#out.end();
    if (how.by === 'self') this.#stream.resume();
    else this.#stream.destroy();
    this.#listener?.end(how);
  }
}

/**
 * A write fails when the other side has gone, but what it said before it went is still there to be read, and the
 * end comes behind that. Node destroys a stream whose write fails, unread bytes and all, so it does not hear of it.
 */
function readOnWhenWritesFail(stream: Duplex): void {
  const write = stream._write.bind(stream);
  const writev = stream._writev?.bind(stream);
  stream._write = (chunk, encoding, done) => write(chunk, encoding, () => done());
  if (writev) stream._writev = (chunks, done) => writev(chunks, () => done());
}
