/**
 * Identify: asks the manager before a shard identifies.
 *
 * Discord lets `max_concurrency` shards of a bot identify per five seconds, counted over all its processes, so
 * only the manager can schedule it. The wait has no deadline: it ends by grant, by discord.js' abort signal,
 * or with this process. It must not reject otherwise: discord.js would reconnect at once, again and again.
 *
 * @see https://discord.com/developers/docs/events/gateway#rate-limiting
 */
import type { GatewayManager, IdentifyThrottler } from '../discord/prepare-client.js';
import { Kind } from '../wire/frame.js';
import { parseIdentifyRequest } from '../wire/control.js';
import type { IdentifyRequest } from '../wire/control.js';

export type SendIdentify = (
  kind: typeof Kind.identify | typeof Kind.identifyCancel | typeof Kind.identified,
  request: IdentifyRequest,
) => void;

export class IdentifyQueue {
  readonly #send: SendIdentify;
  readonly #waiting = new Map<number, () => void>();

  constructor(send: SendIdentify) {
    this.#send = send;
  }

  /** For `ws.buildIdentifyThrottler`: discord.js asks Discord for `max_concurrency`, we ask discord.js. */
  async buildThrottler(gateway: GatewayManager): Promise<IdentifyThrottler> {
    const { session_start_limit: limit } = await gateway.fetchGatewayInformation();
    const { max_concurrency: maxConcurrency, remaining, reset_after: resetAfterMs } = limit;
    return {
      waitForIdentify: (shardId, signal) =>
        this.#wait({ shardId, maxConcurrency, remaining, resetAfterMs }, signal),
    };
  }

  /** The manager lets a shard identify. */
  grant(text: string | undefined): void {
    const { shardId } = parseIdentifyRequest(text);
    const go = this.#waiting.get(shardId);
    this.#waiting.delete(shardId);
    go?.();
  }

  #wait(request: IdentifyRequest, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const { shardId } = request;
      const abort = (): void => {
        this.#waiting.delete(shardId);
        this.#send(Kind.identifyCancel, request);
        reject(signal.reason as Error);
      };
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      signal.addEventListener('abort', abort, { once: true });
      this.#waiting.set(shardId, () => {
        signal.removeEventListener('abort', abort);
        resolve();
        // discord.js identifies in the same turn; this process may have been busy since the grant was sent.
        setImmediate(() => this.#send(Kind.identified, request));
      });
      this.#send(Kind.identify, request);
    });
  }
}
