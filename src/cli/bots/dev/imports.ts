/**
 * Imports: the files that a file imports, found by a search of its text.
 *
 * Finds relative paths in `import`, `export ... from`, `import()` and `require()`, but no packages, aliases or paths
 * computed at run time. Cheap, and good enough to know what to watch.
 */
import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const RELATIVE = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*(['"])(\.{1,2}\/[^'"\n]*)\1/g;

/** These files and all that they import, directly or not. Absolute paths. */
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

/** TypeScript files are imported by the name of their output, or without an extension. */
function candidates(path: string): string[] {
  const source = path.replace(/\.([cm]?)js(x?)$/, '.$1ts$2');
  const endings = ['.ts', '.js', '.mts', '.mjs', '.cts', '.cjs', '.tsx', '.jsx', '/index.ts', '/index.js'];
  return [source, path, ...endings.map((ending) => `${path}${ending}`)];
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
