/** A hand-written relay over `process.send`: what a bot would do without a library. No timeouts, no checks. */
import { fork } from 'node:child_process';
import { clusterCount, MANAGER, takePart } from '../../kit/participant.mjs';

const file = new URL('cluster.mjs', import.meta.url);
const clusters = Array.from({ length: clusterCount }, (_, id) => fork(file, [String(id)], { execArgv: [] }));
for (const [from, cluster] of clusters.entries()) {
  cluster.on('message', (message) => {
    if (message.to === 'others') {
      for (const [id, other] of clusters.entries()) if (id !== from) other.send(message);
    } else clusters[message.to].send(message);
  });
}
takePart(MANAGER);
