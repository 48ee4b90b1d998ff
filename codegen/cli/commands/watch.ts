/**
 * `shardwire gen --watch`: keeps the pages up to date while contracts are edited.
 *
 * Every change leads to a check of all files, so no stale file is missed; only files that differ are processed. While a
 * contract has an error the pages stay unchanged, and the error is printed.
 */
import { resolve } from 'node:path';
import type { Generator } from '../../generate.js';
import { foreignFileDiagnostics } from '../../output-folder.js';
import { relativePath } from '../../relative-path.js';
import { readSettings } from '../settings.js';
import type { Settings } from '../settings.js';
import type { OptionValues } from '../../../src/cli/kit/parse-options.js';
import type { Terminal } from '../../../src/cli/kit/terminal.js';
import { Changes } from '../watch/changes.js';
import { FolderWatch } from '../../../src/cli/kit/folder-watch.js';
import { watchedPaths } from '../watch/watched-paths.js';
import type { WatchedPaths } from '../watch/watched-paths.js';
import { failureText, problems } from './report.js';
import type { Format } from './report.js';
import { writePages } from './write-pages.js';

export interface WatchJob {
  readonly values: OptionValues;
  readonly format: Format;
  readonly terminal: Terminal;
  readonly makeGenerator: () => Generator;
}

/** Runs until the terminal's `stop` signal. Returns the exit code. */
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

  /** Returns whether folders were added: they may have changed since they were read. */
  const follow = (): boolean => {
    watched = session.watched();
    return folders.set(watched.folders).length > 0;
  };
  session.build([], performance.now());
  // At least one more build: it warms up the compiler, which would otherwise slow down the first edit.
  do session.build([], performance.now());
  while (follow());
  terminal.print('watching for changes; press Ctrl+C to stop\n');
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

  /** @param paths - The changed paths; empty for a precautionary build, which prints nothing that was printed before. */
  build(paths: readonly string[], since: number): void {
    const { values, terminal, format } = this.#job;
    const found = readSettings(values, terminal.cwd);
    if (!found.ok) return this.#reportFailure(found.diagnostics, paths);
    this.#applySettings(found.settings);
    const generated = this.#generator.generate({ ...found.settings, root: terminal.cwd });
    if (!generated.ok) return this.#reportFailure(generated.diagnostics, paths);
    const outcome = writePages(generated, found.settings.out, terminal);
    if (!outcome.ok)
      return this.#reportFailure(foreignFileDiagnostics(outcome.plan, found.settings.out), paths);

    const isWorthPrinting = paths.length > 0 || outcome.written > 0 || this.#lastError !== '';
    this.#lastError = '';
    if (!isWorthPrinting) return;
    if (generated.warnings.length > 0) terminal.printError(problems(generated.warnings, format, terminal));
    terminal.print(`${this.#label(paths)}${outcome.summary} (${Math.round(performance.now() - since)} ms)\n`);
  }

  /** A generator's cache is valid for one set of settings. */
  #applySettings(settings: Settings): void {
    const isSame = JSON.stringify(settings) === JSON.stringify(this.#settings);
    if (!isSame && this.#settings !== undefined) this.#generator = this.#job.makeGenerator();
    this.#settings = settings;
  }

  #reportFailure(diagnostics: Parameters<typeof failureText>[0], paths: readonly string[]): void {
    const { terminal, format } = this.#job;
    const text = failureText(diagnostics, 'pages are unchanged', format, terminal);
    if (paths.length > 0 || text !== this.#lastError) terminal.printError(text);
    this.#lastError = text;
  }

  /** `contracts/guilds.ts: `, or the first path and the number of others. */
  #label([first, ...others]: readonly string[]): string {
    if (first === undefined) return '';
    const shown = relativePath(this.#job.terminal.cwd, first);
    return others.length === 0 ? `${shown}: ` : `${shown} and ${others.length} more: `;
  }
}
