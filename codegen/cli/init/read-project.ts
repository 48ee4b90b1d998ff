/**
 * Project facts: what `init` finds out so that it need not ask.
 */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ModuleStyle } from '../../frontend/program/module-style.js';

export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun';

export interface Project {
  readonly packageText: string;
  readonly package: PackageJson;
  readonly packageManager: PackageManager;
  readonly hasTsconfig: boolean;
  /** `undefined` without a tsconfig, or without a compiler to read it. */
  readonly moduleStyle: ModuleStyle | undefined;
  readonly hasSrc: boolean;
  /** Texts of the existing ignore files of formatters and linters, by file name. */
  readonly ignoreFiles: ReadonlyMap<string, string>;
  /** Name of a linter's configuration file, which `init` does not edit. */
  readonly lintConfig: string | undefined;
  /** Names of the contract files in a folder. */
  readonly contractsIn: (folder: string) => readonly string[];
}

export interface PackageJson {
  readonly type?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly shardwire?: Readonly<Record<string, unknown>>;
}

/** Keys whose `null` counts as missing, as npm reads them. */
const OBJECT_KEYS: ReadonlySet<string> = new Set(['scripts', 'dependencies', 'devDependencies', 'shardwire']);

const IGNORE_FILES = ['.prettierignore', '.eslintignore'];

const LINT_CONFIGS = /^(?:eslint\.config\.[cm]?[jt]s|biome\.jsonc?|\.oxlintrc\.json|\.eslintrc(?:\.\w+)?)$/;

const LOCK_FILES: Readonly<Record<string, PackageManager>> = {
  'pnpm-lock.yaml': 'pnpm',
  'yarn.lock': 'yarn',
  'bun.lock': 'bun',
  'bun.lockb': 'bun',
};

/** @returns A sentence where there is no project. */
export async function readProject(root: string): Promise<Project | string> {
  const packageText = textOf(join(root, 'package.json'));
  if (packageText === undefined) return 'No package.json found. Run `npm init` first.';
  const packageJson = parsed(packageText);
  if (packageJson === undefined) return 'package.json is not a JSON object.';
  const names = readdirSync(root);
  const tsconfig = join(root, 'tsconfig.json');
  return {
    packageText,
    package: packageJson,
    packageManager: names.map((name) => LOCK_FILES[name]).find((one) => one !== undefined) ?? 'npm',
    hasTsconfig: existsSync(tsconfig),
    moduleStyle: existsSync(tsconfig) ? await moduleStyleOf(tsconfig) : undefined,
    hasSrc: names.includes('src') && statSync(join(root, 'src')).isDirectory(),
    ignoreFiles: new Map(
      IGNORE_FILES.flatMap((name) => {
        const text = textOf(join(root, name));
        return text === undefined ? [] : [[name, text] as const];
      }),
    ),
    lintConfig: names.find((name) => LINT_CONFIGS.test(name)),
    contractsIn: (folder) => typeScriptIn(join(root, folder)),
  };
}

function parsed(text: string): PackageJson | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return Object.fromEntries(
      Object.entries(value).filter(([key, one]) => one !== null || !OBJECT_KEYS.has(key)),
    );
  } catch {
    return undefined;
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function typeScriptIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.ts'));
  } catch {
    return [];
  }
}

/** The compiler may not be installed yet; then the defaults are used. */
async function moduleStyleOf(tsconfig: string): Promise<ModuleStyle | undefined> {
  try {
    const { moduleStyle } = await import('../../frontend/program/module-style.js');
    return moduleStyle(tsconfig);
  } catch {
    return undefined;
  }
}
