/**
 * Imports: the files that a file is made of, as far as its text says so.
 *
 * Looks for relative paths in `import`, `export ... from`, `import()` and `require()`; packages, aliases and paths that
 * are put together at run time are not seen. Good enough to know what to watch, and cheap.
 */
import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const RELATIVE = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*(['"])(\.{1,2}\/[^'"\n]*)\1/g;

/** All files that these files lead to, themselves included. Absolute paths. */
export function reachableFiles(files: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...files];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (found.has(file) || !isFile(file)) continue;
    found.add(file);
    if (!file.endsWith('.json')) open.push(...importedBy(file));
  }
  return found;
}

function importedBy(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(RELATIVE)].flatMap(([, , path = '']) => {
    const target = candidates(resolve(dirname(file), path)).find(isFile);
    return target === undefined ? [] : [target];
  });
}

/** TypeScript is imported by the name that it will have, or by none. */
function candidates(path: string): string[] {
  const source = path.replace(/\.([cm]?)js(x?)$/, '.$1ts$2');
  const endings = ['.ts', '.js', '.mts', '.mjs', '.cts', '.cjs', '.tsx', '.jsx', '/index.ts', '/index.js'];
  return [source, path, ...endings.map((ending) => `${path}${ending}`)];
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
