/** A hand-written relay over `process.send`: what a bot would do without a library. No timeouts, no checks. */
import { fork } from 'node:child_process';

const file = new URL('cluster.mjs', import.meta.url);
const clusters = [0, 1].map((id) => fork(file, [String(id)], { execArgv: [] }));
let up = 0;
for (const cluster of clusters) {
  cluster.on('message', (message) => {
    if (message.kind === 'up' && ++up === clusters.length) process.send({ kind: 'up' });
    else if (message.kind === 'done') process.send({ ...message, cpu: process.cpuUsage(cpuBefore) });
    else if (message.to !== undefined) clusters[message.to].send(message);
  });
}
let cpuBefore;
process.on('message', (message) => {
  cpuBefore = process.cpuUsage();
  clusters[0].send(message);
});
process.on('disconnect', () => process.exit());
