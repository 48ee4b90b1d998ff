#!/usr/bin/env node
/**
 * Entry point of the command `shardwire`.
 *
 * `start` and `dev` run bots; every other command belongs to the generator, which is loaded only then: running a bot
 * needs no compiler. Nothing else is imported before Node's version is checked.
 */
const [command] = process.argv.slice(2);

if (command === 'start' || command === 'dev') void run(command);
else void import('../../codegen/bin.js');

async function run(botCommand: 'start' | 'dev'): Promise<void> {
  try {
    const { checkNodeVersion } = await import('../node-version.js');
    checkNodeVersion();
    const args = process.argv.slice(3);
    if (botCommand === 'start') await (await import('./bots/start.js')).start(args);
    else await (await import('./bots/dev/dev.js')).dev(args, process.argv[1] ?? '');
  } catch (error) {
    process.exitCode = (await import('./bots/failure.js')).reportFailure(error, botCommand);
  }
}
