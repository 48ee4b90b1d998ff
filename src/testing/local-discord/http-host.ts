/**
 * The HTTP host: one port on loopback, and every socket that was opened to it.
 *
 * It knows all sockets, upgraded ones included, so that closing really ends everything.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

const LOOPBACK = '127.0.0.1';

export interface HttpHandlers {
  readonly request: (request: IncomingMessage, response: ServerResponse) => void;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

export class HttpHost {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #closed: Promise<void> | undefined;

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  /** Opens the port; 0 stands for any that is free. Call {@link serve} before anything else is awaited. */
  static async listen(port: number): Promise<HttpHost> {
    const host = new HttpHost(createServer());
    await new Promise<void>((resolve, reject) => {
      host.#server.once('error', reject);
      host.#server.listen(port, LOOPBACK, () => {
        host.#server.off('error', reject);
        resolve();
      });
    });
    return host;
  }

  /** Host and port, as they stand in URLs. */
  get authority(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the local Discord does not listen');
    return `${LOOPBACK}:${address.port}`;
  }

  serve({ request, upgrade }: HttpHandlers): void {
    this.#server.on('request', request);
    this.#server.on('upgrade', upgrade);
  }

  close(): Promise<void> {
    this.#closed ??= new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      for (const socket of this.#sockets) socket.destroy();
    });
    return this.#closed;
  }
}
