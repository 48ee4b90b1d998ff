/**
 * A cluster for tests of supervision: a stub client, and a handler for each way to die.
 *
 * With `STUCK=<id>` in its environment, that cluster stands still before it has made its `ClusterClient`.
 */
import { EventEmitter } from 'node:events';
import { appendFileSync, closeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ClusterClient } from 'shardwire';

/** Where the manager puts the pipe that carries frames. */
const LINK_FD = 4;
const { JOURNAL, HOOK_MS, STUCK } = process.env;

function note(line: string): void {
  if (JOURNAL !== undefined) appendFileSync(JOURNAL, `${line}\n`);
}

function standStill(): never {
  for (;;);
}

if (STUCK !== undefined && process.env['SHARDWIRE_CLUSTER']?.includes(`"id":${STUCK},`) === true)
  standStill();

class Client extends EventEmitter {
  destroy(): void {
    note(`destroy ${cluster.id}`);
  }
}

const cluster = new ClusterClient(new Client());
cluster.onShutdown(async () => {
  note(`hook ${cluster.id}`);
  await sleep(Number(HOOK_MS ?? 0));
  note(`hook done ${cluster.id}`);
});

const waysToDie: Readonly<Record<string, () => void>> = {
  exit: () => process.exit(7),
  kill: () => void process.kill(process.pid, 'SIGKILL'),
  memory: () => {
    const hoard: unknown[] = [];
    for (;;) hoard.push(Array.from({ length: 10_000 }, () => ({})));
  },
  exception: () => {
    throw new TypeError('nobody catches this');
  },
  rejection: () => void Promise.reject(new RangeError('nobody awaits this')),
  freeze: standStill,
  link: () => closeSync(LINK_FD),
};

cluster.ipc.handle('id', () => cluster.id);
cluster.ipc.handle('slow', async (ms: number) => {
  await sleep(ms);
  return `after ${ms} ms`;
});
/** Dies a moment after it has answered. */
cluster.ipc.handle('die', (how: string) => void setTimeout(() => waysToDie[how]?.(), 5));
