/**
 * `shardwire init`: sets up a project for contracts.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { planInit } from '../init/plan-init.js';
import { readProject } from '../init/read-project.js';
import type { OptionValues } from '../../../src/cli/kit/parse-options.js';
import { paintFor } from '../paint.js';
import type { Terminal } from '../../../src/cli/kit/terminal.js';
import type { Command } from './command.js';

const HELP = `Usage: shardwire init

Sets up the project in this folder for contracts: adds a first contract, scripts in package.json, settings that differ
from the defaults (contracts in src/, a bot in plain JavaScript), and lines in .prettierignore and .eslintignore if these
files exist. Asks no questions and replaces nothing; a second run changes nothing.

Examples:
  npx shardwire init
`;

export const INIT: Command = {
  name: 'init',
  summary: 'adds a first contract, scripts and settings to a project',
  help: HELP,
  options: {},
  run: init,
};

async function init(_values: OptionValues, terminal: Terminal): Promise<number> {
  const facts = await readProject(terminal.cwd);
  if (typeof facts === 'string') {
    terminal.printError(`${facts}\n`);
    return 1;
  }
  const { write, done, next } = planInit(facts);
  for (const [name, text] of write) {
    const path = join(terminal.cwd, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const paint = paintFor(terminal.outColours);
  const results = done.length === 0 ? ['nothing to add: the project is set up'] : done;
  const lines = [...results, '', 'Next:', ...next.map((step) => `  ${paint.cyan('-')} ${step}`)];
  terminal.print(lines.map((line) => `${line}\n`).join(''));
  return 0;
}
