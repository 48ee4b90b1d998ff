/**
 * Facts about a project: what `init` would otherwise have to ask.
 */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ModuleStyle } from '../../frontend/program/module-style.js';

export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun';

export interface ProjectFacts {
  readonly packageText: string;
  readonly package: PackageJson;
  readonly packageManager: PackageManager;
  readonly hasTsconfig: boolean;
  /** `undefined` where there is no tsconfig, or no compiler to read it with. */
  readonly moduleStyle: ModuleStyle | undefined;
  readonly hasSrc: boolean;
  /** The texts of files that say what tools leave alone, as far as there are any. */
  readonly ignoreFiles: ReadonlyMap<string, string>;
  /** Whether a linter is set up in a file that only people can edit. */
  readonly lintConfig: string | undefined;
  /** The contracts in a folder. */
  readonly contractsIn: (folder: string) => readonly string[];
}

export interface PackageJson {
  readonly type?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly shardwire?: Readonly<Record<string, unknown>>;
}

/** What is `null` here is not there: npm reads it so, too. */
const TABLES: ReadonlySet<string> = new Set(['scripts', 'dependencies', 'devDependencies', 'shardwire']);

const IGNORE_FILES = ['.prettierignore', '.eslintignore'];

const LINT_CONFIGS = /^(?:eslint\.config\.[cm]?[jt]s|biome\.jsonc?|\.oxlintrc\.json|\.eslintrc(?:\.\w+)?)$/;

const LOCK_FILES: Readonly<Record<string, PackageManager>> = {
  'pnpm-lock.yaml': 'pnpm',
  'yarn.lock': 'yarn',
  'bun.lock': 'bun',
  'bun.lockb': 'bun',
};

/** @returns A sentence without its full stop where there is no project. */
export async function readProject(root: string): Promise<ProjectFacts | string> {
  const packageText = textOf(join(root, 'package.json'));
  if (packageText === undefined) return 'there is no package.json here; run `npm init` first';
  const packageJson = parsed(packageText);
  if (packageJson === undefined) return 'package.json is no JSON object';
  const names = readdirSync(root);
  const tsconfig = join(root, 'tsconfig.json');
  return {
    packageText,
    package: packageJson,
    packageManager: names.map((name) => LOCK_FILES[name]).find((one) => one !== undefined) ?? 'npm',
    hasTsconfig: existsSync(tsconfig),
    moduleStyle: existsSync(tsconfig) ? await styleOf(tsconfig) : undefined,
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
    return Object.fromEntries(Object.entries(value).filter(([key, one]) => one !== null || !TABLES.has(key)));
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

/** The compiler that reads it may not be installed yet; then the defaults do. */
async function styleOf(tsconfig: string): Promise<ModuleStyle | undefined> {
  try {
    const { moduleStyle } = await import('../../frontend/program/module-style.js');
    return moduleStyle(tsconfig);
  } catch {
    return undefined;
  }
}
