import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { FolderWatch } from '../../../../src/cli/kit/folder-watch.js';
import { until } from '../../../support/processes.js';

function watchedFolder() {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'shardwire-folder-watch-')));
  const folder = join(root, 'contracts');
  mkdirSync(folder);
  const changed: string[] = [];
  const watch = new FolderWatch((path) => changed.push(path));
  onTestFinished(() => {
    watch.close();
    rmSync(root, { recursive: true, force: true });
  });
  const reports = (path: string) => until(() => changed.includes(path), `a change of ${path}`);
  return { root, folder, changed, watch, reports };
}

it('reports changes directly inside its folders', async () => {
  const { folder, watch, reports } = watchedFolder();

  const added = watch.set(new Set([folder]));
  writeFileSync(join(folder, 'guilds.ts'), '');

  expect(added).toEqual([folder]);
  await reports(join(folder, 'guilds.ts'));
});

it('returns only the folders that were added, and skips those that do not exist', () => {
  const { root, folder, watch } = watchedFolder();
  watch.set(new Set([folder]));

  expect(watch.set(new Set([folder, root, join(root, 'missing')]))).toEqual([root]);
  expect(watch.set(new Set([folder, root]))).toEqual([]);
});

it('watches a replaced folder anew, whether or not its parent is watched', async () => {
  const { root, folder, changed, watch, reports } = watchedFolder();
  watch.set(new Set([folder]));
  renameSync(folder, join(root, 'old'));
  mkdirSync(folder);

  expect(watch.set(new Set([folder]))).toEqual([folder]);
  changed.length = 0;
  writeFileSync(join(folder, 'guilds.ts'), '');
  await reports(join(folder, 'guilds.ts'));
});

it('forgets a folder as soon as its parent reports that it was renamed: its inode may be reused', async () => {
  const { root, folder, watch, reports } = watchedFolder();
  watch.set(new Set([root, folder]));

  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  await reports(folder);

  expect(watch.set(new Set([root, folder]))).toContain(folder);
});

it('reports nothing of folders that are no longer watched', async () => {
  const { root, folder, changed, watch, reports } = watchedFolder();
  watch.set(new Set([root, folder]));
  watch.set(new Set([root]));

  writeFileSync(join(folder, 'guilds.ts'), '');
  writeFileSync(join(root, 'last'), '');
  await reports(join(root, 'last'));

  expect(changed).not.toContain(join(folder, 'guilds.ts'));
});
