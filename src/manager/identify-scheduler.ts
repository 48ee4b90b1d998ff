/**
 * Identify scheduler: lets the shards of all clusters identify as fast as Discord allows, and no faster.
 *
 * Discord counts by bucket, `shard_id % max_concurrency`: one identify per bucket per five seconds, over all
 * processes of the bot. So there is one queue a bucket here, and a shard identifies when it is granted.
 *
 * @see https://discord.com/developers/docs/events/gateway#rate-limiting
 */
import type { IdentifyRequest } from '../wire/control.js';

interface Waiting {
  readonly clusterId: number;
  readonly request: IdentifyRequest;
}

interface Bucket {
  readonly queue: Waiting[];
  /** Runs while the bucket is closed. */
  timer: NodeJS.Timeout | undefined;
}

/** Two grants must not come closer at Discord than they left here. */
const MARGIN = 1.05;

export class IdentifyScheduler {
  readonly #windowMs: number;
  readonly #grant: (clusterId: number, request: IdentifyRequest) => void;
  readonly #buckets = new Map<number, Bucket>();

  #closed = false;

  constructor(windowMs: number, grant: (clusterId: number, request: IdentifyRequest) => void) {
    this.#windowMs = windowMs * MARGIN;
    this.#grant = grant;
  }

  request(clusterId: number, request: IdentifyRequest): void {
    if (this.#closed) return;
    const bucket = this.#bucketOf(request);
    bucket.queue.push({ clusterId, request });
    if (bucket.timer === undefined) this.#next(bucket);
  }

  /** A shard does not want to identify any more. */
  cancel(clusterId: number, { shardId }: IdentifyRequest): void {
    this.#drop((waiting) => waiting.clusterId === clusterId && waiting.request.shardId === shardId);
  }

  /** A cluster is gone: so are its places in the queues. */
  dropCluster(clusterId: number): void {
    this.#drop((waiting) => waiting.clusterId === clusterId);
  }

  /** Whether a shard of this cluster waits for its turn. */
  isWaiting(clusterId: number): boolean {
    return [...this.#buckets.values()].some(({ queue }) =>
      queue.some((waiting) => waiting.clusterId === clusterId),
    );
  }

  /** Nobody is granted anything any more. */
  close(): void {
    this.#closed = true;
    for (const { timer } of this.#buckets.values()) clearTimeout(timer);
    this.#buckets.clear();
  }

  #next(bucket: Bucket): void {
    bucket.timer = undefined;
    const waiting = bucket.queue.shift();
    if (waiting === undefined) return;
    // Nothing else may keep the manager alive longer than it lives: an empty queue is no reason to.
    bucket.timer = setTimeout(() => this.#next(bucket), this.#windowMs);
    this.#grant(waiting.clusterId, waiting.request);
  }

  #bucketOf({ shardId, maxConcurrency }: IdentifyRequest): Bucket {
    const key = shardId % Math.max(1, maxConcurrency);
    const bucket = this.#buckets.get(key) ?? { queue: [], timer: undefined };
    this.#buckets.set(key, bucket);
    return bucket;
  }

  #drop(leaves: (waiting: Waiting) => boolean): void {
    for (const { queue } of this.#buckets.values()) {
      const stay = queue.filter((waiting) => !leaves(waiting));
      queue.splice(0, queue.length, ...stay);
    }
  }
}
