/**
 * Schema values: runs a contract file to get at the TypeBox schemas in it.
 *
 * This is the only code of the generator that runs a user's code, and it does so only for a contract that says
 * `Static<typeof Schema>`. The bundled compiler compiles the file, which removes types and imports of types, and the rest is
 * loaded as Node would load it from that path; so are the TypeScript files that it imports by a relative path. A bot never
 * loads schemas this way.
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

/** @param text - The text of the file, which may be unsaved. */
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
  // The inner block lets the file declare variables called `module` or `require`, as an ES module may.
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

/** An import of `./shared.js` finds `./shared.ts` if only that file exists. */
function sourceOf(path: string): string | undefined {
  const stem = path.replace(/\.[jt]s$/, '');
  return [path, `${stem}.ts`].find((one) => one.endsWith('.ts') && existsSync(one));
}
