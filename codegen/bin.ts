#!/usr/bin/env node
/**
 * Entry point of the generator's commands.
 *
 * Nothing is imported before Node's version is checked: an old Node would stop with a syntax error in the first module.
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
    const { tuneForShortRun } = await import('./cli/short-run.js');
    tuneForShortRun();
  }
  const { run } = await import('./cli/cli.js');
  process.exitCode = await run(process.argv.slice(2));
}
