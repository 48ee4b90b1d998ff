/**
 * Library: the build of this repository, as the contenders import it.
 *
 * bench/ is a package of its own, so that peers stay out of the library's; `shardwire` is a link in its
 * node_modules. Peers are installed beside it on first use.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const bench = fileURLToPath(new URL('../', import.meta.url));
const modules = `${bench}node_modules`;

/** Lets `import 'shardwire'` find the build, and writes pages with it. */
export function prepareLibrary() {
  linkLibrary();
  writePages('contracts', 'generated');
  // A page of twenty handlers, which a test loads, too.
  writePages('../test/fixtures/user-project/contracts', 'generated/twenty');
}

function linkLibrary() {
  mkdirSync(modules, { recursive: true });
  rmSync(`${modules}/shardwire`, { force: true });
  symlinkSync('../..', `${modules}/shardwire`);
}

function writePages(contracts, out) {
  const args = [
    '../dist/codegen/bin.js',
    'gen',
    '--contracts',
    contracts,
    '--out',
    out,
    '--emit',
    'js',
    '--no-schemas',
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: bench, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the pages could not be written:\n${stdout}${stderr}`);
}

/** Installs the peers unless they are there. npm writes its own lock file into node_modules as the last thing. */
export function installPeers() {
  if (existsSync(`${modules}/.package-lock.json`)) return;
  console.error('installing the peers into bench/node_modules (once) ...');
  const args = ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline', '--fetch-retries=1'];
  const { status } = spawnSync('npm', args, { cwd: bench, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) {
    console.error(
      'The peers could not be installed: npm ci in bench/ failed, see above. Is there a network?',
    );
    console.error('Without them: npm run bench -- calls --only raw,limit,shardwire,shardwire-typed');
    process.exit(1);
  }
  // `npm ci` has emptied the folder.
  linkLibrary();
}
