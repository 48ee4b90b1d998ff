/**
 * Calls: contenders side by side under the same loads.
 *
 * Usage: npm run bench -- calls [--only raw,shardwire] [--loads serial,64] [--rounds 5] [--ms 1500] [--profile folder]
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { contenders } from './contenders/index.mjs';
import { installPeers, prepareLibrary } from './kit/library.mjs';
import { loads } from './kit/loads.mjs';
import { measure } from './kit/measure.mjs';
import { callTables } from './kit/call-tables.mjs';
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
prepareLibrary();
if (chosen.some(({ peer }) => peer)) installPeers();
const results = await measure(chosen, choose(loads, values.loads), {
  rounds: Number(values.rounds),
  ms: Number(values.ms),
  warmMs: 300,
  profile: values.profile === undefined ? undefined : resolve(values.profile),
  tell: (text) => console.error(text),
});
for (const table of callTables(results)) printTable(table);
printTable(judgeTargets(results));

function choose(list, names) {
  if (names === undefined) return list;
  return names.split(',').map((name) => {
    const one = list.find((each) => each.name === name);
    if (one === undefined)
      throw new Error(`no '${name}'; there are ${list.map((each) => each.name).join(', ')}`);
    return one;
  });
}
