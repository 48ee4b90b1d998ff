/**
 * Baseline: the contracts to compare with, from a lock file, a folder with a lock file, a folder of contracts, or a git
 * ref.
 */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import { promisify } from 'node:util';
import { LOCK_FILE } from '../../lock/lock-file.js';
import type { ContractModel } from '../../model/model.js';
import { readLock } from '../../lock/read-lock.js';
import { relativePath } from '../../relative-path.js';

export type Baseline =
  | { readonly kind: 'contracts'; readonly contracts: readonly ContractModel[] }
  | { readonly kind: 'folder'; readonly path: string }
  /** There is no baseline; the reason is one or more sentences. */
  | { readonly kind: 'none'; readonly reason: string };

interface BaselineLocation {
  readonly root: string;
  /** The output folder, relative to the root. */
  readonly out: string;
}

/** A path takes precedence over a ref of the same name: `refs/heads/main` is always the branch. */
export async function findBaseline(against: string, where: BaselineLocation): Promise<Baseline> {
  const path = resolve(where.root, against);
  if (!existsSync(path)) return lockAtRef(against, where);
  if (!statSync(path).isDirectory()) return parseBaseline(readFileSync(path, 'utf8'), against);
  const lock = join(path, LOCK_FILE);
  return existsSync(lock)
    ? parseBaseline(readFileSync(lock, 'utf8'), posix.join(against, LOCK_FILE))
    : { kind: 'folder', path: against };
}

async function lockAtRef(ref: string, { root, out }: BaselineLocation): Promise<Baseline> {
  const lock = posix.join(relativePath(root, out), LOCK_FILE);
  const commit = await git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  if (!commit.ok) return { kind: 'none', reason: await unknownCommitReason(ref, root) };
  // `./` is the working directory, which need not be the root of the repository.
  const text = await git(root, ['show', `${commit.out.trim()}:./${lock}`]);
  if (text.ok) return parseBaseline(text.out, `${lock} at ${ref}`);
  const reason = `${ref} has no ${lock}. Commit the lock file with the pages; --out sets its folder.`;
  return { kind: 'none', reason };
}

async function unknownCommitReason(ref: string, root: string): Promise<string> {
  const inside = await git(root, ['rev-parse', '--is-inside-work-tree']);
  if (inside.ok)
    return `'${ref}' is not a file, a folder or a known git commit. In CI it may have to be fetched first.`;
  return inside.isMissing
    ? `There is no file or folder '${ref}', and git is not installed.`
    : `There is no file or folder '${ref}', and this is not a git repository.`;
}

function parseBaseline(text: string, shown: string): Baseline {
  try {
    return { kind: 'contracts', contracts: readLock(text) };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { kind: 'none', reason: `Could not read the lock file ${shown}: ${detail}.` };
  }
}

type GitAnswer =
  { readonly ok: true; readonly out: string } | { readonly ok: false; readonly isMissing: boolean };

const MAX_LOCK_BYTES = 64 * 1024 * 1024;

async function git(cwd: string, args: readonly string[]): Promise<GitAnswer> {
  try {
    const { stdout } = await promisify(execFile)('git', [...args], { cwd, maxBuffer: MAX_LOCK_BYTES });
    return { ok: true, out: stdout };
  } catch (error) {
    return { ok: false, isMissing: (error as { readonly code?: unknown }).code === 'ENOENT' };
  }
}
