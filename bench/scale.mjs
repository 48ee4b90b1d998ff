/**
 * Scale: how cost grows with clusters. Processes up to what this machine bears, and in-memory links far beyond.
 *
 * Usage: npm run bench -- scale [--ms 700]
 */
import { parseArgs } from 'node:util';
import { findContender } from './contenders/index.mjs';
import { prepareLibrary } from './kit/library.mjs';
import { measureProcesses, scaleTables, simulate } from './kit/scale.mjs';
import { printTable } from './kit/table.mjs';

const { values } = parseArgs({ options: { ms: { type: 'string', default: '700' } } });
const ms = Number(values.ms);
prepareLibrary();
const processes = await measureProcesses(findContender('shardwire-typed'), { ms, tell: console.error });
for (const table of scaleTables({ processes, simulation: simulate(ms, console.error) })) printTable(table);
