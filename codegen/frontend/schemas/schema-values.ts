/**
 * Schema values: running a contract file, so that a TypeBox schema in it can be read.
 *
 * The one place where the generator runs what a user wrote, and only if a contract says `Static<typeof Schema>`. The
 * file is compiled by the bundled compiler, types and all that only they need fall away, and what is left is loaded as
 * Node would load it from there; so is every TypeScript file that it imports by a relative path. No bot ever does this.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { runInThisContext } from 'node:vm';
import { compiler } from '../program/compiler.js';

export type LoadedFile =
  | { readonly ok: true; readonly exports: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly message: string };

type Require = (name: string) => unknown;
type Wrapped = (exports: object, require: Require, module: { exports: unknown }) => void;

/** @param text - The text of the file, which may not be saved yet. */
export function loadFile(path: string, text: string): LoadedFile {
  try {
    return { ok: true, exports: run(path, text, new Map()) };
  } catch (error) {
    const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return { ok: false, message: line };
  }
}

function run(path: string, text: string, loaded: Map<string, object>): Readonly<Record<string, unknown>> {
  const { outputText } = compiler.transpileModule(text, {
    fileName: path,
    compilerOptions: {
      module: compiler.ModuleKind.CommonJS,
      target: compiler.ScriptTarget.ES2022,
      esModuleInterop: true,
    },
  });
  const module = { exports: {} };
  loaded.set(path, module.exports);
  // A block of its own: to the author, who writes a module, `module` is a name like any other.
  const code = `(function (exports, require, module) {{${outputText}\n}})`;
  const start = runInThisContext(code, { filename: path }) as Wrapped;
  start(module.exports, requireFrom(path, loaded), module);
  return module.exports;
}

function requireFrom(path: string, loaded: Map<string, object>): Require {
  const require = createRequire(path);
  return (name) => {
    const file = name.startsWith('.') ? sourceOf(resolve(dirname(path), name)) : undefined;
    if (file === undefined) return require(name);
    return loaded.get(file) ?? run(file, readFileSync(file, 'utf8'), loaded);
  };
}

/** `./shared.js` means `./shared.ts` where only that is there. */
function sourceOf(path: string): string | undefined {
  const stem = path.replace(/\.[jt]s$/, '');
  return [path, `${stem}.ts`].find((one) => one.endsWith('.ts') && existsSync(one));
}
