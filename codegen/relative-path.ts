/**
 * Relative paths for messages and generated files: with forward slashes on every platform.
 */
import { relative, resolve, sep } from 'node:path';

/** @param path - Absolute, or relative to the root. */
export function relativePath(root: string, path: string): string {
  return relative(root, resolve(root, path)).split(sep).join('/');
}
