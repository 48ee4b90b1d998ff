/**
 * The limit: what this machine could do for calls over such pipes, if only what every call needs were done.
 *
 * Each call has a frame of its own with a number, the manager reads where it goes and copies it, and the answer finds
 * the promise of its caller by that number. The bodies were encoded beforehand and are never read; nothing is checked,
 * timed, bounded or kept when a process dies.
 */
import { fork } from 'node:child_process';
import { clusterCount, MANAGER, takePart } from '../../kit/participant.mjs';
import { FD, OTHERS, Pipe, read } from './pipe.mjs';

const file = new URL('cluster.mjs', import.meta.url);
const stdio = ['inherit', 'inherit', 'inherit', 'ipc', 'pipe'];
const pipes = Array.from({ length: clusterCount }, (_, id) => {
  const { stdio: streams } = fork(file, [String(id)], { execArgv: [], stdio });
  return new Pipe(streams[FD], (bytes, start, end) => {
    const { to } = read(bytes, start);
    if (to !== OTHERS) pipes[to].forward(bytes, start, end);
    else for (const [other, pipe] of pipes.entries()) if (other !== id) pipe.forward(bytes, start, end);
  });
});
takePart(MANAGER);
