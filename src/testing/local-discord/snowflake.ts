/**
 * Snowflakes: Discord's ids, and the shard arithmetic on them.
 *
 * The upper 42 bits are milliseconds since 2015; the lower 22 tell apart what was made in one millisecond.
 * @see https://discord.com/developers/docs/reference#snowflakes
 */

const DISCORD_EPOCH = 1_420_070_400_000;
const LARGEST = 2n ** 64n - 1n;

export function isSnowflake(value: unknown): value is string {
  return typeof value === 'string' && /^[1-9]\d{0,19}$/.test(value) && BigInt(value) <= LARGEST;
}

/**
 * The shard that gets a guild's events.
 *
 * @see https://discord.com/developers/docs/events/gateway#sharding
 */
export function shardOf(guildId: string, numShards: number): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(numShards));
}

/** Makes ids as Discord would: later ones are larger, and the time of making can be read from them. */
export class SnowflakeSource {
  #last = 0n;

  next(): string {
    const fromClock = BigInt(Date.now() - DISCORD_EPOCH) << 22n;
    this.#last = fromClock > this.#last ? fromClock : this.#last + 1n;
    return String(this.#last);
  }
}
