/**
 * Stream link: frames over a duplex stream, in practice the extra stdio pipe between manager and cluster.
 */
import type { Duplex } from 'node:stream';
import { ByteLink } from './byte-link.js';
import type { LinkEnd, LinkLimits } from './link.js';

export class StreamLink extends ByteLink {
  readonly #stream: Duplex;

  constructor(stream: Duplex, limits: LinkLimits) {
    super(limits);
    this.#stream = stream;
    readOnWhenWritesFail(stream);
    stream.on('close', () => this.finish({ by: 'peer' }));
    // ECONNRESET says what `close` says next: the other side is gone.
    stream.on('error', () => stream.destroy());
  }

  protected override carry(bytes: Buffer, done: () => void): void {
    this.#stream.write(bytes, done);
    // The operating system has taken all of it already, as it nearly always does; the callback comes a tick later.
    if (this.#stream.writableLength === 0) done();
  }

  protected override startReading(): void {
    this.#stream.on('data', (chunk: Buffer) => this.push(chunk));
    this.#stream.on('end', () => this.finish({ by: 'peer' }));
  }

  protected override letGo({ by }: LinkEnd): void {
    if (by !== 'self') {
      this.#stream.destroy();
      return;
    }
    // Ends behind what was written, and reads on so that the other side can; nobody waits for one that is stuck.
    this.#stream.end();
    this.#stream.resume();
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
