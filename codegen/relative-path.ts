/**
 * Relative paths, as they are shown and written: with forward slashes, whatever the machine.
 */
import { relative, resolve, sep } from 'node:path';

/** @param path - From the root, or from the root of the machine. */
export function relativePath(root: string, path: string): string {
  return relative(root, resolve(root, path)).split(sep).join('/');
}
