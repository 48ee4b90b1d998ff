/**
 * Start-up and size: what a bot pays for importing the library, and what npm downloads.
 *
 * Usage: npm run bench -- start [--rounds 21]
 */
import { parseArgs } from 'node:util';
import { prepareLibrary } from './kit/library.mjs';
import { measureStart, startTables } from './kit/start.mjs';
import { printTable } from './kit/table.mjs';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '21' } } });
prepareLibrary();
for (const table of startTables(await measureStart(Number(values.rounds)))) printTable(table);
