/**
 * `shardwire dev`: the clusters of a bot, started anew whenever its source or a contract changes.
 */
import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { parseDev } from '../arguments.js';
import type { DevArguments } from '../arguments.js';
import { tellFailure } from '../failure.js';
import { DEV_HELP } from '../help.js';
import { prepareBot } from '../prepare-bot.js';
import { DevBot } from './dev-bot.js';
import { DevLoop } from './dev-loop.js';
import { generatePages } from './generate-pages.js';
import { contractFolders } from './project-settings.js';
import { SourceWatch } from './source-watch.js';

/**
 * Returns when it watches; the process goes on until it is told to end.
 *
 * @param command - The file of the command itself, to run the generator with.
 */
export async function dev(args: readonly string[], command: string): Promise<void> {
  const given = parseDev(args);
  if (given === 'help') {
    process.stdout.write(DEV_HELP);
    return;
  }
  const prepared = prepareBot(given);
  const bot = new DevBot(prepared);
  const folders = contractFolders(given, process.cwd());
  const loop = new DevLoop(
    {
      noticed: (paths) => console.log(noticedText(paths)),
      generate: () => generate(given, folders.contracts, command),
      restart: (interrupt) => bot.restart(interrupt).catch(giveUp),
    },
    { pages: given.gen },
  );
  const contracts = given.gen ? folders.contracts : undefined;
  const watch = new SourceWatch({ bot: prepared.file, contracts, out: folders.out }, (kind, path) =>
    loop.changed(kind, path),
  );
  process.once('exit', () => watch.close());
  loop.begin();
}

function noticedText(paths: ReadonlySet<string>): string {
  const [first = ''] = paths;
  const shown = relative(process.cwd(), first);
  return paths.size === 1 ? `${shown} has changed` : `${shown} and ${paths.size - 1} more have changed`;
}

/** A bot need not have contracts. */
async function generate({ contracts, out }: DevArguments, folder: string, command: string): Promise<boolean> {
  if (!existsSync(folder)) return true;
  const isDone = await generatePages({ command, contracts, out });
  if (!isDone) console.log('the pages and the bot stay as they were; waiting for a change');
  return isDone;
}

/** What no change of a file would cure. */
function giveUp(error: unknown): never {
  process.exit(tellFailure(error));
}
