/**
 * Settings: where contracts and pages are and how pages are written, from the command line and from `package.json`.
 *
 * What the command line says counts; then the key `shardwire` in the `package.json` of the folder; then the defaults.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostics.js';
import type { EmitKind, GenerateOptions, ImportExtension } from '../generate.js';
import { suggestionFor } from './suggestion.js';

/** The options of the command line that settings are made of, as `parseArgs` takes them. */
export const SETTING_OPTIONS = {
  contracts: { type: 'string' },
  out: { type: 'string' },
  project: { type: 'string' },
  emit: { type: 'string' },
  'import-extension': { type: 'string' },
  'no-schemas': { type: 'boolean' },
  docs: { type: 'boolean' },
} as const;

export const SETTINGS_HELP = `  --contracts <folder>  where the contracts are (default: contracts)
  --out <folder>        where the pages go (default: generated)
  --project <file>      the tsconfig that says how modules are found (default: tsconfig.json)`;

/** What a command line gave, by the names of its options. */
export type Values = Readonly<Record<string, string | boolean | undefined>>;

export interface Settings extends Omit<GenerateOptions, 'root'> {
  readonly emit: EmitKind;
  readonly importExtension: ImportExtension;
  readonly schemas: boolean;
  readonly docs: boolean;
}

export type FoundSettings =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** A command line that cannot be understood. The message is a sentence without its full stop. */
export class UsageError extends Error {}

const EMITS = ['ts', 'js'] as const;
const IMPORT_EXTENSIONS = ['js', 'ts', 'none'] as const;

/** The settings as `package.json` may have them. */
const KEYS = {
  contracts: isPath,
  out: isPath,
  project: isPath,
  emit: (value: unknown) => isOneOf(EMITS, value),
  importExtension: (value: unknown) => isOneOf(IMPORT_EXTENSIONS, value),
  schemas: isBoolean,
  docs: isBoolean,
} as const;

const EXPECTED: Readonly<Record<keyof typeof KEYS, string>> = {
  contracts: 'a path',
  out: 'a path',
  project: 'a path',
  emit: EMITS.join(' or '),
  importExtension: IMPORT_EXTENSIONS.join(', '),
  schemas: 'true or false',
  docs: 'true or false',
};

/** @throws UsageError where the command line has a value that an option cannot have. */
export function findSettings(values: Values, root: string): FoundSettings {
  const { config, diagnostics } = readConfig(root);
  if (diagnostics.length > 0) return { ok: false, diagnostics };
  const text = (name: string): string | undefined => values[name] as string | undefined;
  return {
    ok: true,
    settings: {
      contracts: text('contracts') ?? config.contracts ?? 'contracts',
      out: text('out') ?? config.out ?? 'generated',
      project: text('project') ?? config.project,
      emit: choice('emit', text('emit'), EMITS) ?? config.emit ?? 'ts',
      importExtension:
        choice('import-extension', text('import-extension'), IMPORT_EXTENSIONS) ??
        config.importExtension ??
        'js',
      schemas: values['no-schemas'] === true ? false : (config.schemas ?? true),
      docs: values['docs'] === true || config.docs === true,
    },
  };
}

/** @throws UsageError */
export function choice<T extends string>(
  name: string,
  given: string | undefined,
  choices: readonly T[],
): T | undefined {
  if (given === undefined) return undefined;
  const chosen = choices.find((one) => one === given);
  if (chosen === undefined) throw new UsageError(`--${name} takes ${choices.join(', ')}, not '${given}'`);
  return chosen;
}

interface Config {
  readonly config: Partial<Settings>;
  readonly diagnostics: readonly Diagnostic[];
}

function readConfig(root: string): Config {
  const text = textOf(join(root, 'package.json'));
  if (text === undefined) return { config: {}, diagnostics: [] };
  const config = shardwireKey(text);
  if (config === undefined) return { config: {}, diagnostics: [] };
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    return {
      config: {},
      diagnostics: [
        wrong('`shardwire` has to be an object', 'write "shardwire": { "out": "src/generated" }'),
      ],
    };
  }
  const diagnostics = Object.entries(config).flatMap(([key, value]) => problemWith(key, value));
  return { config, diagnostics };
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** A package.json that is none is for npm to complain of. */
function shardwireKey(text: string): unknown {
  try {
    return (JSON.parse(text) as { readonly shardwire?: unknown }).shardwire;
  } catch {
    return undefined;
  }
}

function problemWith(key: string, value: unknown): readonly Diagnostic[] {
  if (!isKey(key)) {
    const meant = suggestionFor(key, Object.keys(KEYS));
    const hint =
      meant === undefined ? `there are ${Object.keys(KEYS).join(', ')}` : `did you mean \`${meant}\`?`;
    return [wrong(`\`shardwire.${key}\` is no setting`, hint)];
  }
  if (KEYS[key](value)) return [];
  return [wrong(`\`shardwire.${key}\` cannot be ${JSON.stringify(value)}`, `it takes ${EXPECTED[key]}`)];
}

function isKey(key: string): key is keyof typeof KEYS {
  return Object.hasOwn(KEYS, key);
}

function isPath(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean';
}

function isOneOf(choices: readonly string[], value: unknown): boolean {
  return choices.some((one) => one === value);
}

function wrong(message: string, hint: string): Diagnostic {
  return { code: 'SW6004', message, hint, place: { file: 'package.json' } };
}
