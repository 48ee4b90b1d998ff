/**
 * Settings: folders of contracts and pages, and how pages are written.
 *
 * The command line takes precedence over the key `shardwire` in the folder's `package.json`, and that over the defaults.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostics.js';
import type { EmitKind, GenerateOptions, ImportExtension } from '../generate.js';
import type { OptionValues } from '../../src/cli/kit/parse-options.js';
import { suggestionFor } from '../../src/cli/kit/suggestion.js';
import { UsageError } from '../../src/cli/kit/usage-error.js';

/** The command-line options behind the settings, as `parseArgs` takes them. */
export const SETTING_OPTIONS = {
  contracts: { type: 'string' },
  out: { type: 'string' },
  project: { type: 'string' },
  emit: { type: 'string' },
  'import-extension': { type: 'string' },
  'no-schemas': { type: 'boolean' },
  docs: { type: 'boolean' },
} as const;

export const SETTINGS_HELP = `  --contracts <folder>  folder of the contracts (default: contracts)
  --out <folder>        output folder of the pages (default: generated)
  --project <file>      tsconfig used to resolve modules (default: tsconfig.json)`;

export interface Settings extends Omit<GenerateOptions, 'root'> {
  readonly emit: EmitKind;
  readonly importExtension: ImportExtension;
  readonly schemas: boolean;
  readonly docs: boolean;
}

export type SettingsResult =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

const EMITS = ['ts', 'js'] as const;
const IMPORT_EXTENSIONS = ['js', 'ts', 'none'] as const;

/** Checks for the values in `package.json`. */
const IS_VALID = {
  contracts: isPath,
  out: isPath,
  project: isPath,
  emit: (value: unknown) => isOneOf(EMITS, value),
  importExtension: (value: unknown) => isOneOf(IMPORT_EXTENSIONS, value),
  schemas: isBoolean,
  docs: isBoolean,
} as const;

const EXPECTED: Readonly<Record<keyof typeof IS_VALID, string>> = {
  contracts: 'a path',
  out: 'a path',
  project: 'a path',
  emit: oneOf(EMITS),
  importExtension: oneOf(IMPORT_EXTENSIONS),
  schemas: 'true or false',
  docs: 'true or false',
};

/** @throws UsageError for an invalid value on the command line. */
export function readSettings(values: OptionValues, root: string): SettingsResult {
  const { config, diagnostics } = readConfig(root);
  if (diagnostics.length > 0) return { ok: false, diagnostics };
  const text = (name: string): string | undefined => values[name] as string | undefined;
  return {
    ok: true,
    settings: {
      contracts: text('contracts') ?? config.contracts ?? 'contracts',
      out: text('out') ?? config.out ?? 'generated',
      project: text('project') ?? config.project,
      emit: choiceOf('emit', text('emit'), EMITS) ?? config.emit ?? 'ts',
      importExtension:
        choiceOf('import-extension', text('import-extension'), IMPORT_EXTENSIONS) ??
        config.importExtension ??
        'js',
      schemas: values['no-schemas'] === true ? false : (config.schemas ?? true),
      docs: values['docs'] === true || config.docs === true,
    },
  };
}

/** `a, b or c`. */
function oneOf(choices: readonly string[]): string {
  return choices.join(', ').replace(/, (?=[^,]*$)/, ' or ');
}

/** @throws UsageError */
export function choiceOf<T extends string>(
  name: string,
  given: string | undefined,
  choices: readonly T[],
): T | undefined {
  if (given === undefined) return undefined;
  const chosen = choices.find((one) => one === given);
  if (chosen === undefined) throw new UsageError(`--${name} must be ${oneOf(choices)}, got '${given}'.`);
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
        settingProblem(
          '`shardwire` must be an object',
          'for example "shardwire": { "out": "src/generated" }',
        ),
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

/** A package.json that is not valid JSON is npm's to report. */
function shardwireKey(text: string): unknown {
  try {
    return (JSON.parse(text) as { readonly shardwire?: unknown }).shardwire;
  } catch {
    return undefined;
  }
}

function problemWith(key: string, value: unknown): readonly Diagnostic[] {
  if (!isKey(key)) {
    const suggestion = suggestionFor(key, Object.keys(IS_VALID));
    const hint =
      suggestion === undefined
        ? `the settings are ${Object.keys(IS_VALID).join(', ')}`
        : `did you mean \`${suggestion}\`?`;
    return [settingProblem(`unknown setting \`shardwire.${key}\``, hint)];
  }
  if (IS_VALID[key](value)) return [];
  return [
    settingProblem(
      `invalid value ${JSON.stringify(value)} for \`shardwire.${key}\``,
      `expected ${EXPECTED[key]}`,
    ),
  ];
}

function isKey(key: string): key is keyof typeof IS_VALID {
  return Object.hasOwn(IS_VALID, key);
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

function settingProblem(message: string, hint: string): Diagnostic {
  return { code: 'SW6004', message, hint, location: { file: 'package.json' } };
}
