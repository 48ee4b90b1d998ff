/**
 * The limit: frames of bytes that were made beforehand. What this machine could do for calls that are awaited one by
 * one, if nothing were encoded, checked, timed or promised.
 *
 * The manager looks at a frame's length and destination and copies it; an answer belongs to the oldest open call.
 */
import { fork } from 'node:child_process';
import { clusterCount, MANAGER, takePart } from '../../kit/participant.mjs';
import { FD, OTHERS, Pipe } from './pipe.mjs';

const file = new URL('cluster.mjs', import.meta.url);
const stdio = ['inherit', 'inherit', 'inherit', 'ipc', 'pipe'];
const pipes = Array.from({ length: clusterCount }, (_, id) => {
  const { stdio: streams } = fork(file, [String(id)], { execArgv: [], stdio });
  return new Pipe(streams[FD], (to, kind, bytes, start, end) => {
    if (to !== OTHERS) pipes[to].send(bytes, start, end);
    else for (const [other, pipe] of pipes.entries()) if (other !== id) pipe.send(bytes, start, end);
  });
});
takePart(MANAGER);
