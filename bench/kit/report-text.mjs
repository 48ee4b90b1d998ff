/**
 * Report text: how it was measured, and what each contender does where libraries differ.
 */
import { sizes } from './payloads.mjs';

export function howMeasured({ machine, options: { rounds, ms, warmMs } }) {
  const { date, node, system, processor, cores, memoryGb, load, loadAtEnd } = machine;
  return [
    `${date}, Node ${node}, ${system}, ${cores} cores of ${processor}, ${memoryGb} GB. The load average was ${load} before and ${loadAtEnd} after; the bench alone causes at most 3.`,
    '',
    `- Every call goes from cluster 0 through the manager to cluster 1 and back; each of them is a process. A request has 4 fields (${sizes.request} bytes as JSON), an answer 5 (${sizes.answer} bytes), a large answer 100 objects of 6 fields (${sizes.large} bytes). No two consecutive requests are the same.`,
    `- ${rounds} rounds of ${ms} ms under each load, after a warm-up of ${warmMs / 2} ms per cluster in the same processes. In a round, the contenders take turns under one load before the next load begins, and each round starts with a different contender. Figures are medians; *of raw* is the median of the ratios to \`raw\` in the same round, *spread* the smallest and the largest of these ratios.`,
    '- One-way events are sent in bursts of 64. The last event of each burst is awaited: the promise or callback of the library, which here means that the operating system has the bytes. eris-fleet, indomitable and kurasuta have neither; for them, a call follows each burst, and at most eight of these calls are in flight. The clock stops when a call sent after the last event was answered. The receivers count the events; lost events would be listed.',
    '- *manager us each*: CPU time of the manager for one call or event. Memory is the peak of resident memory after the loads of two clusters. Reachable: from the start of the manager to the first answer from cluster 1 to cluster 0, with pauses between clusters disabled.',
    "- The bench sends its orders and receives the figures over its own socket, not over the contenders' pipes. All contenders run with `NODE_ENV=production`.",
  ];
}

export const whatIsWhat = [
  '### What is what',
  '',
  '- `raw`: a hand-written relay over `process.send`. No timeouts, no checks; a requestAll asks the other clusters and adds its own answer immediately.',
  '- `limit`: what every call needs and nothing else, over the same kind of pipe as Shardwire: a frame with an id for each call, around a body that was encoded beforehand; the manager reads the destination and copies the frame; the answer finds its promise by the id. Nothing is parsed, checked, timed or bounded; a requestAll asks the other clusters only.',
  '- `shardwire`: calls by name, JSON. `shardwire-typed`: the generated stubs of a contract; requests, answers and events are checked on both sides.',
  '- `discord.js` (ShardingManager): `broadcastEval` with a shard and a context; events through `shard.send` and a relay in the manager. `discord-hybrid-sharding`: `request` and `reply` through a relay in the manager, the faster of its two ways for small answers, and `broadcastEval` for large answers and for all clusters. `kurasuta`: `masterEval` of a `cluster.eval`, `broadcastEval`, and events as an eval from the manager, since `Cluster.send` of this version throws; over a socket file instead of TCP port 9999; its pause of five seconds between clusters, which no option controls, is removed. `eris-fleet`: `clusterCommand`, `allClustersCommand`, `sendTo`, `broadcast` (which reaches the sender, too); the client is a stub with a gateway of one shard; statistics are off. `indomitable`: repliable messages through a relay in the manager.',
  '- All other libraries run with a stub client (an `EventEmitter`): no token, no network. discord.js is loaded where a library loads it, and counts towards its memory.',
];
