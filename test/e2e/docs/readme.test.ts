/**
 * The README and the pages of docs/ are right: their code compiles, and the commands and links in them exist.
 *
 * Every ```ts block of README.md and docs/*.md is compiled against the built package, in one project per page:
 *
 * - A block that begins with a path, `// bot.ts` or `// contracts/guilds.ts`, is that file. Several blocks of one path
 *   are one file, in order. It must import what it uses.
 * - A block without a path is a separate module, in which `ClusterClient`, `ClusterManager`, `IPCError`,
 *   `RemoteError`, `Client`, `bind`, `client`, `cluster`, `manager` and every contract's stubs are declared, unless it
 *   declares them itself.
 * - `./generated/` is generated from the repository's contracts; a contract that the page shows replaces the one of the
 *   same name.
 * - ```ts no-check (reason) leaves a block out. Prefer a block that compiles.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../setup/run-process.js';
import { anchorLinks, anchorsIn, npmScripts, relativeLinks } from './markdown.js';
import { compilePage } from './page-project.js';

const pages = ['README.md', ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`)].filter((path) =>
  path.endsWith('.md'),
);
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

function read(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8');
}

/** A page with some text before each block. Each argument is a block: its fence, then its lines. */
function pageOf(...blocks: readonly (readonly string[])[]): string {
  return blocks
    .map(([fence = '', ...lines]) => ['Words.', `\`\`\`${fence}`, ...lines, '```'].join('\n'))
    .join('\n');
}

/** Shows contracts that are refused; `test/golden/bad` tests that each of them is. */
const MISTAKES_ON_PURPOSE = 'docs/diagnostics.md';

it.each(pages.filter((page) => page !== MISTAKES_ON_PURPOSE))('%s has code that compiles', async (page) => {
  expect(await compilePage(page, read(page))).toEqual([]);
});

describe.each(pages)('%s', (page) => {
  it('names npm scripts that exist', () => {
    expect(npmScripts(read(page)).filter(({ target }) => scripts[target] === undefined)).toEqual([]);
  });

  it('links to files that exist', () => {
    const broken = relativeLinks(read(page)).filter(
      ({ target }) => !existsSync(join(ROOT, dirname(page), target)),
    );

    expect(broken).toEqual([]);
  });

  it('links to headings and anchors that exist', () => {
    const broken = anchorLinks(read(page)).filter(
      ({ path, anchor }) => !anchorsIn(read(path === '' ? page : join(dirname(page), path))).has(anchor),
    );

    expect(broken).toEqual([]);
  });
});

describe('docs/decisions.md', () => {
  const text = read('docs/decisions.md');
  const numbers = [...text.matchAll(/^## (\d+)\. /gm)].map(([, number]) => Number(number));

  it('numbers its entries from 1, without gaps', () => {
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });

  it('has an anchor for each entry, and lists it in the index', () => {
    const anchors = anchorsIn(text);
    const listed = new Set(anchorLinks(text).map(({ anchor }) => anchor));

    expect(numbers.filter((number) => !anchors.has(`d${number}`))).toEqual([]);
    expect(numbers.filter((number) => !listed.has(`d${number}`))).toEqual([]);
  });
});

describe('a page with mistakes', () => {
  it('has each reported with its line in the page, and nothing else', async () => {
    const problems = await compilePage(
      'mistakes.md',
      pageOf(
        [
          'ts',
          '// contracts/tea.ts',
          "import type { Handlers, UInt } from 'shardwire/contract';",
          'export interface Tea extends Handlers {',
          '  brew(): UInt;',
          '}',
        ],
        [
          'ts',
          '// bot.ts',
          "import { bind } from './generated/index.js';",
          'export const { tea } = bind(null as never);',
        ],
        ['ts', '// bot.ts', "tea.handle({ brew: () => 'green' });"],
        [
          'ts',
          'const cups: number = await tea.brew.request();',
          'const names: string = await guilds.getUserCount.request();',
        ],
        ['ts', 'const cluster = new ClusterClient(client);', 'cluster.pour();'],
        ['ts no-check (shows what is refused)', 'tea.spill();'],
        ['js', 'this is not TypeScript'],
        ['ts', '// main.ts', 'cluster.ipc;'],
      ),
    );

    expect(problems).toEqual([
      expect.stringMatching(/^mistakes\.md:18: error TS2322: .*'string'/),
      expect.stringMatching(/^mistakes\.md:41: error TS2304: .*'cluster'/),
      expect.stringMatching(/^mistakes\.md:23: error TS2322: .*'UInt'.*'string'/),
      expect.stringMatching(/^mistakes\.md:28: error TS2339: .*'pour'/),
    ]);
  });

  it('has what the generator refuses reported', async () => {
    const contract = [
      "import type { Handlers } from 'shardwire/contract';",
      'export interface Tea extends Handlers {',
      '  brew(): symbol;',
      '}',
    ];

    const problems = await compilePage('refused.md', pageOf(['ts', '// contracts/tea.ts', ...contract]));

    expect(problems).toEqual([expect.stringMatching(/^refused\.md:6: error SW\d{4}: .*brew/)]);
  });

  it('has a block reported that is left out without a reason', async () => {
    expect(await compilePage('unexplained.md', pageOf(['ts no-check', 'tea.spill();']))).toEqual([
      "unexplained.md:2: 'no-check' is not 'no-check (a reason)'",
    ]);
  });

  it('has scripts and links found, wherever they are', () => {
    const page = [
      'See `npm run dance` and [here](docs/gone.md#why), not [there](https://example.org) or [above](#top).',
      '```sh',
      'npm ci && npm run build',
      'npm start; npm i -D typebox',
      '```',
      '# The `top` of it!',
    ].join('\n');

    expect(npmScripts(page)).toEqual([
      { line: 3, target: 'build' },
      { line: 4, target: 'start' },
      { line: 1, target: 'dance' },
    ]);
    expect(relativeLinks(page)).toEqual([{ line: 1, target: 'docs/gone.md' }]);
    expect(anchorLinks(page).map(({ target }) => target)).toEqual(['docs/gone.md#why', '#top']);
    expect([...anchorsIn(page)]).toEqual(['the-top-of-it']);
  });
});
