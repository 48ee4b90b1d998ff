/**
 * The gateway's door: turns HTTP upgrades into WebSockets, and sends everybody else away.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Gateway } from './gateway.js';

/** Well above what a client may send, so that it is the gateway that answers, with its own close code. */
const MOST_BYTES = 64 * 1024;

export class GatewayDoor {
  readonly #gateway: Gateway;
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: MOST_BYTES,
    perMessageDeflate: false,
  });

  constructor(gateway: Gateway) {
    this.#gateway = gateway;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const [path = '', query = ''] = (request.url ?? '/').split('?', 2);
    if (path !== '/') return refuse(socket);

    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      this.#gateway.accept(webSocket, new URLSearchParams(query));
    });
  }
}

function refuse(socket: Duplex): void {
  socket.on('error', () => undefined);
  socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}
