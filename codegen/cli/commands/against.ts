/**
 * What contracts are compared with: a lock file, a folder that has one, another folder of contracts, or what was
 * committed under a git ref.
 */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import { promisify } from 'node:util';
import { LOCK_FILE } from '../../lock/lock-file.js';
import type { ContractModel } from '../../model/model.js';
import { readLock } from '../../lock/read-lock.js';
import { relativePath } from '../../relative-path.js';

export type Against =
  | { readonly kind: 'contracts'; readonly contracts: readonly ContractModel[] }
  | { readonly kind: 'folder'; readonly path: string }
  /** A sentence without its full stop. */
  | { readonly kind: 'nothing'; readonly why: string };

interface Where {
  readonly root: string;
  /** The output folder, relative to the root. */
  readonly out: string;
}

/** A path counts before a ref of the same name: `refs/heads/main` is always the branch. */
export async function findAgainst(against: string, where: Where): Promise<Against> {
  const path = resolve(where.root, against);
  if (!existsSync(path)) return lockAtRef(against, where);
  if (!statSync(path).isDirectory()) return parsed(readFileSync(path, 'utf8'), against);
  const lock = join(path, LOCK_FILE);
  return existsSync(lock)
    ? parsed(readFileSync(lock, 'utf8'), posix.join(against, LOCK_FILE))
    : { kind: 'folder', path: against };
}

async function lockAtRef(ref: string, { root, out }: Where): Promise<Against> {
  const lock = posix.join(relativePath(root, out), LOCK_FILE);
  const commit = await git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  if (!commit.ok) return { kind: 'nothing', why: await whyNoCommit(ref, root) };
  // `./` is where the command runs, which need not be the top of the repository.
  const text = await git(root, ['show', `${commit.out.trim()}:./${lock}`]);
  if (text.ok) return parsed(text.out, `${lock} at ${ref}`);
  const why = `${ref} has no ${lock}; it has to be committed with the pages, and --out says where it is`;
  return { kind: 'nothing', why };
}

async function whyNoCommit(ref: string, root: string): Promise<string> {
  const inside = await git(root, ['rev-parse', '--is-inside-work-tree']);
  if (inside.ok)
    return `'${ref}' is neither a file, nor a folder, nor a commit that git knows; in CI it may have to be fetched first`;
  return inside.isMissing
    ? `there is no file or folder '${ref}', and git is not installed`
    : `there is no file or folder '${ref}', and this is not a git repository`;
}

function parsed(text: string, shown: string): Against {
  try {
    return { kind: 'contracts', contracts: readLock(text) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'nothing', why: `${shown} is no lock file that can be read: ${reason}` };
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
