/**
 * A cluster that takes its manager for one of another major version of the library once the file `OTHER_MAJOR_AFTER`
 * exists, as a process does that was started after `node_modules` has changed.
 */
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { ClusterClient } from 'shardwire';

const BOOT_VARIABLE = 'SHARDWIRE_CLUSTER';
const { OTHER_MAJOR_AFTER = '', [BOOT_VARIABLE]: boot = '{}' } = process.env;

if (existsSync(OTHER_MAJOR_AFTER)) {
  const facts = JSON.parse(boot) as object;
  process.env[BOOT_VARIABLE] = JSON.stringify({ ...facts, protocol: { major: 2, minor: 0 } });
}

const cluster = new ClusterClient(new EventEmitter());
cluster.ipc.handle('pid', () => process.pid);
