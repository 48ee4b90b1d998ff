/**
 * A gateway client that knows no manners: it sends what it is told and remembers what it hears.
 */
import { EventEmitter, once } from 'node:events';
import { WebSocket } from 'ws';

export interface RawFrame {
  readonly op: number;
  readonly t: string | null;
  readonly s: number | null;
  readonly d: unknown;
}

const PATIENCE_MS = 5_000;

export class RawSocket extends EventEmitter {
  /** Everything heard so far, HELLO included. */
  readonly frames: RawFrame[] = [];
  readonly #socket: WebSocket;
  #closeCode: number | undefined;

  private constructor(url: string) {
    super();
    this.#socket = new WebSocket(url);
    this.#socket.on('error', () => undefined);
    this.#socket.on('message', (data, isBinary) => {
      if (isBinary || !Buffer.isBuffer(data)) return;
      const frame: RawFrame = JSON.parse(data.toString());
      this.frames.push(frame);
      this.emit('frame', frame);
    });
    this.#socket.once('close', (code) => {
      this.#closeCode = code;
      this.emit('close', code);
    });
  }

  static async open(url: string): Promise<RawSocket> {
    const socket = new RawSocket(url);
    await once(socket.#socket, 'open', { signal: AbortSignal.timeout(PATIENCE_MS) });
    return socket;
  }

  send(payload: unknown): void {
    this.sendText(JSON.stringify(payload));
  }

  sendText(data: string | Buffer): void {
    this.#socket.send(data);
  }

  /** The first frame, past or to come, that fits. */
  async frame(fits: (frame: RawFrame) => boolean): Promise<RawFrame> {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    for (;;) {
      const found = this.frames.find(fits);
      if (found !== undefined) return found;
      // oxlint-disable-next-line no-await-in-loop -- one frame after the other
      await once(this, 'frame', { signal });
    }
  }

  /** The code it was closed with, past or to come. */
  async closed(): Promise<number> {
    if (this.#closeCode === undefined)
      await once(this, 'close', { signal: AbortSignal.timeout(PATIENCE_MS) });
    return this.#closeCode ?? 0;
  }

  /** Closes with a code as a well-behaved client does; without one, cuts the connection. */
  end(code?: number): void {
    if (code === undefined) this.#socket.terminate();
    else this.#socket.close(code);
  }
}
