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
import type { IdentifyGrant } from '../wire/control/to-cluster.js';
import type { ClusterMessage, IdentifyRequest } from '../wire/control/to-manager.js';

export class IdentifyRequester {
  readonly #send: (message: ClusterMessage) => void;
  /** Ends the wait of each shard that has asked. */
  readonly #waiting = new Map<number, () => void>();

  constructor(send: (message: ClusterMessage) => void) {
    this.#send = send;
  }

  /** Builds the throttler for `ws.buildIdentifyThrottler`. `max_concurrency` comes from the client's gateway manager. */
  async buildThrottler(gateway: GatewayManager): Promise<IdentifyThrottler> {
    const { session_start_limit: limit } = await gateway.fetchGatewayInformation();
    const { max_concurrency: maxConcurrency, remaining, reset_after: resetAfterMs } = limit;
    return {
      waitForIdentify: (shardId, signal) =>
        this.#wait({ shardId, maxConcurrency, remaining, resetAfterMs }, signal),
    };
  }

  onGrant({ shardId }: IdentifyGrant): void {
    const endWait = this.#waiting.get(shardId);
    this.#waiting.delete(shardId);
    endWait?.();
  }

  #wait(request: IdentifyRequest, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const { shardId } = request;
      const abort = (): void => {
        this.#waiting.delete(shardId);
        this.#send({ kind: 'identifyCancel', ...request });
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
        setImmediate(() => this.#send({ kind: 'identified', ...request }));
      });
      this.#send({ kind: 'identify', ...request });
    });
  }
}
