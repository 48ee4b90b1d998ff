/**
 * Load: what every contender's cluster 0 runs, so that only the way to cluster 1 differs.
 */
import { performance } from 'node:perf_hooks';

export const request = { guildId: '123456789012345678', page: 3, locale: 'en-GB', fresh: true };
export const answer = {
  name: 'A guild of some size',
  memberCount: 48_123,
  channels: 212,
  owner: '234567890123456789',
  description: 'What a guild says about itself in a line that is neither short nor long, as they are.',
};

/** Keeps `inFlight` calls open for `ms`; returns calls per second and percentiles of their times in microseconds. */
export async function runLoad(call, { inFlight, ms }) {
  const times = [];
  const end = performance.now() + ms;
  const lane = async () => {
    while (performance.now() < end) {
      const before = performance.now();
      await call();
      times.push(performance.now() - before);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: inFlight }, lane));
  const seconds = (performance.now() - started) / 1000;
  times.sort((one, other) => one - other);
  const at = (share) => Math.round((times[Math.floor((times.length - 1) * share)] ?? 0) * 1000);
  return { perSecond: Math.round(times.length / seconds), p50: at(0.5), p99: at(0.99) };
}
