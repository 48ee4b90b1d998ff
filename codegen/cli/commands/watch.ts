/**
 * `shardwire gen --watch`: pages that follow their contracts while somebody edits these.
 *
 * Every change leads to a look at all files, so nothing old is ever taken for new; only what differs is worked on. With a
 * mistake in a contract the pages stay as they were, and the mistake is shown.
 */
import { resolve } from 'node:path';
import type { Generator } from '../../generate.js';
import { foreignFiles } from '../../output-folder.js';
import { relativePath } from '../../relative-path.js';
import { findSettings } from '../settings.js';
import type { Settings, Values } from '../settings.js';
import type { Terminal } from '../terminal.js';
import { Changes } from '../watch/changes.js';
import { FolderWatch } from '../watch/folder-watch.js';
import { watchedPaths } from '../watch/watched-paths.js';
import type { WatchedPaths } from '../watch/watched-paths.js';
import { failureText, problems } from './report.js';
import type { Format } from './report.js';
import { writePages } from './write-pages.js';

export interface WatchJob {
  readonly values: Values;
  readonly format: Format;
  readonly terminal: Terminal;
  readonly makeGenerator: () => Generator;
}

/** Goes on until the terminal says stop. Returns the exit code. */
export async function watchContracts(job: WatchJob): Promise<number> {
  const { terminal } = job;
  const session = new WatchSession(job);
  const changes = new Changes();
  let watched = session.watched();
  const folders = new FolderWatch((path) => {
    if (watched.isRelevant(path)) changes.add(path);
  });
  terminal.stop?.addEventListener('abort', () => changes.end(), { once: true });
  if (terminal.stop?.aborted === true) changes.end();
  folders.set(watched.folders);

  /** A folder that is watched from now on may have changed since it was read. */
  const follow = (): boolean => {
    watched = session.watched();
    return folders.set(watched.folders);
  };
  session.build([], performance.now());
  // Once more at least: what the first build makes the compiler learn would otherwise be waited for at the first edit.
  do session.build([], performance.now());
  while (follow());
  terminal.print('watching; Ctrl+C ends it\n');
  for (let burst = await changes.next(); burst !== undefined; burst = await changes.next()) {
    session.build(burst.paths, burst.since);
    while (follow()) session.build([], performance.now());
  }
  folders.close();
  return 0;
}

class WatchSession {
  readonly #job: WatchJob;
  #settings: Settings | undefined;
  #generator: Generator;
  #lastError = '';

  constructor(job: WatchJob) {
    this.#job = job;
    this.#generator = job.makeGenerator();
  }

  watched(): WatchedPaths {
    const { cwd: root } = this.#job.terminal;
    const { contracts = 'contracts', project = 'tsconfig.json' } = this.#settings ?? {};
    return watchedPaths({
      root,
      contracts: resolve(root, contracts),
      tsconfig: resolve(root, project),
      files: this.#generator.files.map((file) => resolve(file)),
    });
  }

  /** @param paths - What has changed; none where it is only to be on the safe side, and then nothing is said twice. */
  build(paths: readonly string[], since: number): void {
    const { values, terminal, format } = this.#job;
    const found = findSettings(values, terminal.cwd);
    if (!found.ok) return this.#fail(found.diagnostics, paths);
    this.#use(found.settings);
    const generated = this.#generator.generate({ ...found.settings, root: terminal.cwd });
    if (!generated.ok) return this.#fail(generated.diagnostics, paths);
    const outcome = writePages(generated, found.settings.out, terminal);
    if (!outcome.ok) return this.#fail(foreignFiles(outcome.plan, found.settings.out), paths);

    const isNews = paths.length > 0 || outcome.written > 0 || this.#lastError !== '';
    this.#lastError = '';
    if (!isNews) return;
    if (generated.warnings.length > 0) terminal.printError(problems(generated.warnings, format, terminal));
    terminal.print(
      `${this.#called(paths)}${outcome.sentence} (${Math.round(performance.now() - since)} ms)\n`,
    );
  }

  /** Pages are known for one way of writing them. */
  #use(settings: Settings): void {
    const isSame = JSON.stringify(settings) === JSON.stringify(this.#settings);
    if (!isSame && this.#settings !== undefined) this.#generator = this.#job.makeGenerator();
    this.#settings = settings;
  }

  #fail(diagnostics: Parameters<typeof failureText>[0], paths: readonly string[]): void {
    const { terminal, format } = this.#job;
    const text = failureText(diagnostics, 'the pages stay as they were', format, terminal);
    if (paths.length > 0 || text !== this.#lastError) terminal.printError(text);
    this.#lastError = text;
  }

  /** `contracts/guilds.ts: `, or with how many others. */
  #called([first, ...others]: readonly string[]): string {
    if (first === undefined) return '';
    const shown = relativePath(this.#job.terminal.cwd, first);
    return others.length === 0 ? `${shown}: ` : `${shown} and ${others.length} more: `;
  }
}
