/**
 * `shardwire init`: what a project lacks to have contracts.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { planInit } from '../init/plan-init.js';
import { readProject } from '../init/project-facts.js';
import type { Values } from '../settings.js';
import { paintFor } from '../terminal.js';
import type { Terminal } from '../terminal.js';
import type { Command } from './command.js';

const HELP = `Usage: shardwire init

Adds to the project in this folder what it lacks to have contracts: a first contract, scripts in package.json, settings
where they differ from the defaults (contracts in src/, a bot in plain JavaScript), and lines in .prettierignore and
.eslintignore if there are such files. It asks nothing and replaces nothing; a second run finds nothing to do.

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

async function init(_values: Values, terminal: Terminal): Promise<number> {
  const facts = await readProject(terminal.cwd);
  if (typeof facts === 'string') {
    terminal.printError(`${facts}.\n`);
    return 1;
  }
  const { write, done, next } = planInit(facts);
  for (const [name, text] of write) {
    const path = join(terminal.cwd, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const paint = paintFor(terminal.outColours);
  const did = done.length === 0 ? ['nothing was missing'] : done;
  const lines = [...did, '', 'Next:', ...next.map((step) => `  ${paint.cyan('-')} ${step}`)];
  terminal.print(lines.map((line) => `${line}\n`).join(''));
  return 0;
}
