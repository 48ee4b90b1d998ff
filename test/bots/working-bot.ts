/**
 * A cluster that does work for all: tells the manager when it begins and ends, with its process' id.
 *
 * With `STUBBORN` set the work takes no notice of its signal; with `BROKEN` there is other work, which throws. With
 * `SAY` it writes that on its stdout, and on its stderr without an end of the line.
 */
import { EventEmitter } from 'node:events';
import { ClusterClient, MANAGER_ID } from 'shardwire';

const cluster = new ClusterClient(new EventEmitter());

function tell(what: 'begin' | 'end'): void {
  void cluster.events.emitTo(MANAGER_ID, 'work', { what, id: cluster.id, pid: process.pid, at: Date.now() });
}

cluster.runSingleton('stats', async ({ signal }) => {
  tell('begin');
  await new Promise((resolve) => {
    if (process.env['STUBBORN'] === undefined) signal.addEventListener('abort', resolve);
  });
  tell('end');
});
if (process.env['BROKEN'] !== undefined) {
  cluster.runSingleton('broken', () => {
    throw new Error('out of order');
  });
}
cluster.ipc.handle('stats', () => cluster.stats());
/** Works for so many milliseconds on end: nothing else of this process has its turn. */
cluster.ipc.handle('block', (ms: number) => {
  const until = performance.now() + ms;
  while (performance.now() < until);
});
cluster.ipc.handle('slow', () => new Promise(() => {}));

if (process.env['SAY'] !== undefined) {
  process.stdout.write(`${process.env['SAY']}\n`);
  process.stderr.write(process.env['SAY']);
}
