/**
 * Frame writers: how frames become WebSocket messages, plain or as one long zlib stream.
 *
 * @see https://discord.com/developers/docs/events/gateway#transport-compression
 */
import { constants, createDeflate } from 'node:zlib';
import type { WebSocket } from 'ws';

export interface FrameWriter {
  write(text: string): void;
  end(): void;
}

export function plainWriter(socket: WebSocket): FrameWriter {
  return { write: (text) => socket.send(text), end: () => undefined };
}

/**
 * One compression context for the whole connection. A frame may take several messages, of which only the last ends
 * with the sync marker `00 00 ff ff`.
 */
export function zlibStreamWriter(socket: WebSocket): FrameWriter {
  const deflate = createDeflate();
  deflate.on('data', (chunk: Buffer) => socket.send(chunk));
  deflate.on('error', () => socket.terminate());
  return {
    write(text) {
      deflate.write(text);
      deflate.flush(constants.Z_SYNC_FLUSH);
    },
    end: () => deflate.destroy(),
  };
}
