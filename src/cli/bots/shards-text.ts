/**
 * Shards as text: `0-3`, since clusters have ranges of them.
 */

/** @param word - Stands before; an `s` is added where there are several. */
export function shardsText(shards: readonly number[], word = ''): string {
  const ranges: [number, number][] = [];
  for (const shard of shards) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] + 1 === shard) last[1] = shard;
    else ranges.push([shard, shard]);
  }
  const text = ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
  return word === '' || shards.length === 1 ? `${word}${text}` : `${word.trimEnd()}s ${text}`;
}
