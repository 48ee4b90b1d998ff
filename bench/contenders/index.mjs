/**
 * Contenders: who is measured. Each has a folder here with a manager and a cluster file.
 */
import { fileURLToPath } from 'node:url';

/** `peer`: somebody else's library, which is installed on first use. */
const all = [{ name: 'raw' }, { name: 'limit' }, { name: 'shardwire' }, { name: 'shardwire-typed' }];

export const contenders = all.map((one) => {
  const folder = new URL(`${one.name}/`, import.meta.url);
  return {
    peer: false,
    ...one,
    folder: fileURLToPath(folder),
    manager: fileURLToPath(new URL('manager.mjs', folder)),
  };
});
