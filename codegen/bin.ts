#!/usr/bin/env node
/**
 * Where `shardwire` starts.
 *
 * Nothing is imported before the version has been looked at: an old Node would stop at the first word it does not
 * know, and say something about syntax.
 */
import { setFlagsFromString } from 'node:v8';

/**
 * How often code runs before V8 optimises it: six times later than usual. A run is over before most of it pays, and a
 * quarter of the processor's time would go into it.
 */
const OPTIMISE_LATER = '--interrupt-budget=400000';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`shardwire needs Node 20.19 or newer; this is ${process.version}.`);
  process.exitCode = 1;
} else {
  void start();
}

async function start(): Promise<void> {
  // Who watches runs long enough.
  if (!process.argv.includes('--watch')) setFlagsFromString(OPTIMISE_LATER);
  const { run } = await import('./cli.js');
  const { processTerminal } = await import('./process-terminal.js');
  process.exitCode = await run(process.argv.slice(2), processTerminal());
}
