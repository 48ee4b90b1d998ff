/**
 * One WebSocket of a bot: frames in, frames out, heartbeats.
 *
 * It answers heartbeats itself and hands everything else to the gateway. It ends exactly once, through `#end`, whoever
 * closed it.
 */
import type { RawData, WebSocket } from 'ws';
import { type ClientFrame, readClientFrame } from './client-frame.js';
import type { FrameWriter } from './frame-writer.js';
import { HeartbeatWatch } from './heartbeat-watch.js';
import { CloseCode, Op, type ServerFrame } from './protocol.js';
import type { FrameSink, Session } from './session.js';

/** A bot that reads nothing (a stopped process, say) is cut off before it fills our memory. */
const MOST_UNSENT_BYTES = 64 * 1024 * 1024;

/** Discord's "about two intervals": a heartbeat may be a little late. */
const MISSED_INTERVALS = 2;

export type ConnectionFrame = Exclude<ClientFrame, { kind: 'heartbeat' | 'bad' }>;

export interface ConnectionOwner {
  readonly heartbeatIntervalMs: number;
  onFrame(connection: Connection, frame: ConnectionFrame): void;
  onEnd(connection: Connection, code: number): void;
}

export class Connection implements FrameSink {
  /** Set while the bot is identified on this connection. */
  session: Session | undefined;
  /** Stops answering heartbeats; the connection then looks dead to the bot. */
  acksMuted = false;
  readonly #socket: WebSocket;
  readonly #writer: FrameWriter;
  readonly #owner: ConnectionOwner;
  readonly #watch: HeartbeatWatch;
  #ended = false;

  constructor(socket: WebSocket, writer: FrameWriter, owner: ConnectionOwner) {
    this.#socket = socket;
    this.#writer = writer;
    this.#owner = owner;
    this.#watch = new HeartbeatWatch(owner.heartbeatIntervalMs * MISSED_INTERVALS, () => {
      this.close(CloseCode.sessionTimedOut, 'Session timed out.');
    });
    socket.on('message', (data) => this.#read(data));
    socket.on('close', (code) => this.#end(code));
    // A broken frame is reported here and then closes the socket: nothing more to do.
    socket.on('error', () => undefined);
  }

  hello(): void {
    this.send({ op: Op.hello, d: { heartbeat_interval: this.#owner.heartbeatIntervalMs } });
  }

  send(frame: ServerFrame): void {
    if (this.#ended) return;
    if (this.#socket.bufferedAmount > MOST_UNSENT_BYTES) return this.cut();
    this.#writer.write(JSON.stringify({ t: null, s: null, d: null, ...frame }));
  }

  /** Closes properly; the bot sees the code. */
  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
    this.#end(code);
  }

  /** Ends the TCP connection without a word. */
  cut(): void {
    this.#socket.terminate();
    this.#end(CloseCode.cut);
  }

  #read(data: RawData): void {
    if (this.#ended) return;
    const frame = readClientFrame(Buffer.isBuffer(data) ? data : Buffer.alloc(0));
    if (frame.kind === 'bad') return this.close(frame.code, frame.reason);
    if (frame.kind === 'heartbeat') return this.#acknowledge();
    this.#owner.onFrame(this, frame);
  }

  #acknowledge(): void {
    this.#watch.beat();
    if (!this.acksMuted) this.send({ op: Op.heartbeatAck });
  }

  #end(code: number): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#watch.stop();
    this.#writer.end();
    this.#owner.onEnd(this, code);
  }
}
