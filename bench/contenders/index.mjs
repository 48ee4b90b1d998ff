/**
 * Contenders: who is measured. Each has a folder here with a manager and a cluster file.
 */
import { fileURLToPath } from 'node:url';

/** `peer`: somebody else's library, which is installed on first use. */
const all = [
  { name: 'raw' },
  { name: 'limit' },
  { name: 'shardwire' },
  { name: 'shardwire-typed' },
  { name: 'discord.js', peer: true },
  { name: 'discord-hybrid-sharding', peer: true },
  { name: 'kurasuta', peer: true },
  { name: 'eris-fleet', peer: true },
  { name: 'indomitable', peer: true },
];

export const contenders = all.map((one) => {
  const folder = new URL(`${one.name}/`, import.meta.url);
  return {
    peer: false,
    ...one,
    folder: fileURLToPath(folder),
    manager: fileURLToPath(new URL('manager.mjs', folder)),
  };
});

/** @throws Error that names those there are. */
export function findContender(name) {
  return find(contenders, name);
}

/** The one of that name in a list. */
export function find(list, name) {
  const one = list.find((each) => each.name === name);
  if (one === undefined)
    throw new Error(`no '${name}'; there are ${list.map((each) => each.name).join(', ')}`);
  return one;
}
