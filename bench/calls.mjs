/**
 * Calls: contenders side by side under the same loads.
 *
 * Usage: npm run bench -- calls [--only raw,shardwire] [--loads serial,64] [--rounds 5] [--ms 1500] [--profile folder]
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { contenders, find } from './contenders/index.mjs';
import { installPeers, prepareLibrary } from './kit/library.mjs';
import { loads } from './kit/loads.mjs';
import { measure } from './kit/measure.mjs';
import { botTable, callTables } from './kit/call-tables.mjs';
import { printTable } from './kit/table.mjs';
import { judgeTargets } from './kit/targets.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    loads: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    ms: { type: 'string', default: '1500' },
    profile: { type: 'string' },
  },
});

const chosen = choose(contenders, values.only);
const peers = chosen.filter(({ peer }) => peer).map(({ name }) => name);
prepareLibrary();
if (peers.length > 0) installPeers();
const results = await measure(chosen, choose(loads, values.loads), {
  rounds: Number(values.rounds),
  ms: Number(values.ms),
  warmMs: 300,
  profile: values.profile === undefined ? undefined : resolve(values.profile),
  tell: (text) => console.error(text),
});
for (const table of [...callTables(results), botTable(results), judgeTargets(results, peers)])
  printTable(table);

function choose(list, names) {
  return names === undefined ? list : names.split(',').map((name) => find(list, name));
}
