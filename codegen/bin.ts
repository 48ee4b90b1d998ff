#!/usr/bin/env node
/**
 * Where `shardwire` starts.
 *
 * Nothing is imported before the version has been looked at: an old Node would stop at the first word it does not
 * know, and say something about syntax.
 */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`shardwire needs Node 20.19 or newer; this is ${process.version}.`);
  process.exitCode = 1;
} else {
  void start();
}

async function start(): Promise<void> {
  if (!process.argv.includes('--watch')) {
    const { expectShortRun } = await import('./cli/short-run.js');
    expectShortRun();
  }
  const { run } = await import('./cli/cli.js');
  const { processTerminal } = await import('./cli/process-terminal.js');
  process.exitCode = await run(process.argv.slice(2), processTerminal());
}
