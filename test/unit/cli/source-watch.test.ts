import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { reachableFiles } from '../../../src/cli/bots/dev/imports.js';
import { contractFolders } from '../../../src/cli/bots/dev/project-settings.js';
import { SourceWatch } from '../../../src/cli/bots/dev/source-watch.js';
import { until } from '../../support/processes.js';

function makeProject(files: Readonly<Record<string, string>>) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'shardwire-source-watch-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const write = (path: string, text: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  return { root, write };
}

function watched(files: Readonly<Record<string, string>>) {
  const project = makeProject(files);
  const { root } = project;
  const heard: string[] = [];
  const places = {
    bot: join(root, 'src/bot.ts'),
    contracts: join(root, 'contracts'),
    out: join(root, 'generated'),
  };
  const watch = new SourceWatch(places, (kind, path) => heard.push(`${kind} ${relative(root, path)}`));
  onTestFinished(() => watch.close());
  const hears = (line: string) => until(() => heard.includes(line), `'${line}' in ${JSON.stringify(heard)}`);
  return { ...project, heard, hears };
}

describe('a source watch', () => {
  it('hears of source, of contracts and of what either imports from elsewhere, and of nothing else', async () => {
    const { write, heard, hears } = watched({
      'src/bot.ts': "import { word } from '../shared/words.js';",
      'shared/words.ts': '',
      'contracts/guilds.ts': "import type { Id } from '../types/ids.js';",
      'types/ids.ts': '',
    });

    write('src/node_modules/x/index.js', '1');
    write('src/state.json', '1');
    write('generated/index.ts', '1');
    write('shared/words.ts', '1');
    await hears('source shared/words.ts');
    write('types/ids.ts', '1');
    await hears('contract types/ids.ts');
    write('contracts/guilds.ts', '1');
    await hears('contract contracts/guilds.ts');
    write('src/bot.ts', '1');
    await hears('source src/bot.ts');

    expect([...new Set(heard)].toSorted()).toEqual([
      'contract contracts/guilds.ts',
      'contract types/ids.ts',
      'source shared/words.ts',
      'source src/bot.ts',
    ]);
  });

  it('hears of folders that come into being, and of what is in them', async () => {
    const { write, hears } = watched({ 'src/bot.ts': '' });

    write('src/commands/admin/ban.ts', '');
    await hears('source src/commands/admin/ban.ts');
    write('contracts/guilds.ts', '');
    await hears('contract contracts/guilds.ts');
    write('src/commands/admin/ban.ts', 'more');
    write('contracts/shop.ts', '');
    await hears('contract contracts/shop.ts');
  });

  it('hears of a file that another one is put in the place of, as editors save, again and again', async () => {
    const { root, write, heard, hears } = watched({ 'src/bot.ts': '' });

    for (const _save of [1, 2, 3]) {
      heard.length = 0;
      write('src/bot.ts.tmp', 'new');
      renameSync(join(root, 'src/bot.ts.tmp'), join(root, 'src/bot.ts'));
      await hears('source src/bot.ts');
    }
  });

  it('hears of a folder that was replaced', async () => {
    const { root, write, heard, hears } = watched({ 'src/bot.ts': '', 'contracts/guilds.ts': '' });

    rmSync(join(root, 'contracts'), { recursive: true });
    await hears('contract contracts/guilds.ts');
    write('contracts/guilds.ts', '2');
    await until(
      () => heard.filter((line) => line === 'contract contracts/guilds.ts').length > 1,
      'the new one',
    );
    heard.length = 0;
    write('contracts/guilds.ts', '3');

    await hears('contract contracts/guilds.ts');
  });
});

describe('what a file is made of', () => {
  it('is found through every way to import a relative path, circles included', () => {
    const { root } = makeProject({
      'bot.ts': `import { a } from './a.js';
        export * from "./b.ts";
        const c = await import('./c');
        const d = require('./d/index.js'), e = require('discord.js');
        import './texts.json';`,
      'a.ts': "import type { Bot } from './bot.js';",
      'b.ts': '',
      'c/index.ts': "import '../deep.mjs';",
      'd/index.js': '',
      'deep.mts': '',
      'texts.json': '{ "not": "from \'./secret.js\'" }',
      'secret.js': '',
    });

    const found = [...reachableFiles([join(root, 'bot.ts')])].map((path) => relative(root, path));

    expect(found.toSorted()).toEqual([
      'a.ts',
      'b.ts',
      'bot.ts',
      'c/index.ts',
      'd/index.js',
      'deep.mts',
      'texts.json',
    ]);
  });
});

describe('where contracts and pages are', () => {
  it('is said by the command line, by package.json or by nobody', () => {
    const { root } = makeProject({
      'package.json': '{ "shardwire": { "contracts": "src/contracts", "out": "src/out" } }',
    });
    const shown = (given: { contracts?: string }, cwd: string) =>
      Object.values(contractFolders({ contracts: undefined, out: undefined, ...given }, cwd)).map((path) =>
        relative(cwd, path),
      );

    expect(shown({}, root)).toEqual(['src/contracts', 'src/out']);
    expect(shown({ contracts: 'c' }, root)).toEqual(['c', 'src/out']);
    expect(shown({}, join(root, 'nowhere'))).toEqual(['contracts', 'generated']);
  });
});
