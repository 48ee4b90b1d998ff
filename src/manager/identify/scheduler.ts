/**
 * Identify scheduler: lets the shards of all clusters identify as fast as Discord allows, and no faster.
 *
 * Discord counts by bucket, `shard_id % max_concurrency`: one identify per bucket per five seconds, over all
 * processes of the bot. So there is one queue per bucket, and a shard identifies when its request is granted.
 *
 * @see https://discord.com/developers/docs/events/gateway#rate-limiting
 */
import type { IdentifyRequest } from '../../wire/control/to-manager.js';

interface QueuedRequest<Cluster> {
  readonly cluster: Cluster;
  readonly request: IdentifyRequest;
}

interface Bucket<Cluster> {
  readonly queue: QueuedRequest<Cluster>[];
  /** Runs while the bucket is closed. */
  timer: NodeJS.Timeout | undefined;
  /** The granted request whose identify closes the bucket, until that identify is known to have been sent. */
  granted: QueuedRequest<Cluster> | undefined;
}

/** Network delay must not bring two identifies closer together at Discord than the window. */
const WINDOW_MARGIN = 1.05;
/** How many windows a shard may take from its grant to its identify; after that, other shards do not wait for it. */
const GRANT_WINDOWS = 2;

/** @typeParam Cluster - Identifies one process. */
export class IdentifyScheduler<Cluster> {
  readonly #windowMs: number;
  readonly #grant: (cluster: Cluster, request: IdentifyRequest) => void;
  readonly #buckets = new Map<number, Bucket<Cluster>>();
  /** Clusters whose shards may not join a queue yet, and their requests. */
  readonly #held = new Map<Cluster, IdentifyRequest[]>();
  #closed = false;

  constructor(windowMs: number, grant: (cluster: Cluster, request: IdentifyRequest) => void) {
    this.#windowMs = windowMs * WINDOW_MARGIN;
    this.#grant = grant;
  }

  request(cluster: Cluster, request: IdentifyRequest): void {
    if (this.#closed) return;
    const held = this.#held.get(cluster);
    if (held !== undefined) {
      held.push(request);
      return;
    }
    const bucket = this.#bucketOf(request);
    bucket.queue.push({ cluster, request });
    if (bucket.timer === undefined) this.#next(bucket);
  }

  /** Lets no shard of this cluster identify until it is released. */
  hold(cluster: Cluster): void {
    if (!this.#held.has(cluster)) this.#held.set(cluster, []);
  }

  /** The requests of a held cluster join the queues now. */
  release(cluster: Cluster): void {
    const requests = this.#held.get(cluster) ?? [];
    this.#held.delete(cluster);
    for (const request of requests) this.request(cluster, request);
  }

  /** A shard does not want to identify any more. */
  cancel(cluster: Cluster, { shardId }: IdentifyRequest): void {
    this.#remove((waiting) => waiting.cluster === cluster && waiting.request.shardId === shardId);
    const held = this.#held.get(cluster);
    const isOther = (request: IdentifyRequest): boolean => request.shardId !== shardId;
    if (held !== undefined) this.#held.set(cluster, held.filter(isOther));
  }

  /** Removes the requests of a cluster whose process is gone. */
  dropCluster(cluster: Cluster): void {
    this.#held.delete(cluster);
    this.#remove((waiting) => waiting.cluster === cluster);
    for (const bucket of this.#buckets.values()) {
      if (bucket.granted?.cluster !== cluster) continue;
      // The process may have identified just before it died.
      bucket.granted = undefined;
      this.#closeFor(bucket, this.#windowMs);
    }
  }

  /**
   * A shard whose request was granted has identified: its bucket's window begins now. Counted from the grant, the next
   * identify would come too close after that of a busy process.
   */
  onIdentified(cluster: Cluster, { shardId }: IdentifyRequest): void {
    for (const bucket of this.#buckets.values()) {
      const { granted } = bucket;
      if (granted?.cluster !== cluster || granted.request.shardId !== shardId) continue;
      bucket.granted = undefined;
      this.#closeFor(bucket, this.#windowMs);
    }
  }

  /** Whether a shard of this cluster waits for its turn. */
  isWaiting(cluster: Cluster): boolean {
    if ((this.#held.get(cluster)?.length ?? 0) > 0) return true;
    return [...this.#buckets.values()].some(({ queue }) =>
      queue.some((waiting) => waiting.cluster === cluster),
    );
  }

  /** No request is granted any more. */
  close(): void {
    this.#closed = true;
    for (const { timer } of this.#buckets.values()) clearTimeout(timer);
    this.#buckets.clear();
    this.#held.clear();
  }

  #next(bucket: Bucket<Cluster>): void {
    bucket.timer = undefined;
    bucket.granted = undefined;
    const waiting = bucket.queue.shift();
    if (waiting === undefined) return;
    bucket.granted = waiting;
    this.#closeFor(bucket, GRANT_WINDOWS * this.#windowMs);
    this.#grant(waiting.cluster, waiting.request);
  }

  #closeFor(bucket: Bucket<Cluster>, ms: number): void {
    clearTimeout(bucket.timer);
    bucket.timer = setTimeout(() => this.#next(bucket), ms);
  }

  #bucketOf({ shardId, maxConcurrency }: IdentifyRequest): Bucket<Cluster> {
    const key = shardId % Math.max(1, maxConcurrency);
    const bucket = this.#buckets.get(key) ?? { queue: [], timer: undefined, granted: undefined };
    this.#buckets.set(key, bucket);
    return bucket;
  }

  #remove(matches: (waiting: QueuedRequest<Cluster>) => boolean): void {
    for (const { queue } of this.#buckets.values()) {
      const kept = queue.filter((waiting) => !matches(waiting));
      queue.splice(0, queue.length, ...kept);
    }
  }
}
