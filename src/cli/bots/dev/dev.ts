/**
 * `shardwire dev`: runs the clusters of a bot and restarts them whenever its source or a contract changes.
 */
import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { parseDev } from '../arguments.js';
import type { DevArguments } from '../arguments.js';
import { reportFailure } from '../failure.js';
import { DEV_HELP } from '../help.js';
import { prepareBot } from '../prepare-bot.js';
import { DevBot } from './dev-bot.js';
import { DevLoop } from './dev-loop.js';
import { generatePages } from './generate-pages.js';
import { contractFolders } from './project-settings.js';
import { SourceWatch } from './source-watch.js';

/**
 * Returns once the project is watched; the process runs until it is stopped.
 *
 * @param command - File of the command `shardwire`, to run the generator with.
 */
export async function dev(args: readonly string[], command: string): Promise<void> {
  const options = parseDev(args);
  if (options === 'help') {
    process.stdout.write(DEV_HELP);
    return;
  }
  const prepared = prepareBot(options);
  const bot = new DevBot(prepared);
  const folders = contractFolders(options, process.cwd());
  const loop = new DevLoop(
    {
      onChanges: (paths) => console.log(changesText(paths)),
      generate: () => generate(options, folders.contracts, command),
      restart: (signal) => bot.restart(signal).catch(exitWithFailure),
    },
    { pages: options.gen },
  );
  const contracts = options.gen ? folders.contracts : undefined;
  const watch = new SourceWatch({ bot: prepared.file, contracts, out: folders.out }, (kind, path) =>
    loop.onChange(kind, path),
  );
  process.once('exit', () => watch.close());
  loop.start();
}

function changesText(paths: ReadonlySet<string>): string {
  const [first = ''] = paths;
  const shown = relative(process.cwd(), first);
  return paths.size === 1 ? `${shown} changed` : `${shown} and ${paths.size - 1} more changed`;
}

/** Returns whether the pages are up to date. A bot without contracts has none. */
async function generate({ contracts, out }: DevArguments, folder: string, command: string): Promise<boolean> {
  if (!existsSync(folder)) return true;
  const isDone = await generatePages({ command, contracts, out });
  if (!isDone) console.log('pages and bot are unchanged; waiting for changes');
  return isDone;
}

/** For failures that no change of a file would fix. */
function exitWithFailure(error: unknown): never {
  process.exit(reportFailure(error, 'dev'));
}
