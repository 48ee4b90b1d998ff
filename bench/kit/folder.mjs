/**
 * Folder: a temporary one for a bot's sockets, gone however the bench ends.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders = new Set();
process.once('exit', () => folders.forEach(removeFolder));

export function makeFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'shardwire-bench-'));
  folders.add(folder);
  return folder;
}

export function removeFolder(folder) {
  rmSync(folder, { recursive: true, force: true });
  folders.delete(folder);
}
