/**
 * Shard lists as text: `0-3`, since clusters have ranges of shards.
 */

/** @param noun - Put in front; gets an `s` for several shards. */
export function shardsText(shards: readonly number[], noun = ''): string {
  const ranges: [number, number][] = [];
  for (const shard of shards) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] + 1 === shard) last[1] = shard;
    else ranges.push([shard, shard]);
  }
  const text = ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
  return noun === '' || shards.length === 1 ? `${noun}${text}` : `${noun.trimEnd()}s ${text}`;
}
