/**
 * Stream link: frames over a duplex stream, in practice the extra stdio pipe between manager and cluster.
 */
import { Socket } from 'node:net';
import type { OnReadOpts, SocketConstructorOpts } from 'node:net';
import type { Duplex } from 'node:stream';
import { ByteLink } from './byte-link.js';
import type { LinkEnd, LinkLimits } from './link.js';
import { writeNowTo } from './write-now.js';
import type { WriteNow } from './write-now.js';

/** As much as Node reads at once. */
const READ_BYTES = 64 * 1024;

export class StreamLink extends ByteLink {
  readonly #stream: Duplex;
  readonly #writeNow: WriteNow;

  /**
   * Makes a link over a descriptor that this process inherited. It reads into one buffer again and again; a stream
   * would allocate 64 kB for each read, and work for the garbage collector.
   */
  static overDescriptor(fd: number, limits: LinkLimits): StreamLink {
    const onread: OnReadOpts = {
      buffer: Buffer.allocUnsafeSlow(READ_BYTES),
      callback(length, buffer) {
        link.push((buffer as Buffer).subarray(0, length));
        return true;
      },
    };
    // The types of Node 20 know `onread` only as an option of `connect`, which passes it on to this constructor.
    const options: SocketConstructorOpts & { readonly onread: OnReadOpts } = {
      fd,
      readable: true,
      writable: true,
      onread,
    };
    const socket = new Socket(options);
    // The socket would read from the start, and what arrives before there is a listener would be lost.
    socket.pause();
    const link = new StreamLink(socket, limits);
    return link;
  }

  constructor(stream: Duplex, limits: LinkLimits, writeNow: WriteNow = writeNowTo(stream)) {
    super(limits);
    this.#stream = stream;
    this.#writeNow = writeNow;
    readOnWhenWritesFail(stream);
    stream.on('close', () => this.finish({ by: 'peer' }));
    // ECONNRESET means what `close` reports next: the other side is gone.
    stream.on('error', () => stream.destroy());
  }

  protected override carry(bytes: Buffer, done: () => void): void {
    const stream = this.#stream;
    const written = stream.writableLength === 0 ? this.#writeNow(bytes) : 0;
    if (written === bytes.length) {
      done();
      return;
    }
    stream.write(bytes.subarray(written), done);
    // The operating system has taken all of it already, as it nearly always does; the callback comes a tick later.
    if (stream.writableLength === 0) done();
  }

  protected override startReading(): void {
    this.#stream.on('data', (chunk: Buffer) => this.push(chunk));
    this.#stream.on('end', () => this.finish({ by: 'peer' }));
    this.#stream.resume();
  }

  protected override release({ by }: LinkEnd): void {
    if (by !== 'self') {
      this.#stream.destroy();
      return;
    }
    // Ends behind what was written, and reads on so that the other side can end; nothing waits for a side that is stuck.
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
