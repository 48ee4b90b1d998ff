#!/usr/bin/env node
/**
 * Where `shardwire` starts.
 *
 * `start` and `dev` run bots; every other word belongs to the generator, which is loaded only then: who runs a bot has
 * no use for a compiler. Nothing else is imported before Node's version has been looked at.
 */
const [word] = process.argv.slice(2);

if (word === 'start' || word === 'dev') {
  void run(word);
} else {
  void generate();
}

async function run(own: 'start' | 'dev'): Promise<void> {
  try {
    const { checkNodeVersion } = await import('../node-version.js');
    checkNodeVersion();
    const args = process.argv.slice(3);
    if (own === 'start') await (await import('./bots/start.js')).start(args);
    else await (await import('./bots/dev/dev.js')).dev(args, process.argv[1] ?? '');
  } catch (error) {
    process.exitCode = (await import('./bots/failure.js')).tellFailure(error);
  }
}

/** It reads the arguments, says what it says and sets the exit code by itself. */
async function generate(): Promise<void> {
  if (word === '--help' || word === '-h') {
    const { OWN_WORDS } = await import('./bots/help.js');
    process.stdout.write(OWN_WORDS);
  }
  await import('../../codegen/bin.js');
}
