/**
 * Report text: how it was measured, and what each contender does where libraries differ.
 */
import { sizes } from './payloads.mjs';

export function howMeasured({ machine, options: { rounds, ms, warmMs } }) {
  const { date, node, system, processor, cores, memoryGb, load, loadAtEnd } = machine;
  return [
    `${date}, Node ${node}, ${system}, ${cores} cores of ${processor}, ${memoryGb} GB. The machine's load was ${load} before and ${loadAtEnd} after; alone, it is at most 3.`,
    '',
    `- Every call goes from cluster 0 through the manager to cluster 1 and back, each a process. A request has 4 fields (${sizes.request} bytes as JSON), an answer 5 (${sizes.answer} bytes), a large one 100 objects of 6 (${sizes.large} bytes). No two requests in a row are the same.`,
    `- ${rounds} rounds of ${ms} ms under each load, after a warm-up of ${warmMs / 2} ms per cluster in the same processes. In a round the contenders take turns under one load before the next load begins, and each round begins with another. Figures are medians; *of raw* is the median of the ratios to \`raw\` in the same round, *spread* the smallest and the largest of them.`,
    '- One-way events are sent in bursts of 64, the last of which is awaited: the promise or callback of the library, which here means that the operating system has the bytes. eris-fleet, indomitable and kurasuta have none that says so; there, a call follows each burst, of which at most eight are open. The clock stops when a call behind the last event was answered. Receivers count; lost events would be named.',
    '- *manager us each*: processor time of the manager for one call or event. Memory is the peak of resident memory after the loads of two clusters. Reachable: from the start of the manager to the first answer from cluster 1 to cluster 0, pauses between clusters switched off.',
    "- Orders and figures travel over a socket of the bench, not over the contenders' pipes. All run with `NODE_ENV=production`.",
  ];
}

export const whatIsWhat = [
  '### What is what',
  '',
  '- `raw`: a relay over `process.send` written by hand. No timeouts, no checks; a requestAll asks the others and takes its own answer at once.',
  '- `limit`: what every call needs and nothing else, over the same kind of pipe as ours: a frame with a number for each call, around a body that was encoded beforehand; the manager reads where it goes and copies it; the answer finds its promise by the number. Nothing is parsed, checked, timed or bounded; a requestAll asks the others only.',
  '- `shardwire`: calls by name, JSON. `shardwire-typed`: generated stubs of a contract; requests, answers and events are checked on both sides.',
  '- `discord.js` (ShardingManager): `broadcastEval` with a shard and a context; events through `shard.send` and a relay in the manager. `discord-hybrid-sharding`: `request` and `reply` through a relay in the manager, which is the quicker of its two ways for small answers, and `broadcastEval` for large ones and for all. `kurasuta`: `masterEval` of a `cluster.eval`, `broadcastEval`, and events as an eval from the manager, since `Cluster.send` of this version throws; over a socket file instead of TCP port 9999; its pause of five seconds between clusters, for which there is no option, is taken out. `eris-fleet`: `clusterCommand`, `allClustersCommand`, `sendTo`, `broadcast` (which tells the sender, too); the client is a stub with a gateway of one shard; statistics off. `indomitable`: repliable messages through a relay in the manager.',
  '- All peers have a stub client (an `EventEmitter`): no token, no network. discord.js is loaded where a peer loads it, and shows in its memory.',
];
