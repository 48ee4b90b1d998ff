/**
 * Planning `init`: decides what to add to a project. Pure; nothing that exists is replaced.
 */
import { posix } from 'node:path';
import { FIRST_CONTRACT_TEXT } from './first-contract.js';
import type { PackageManager, Project } from './read-project.js';

export interface InitPlan {
  /** Texts of files to write, by path; existing files keep their content and get additions. */
  readonly write: ReadonlyMap<string, string>;
  /** What was added, one line each. */
  readonly done: readonly string[];
  /** Remaining steps for the user. */
  readonly next: readonly string[];
}

const SCRIPTS = { gen: 'shardwire gen', 'gen:check': 'shardwire gen --check' } as const;

const GENERATOR = ['ts-morph@28.0.0', 'typebox@1.4.3'] as const;

interface ProjectPaths {
  readonly contracts: string;
  readonly out: string;
}

export function planInit(facts: Project): InitPlan {
  const layout = pathsOf(facts);
  const steps = [packageStep(facts, layout), contractStep(facts, layout), ...ignoreSteps(facts, layout)];
  return {
    write: new Map(steps.flatMap(({ write }) => write)),
    done: steps.flatMap(({ done }) => done),
    next: nextSteps(facts, layout),
  };
}

interface Step {
  readonly write: readonly (readonly [string, string])[];
  readonly done: readonly string[];
}

const NO_STEP: Step = { write: [], done: [] };

function pathsOf({ package: { shardwire = {} }, hasSrc }: Project): ProjectPaths {
  const folder = hasSrc ? 'src' : '';
  const chosen = (key: string, name: string): string => {
    const value = shardwire[key];
    return typeof value === 'string' ? value : posix.join(folder, name);
  };
  return { contracts: chosen('contracts', 'contracts'), out: chosen('out', 'generated') };
}

/** Scripts, and the settings that differ from the defaults. */
function packageStep(facts: Project, layout: ProjectPaths): Step {
  const { scripts = {}, shardwire } = facts.package;
  const newScripts = Object.entries(SCRIPTS).filter(([name]) => scripts[name] === undefined);
  const settings = shardwire === undefined ? settingsFor(facts, layout) : {};
  const names = newScripts.map(([name]) => `script ${name}`);
  const added = [
    ...names,
    ...(Object.keys(settings).length === 0 ? [] : [`shardwire: ${JSON.stringify(settings)}`]),
  ];
  if (added.length === 0) return NO_STEP;
  const changed = {
    ...facts.package,
    ...(newScripts.length === 0 ? {} : { scripts: { ...scripts, ...Object.fromEntries(newScripts) } }),
    ...(Object.keys(settings).length === 0 ? {} : { shardwire: settings }),
  };
  const text = JSON.stringify(changed, undefined, indentOf(facts.packageText));
  const end = facts.packageText.endsWith('\n') ? '\n' : '';
  const lineEnd = facts.packageText.includes('\r\n') ? '\r\n' : '\n';
  return {
    write: [['package.json', (text + end).replaceAll('\n', lineEnd)]],
    done: [`package.json: added ${added.join(', ')}`],
  };
}

function indentOf(text: string): string {
  return /^\{\r?\n(?<indent>[ \t]+)/.exec(text)?.groups?.['indent'] ?? '  ';
}

function settingsFor(facts: Project, { contracts, out }: ProjectPaths): Readonly<Record<string, string>> {
  const extension = importExtension(facts);
  return {
    ...(contracts === 'contracts' ? {} : { contracts }),
    ...(out === 'generated' ? {} : { out }),
    ...(facts.hasTsconfig ? {} : { emit: 'js' }),
    ...(extension === 'js' ? {} : { importExtension: extension }),
  };
}

/** `./a.js` resolves to `./a.ts` in every TypeScript setup; the others are for projects that do not run its output. */
function importExtension({ moduleStyle }: Project): 'js' | 'ts' | 'none' {
  if (moduleStyle?.allowsTsExtensions === true) return 'ts';
  return moduleStyle?.isBundledOnly === true ? 'none' : 'js';
}

function contractStep({ contractsIn }: Project, { contracts }: ProjectPaths): Step {
  if (contractsIn(contracts).length > 0) return NO_STEP;
  const path = posix.join(contracts, 'guilds.ts');
  return { write: [[path, FIRST_CONTRACT_TEXT]], done: [`${path}: added a first contract`] };
}

/** Pages are committed, so that reviewers see them: formatters ignore them, git does not. */
function ignoreSteps({ ignoreFiles }: Project, { out }: ProjectPaths): readonly Step[] {
  return [...ignoreFiles].flatMap(([name, text]): readonly Step[] => {
    const entries = text.split(/\r?\n/).map((line) => line.trim().replaceAll(/^\/|\/(?:\*\*)?$/g, ''));
    if (entries.includes(out)) return [];
    const before = text === '' || text.endsWith('\n') ? text : `${text}\n`;
    return [{ write: [[name, `${before}${out}/\n`]], done: [`${name}: added ${out}/`] }];
  });
}

const INSTALL: Readonly<Record<PackageManager, readonly [string, string]>> = {
  npm: ['npm i', 'npm i -D'],
  pnpm: ['pnpm add', 'pnpm add -D'],
  yarn: ['yarn add', 'yarn add -D'],
  bun: ['bun add', 'bun add -d'],
};

function nextSteps(facts: Project, { contracts, out }: ProjectPaths): readonly string[] {
  const {
    package: { dependencies = {}, devDependencies = {}, scripts = {} },
    packageManager,
  } = facts;
  const has = (name: string): boolean => name in dependencies || name in devDependencies;
  const [add, addDev] = INSTALL[packageManager];
  const bot = ['shardwire', 'discord.js'].filter((name) => !(name in dependencies));
  const tools = GENERATOR.filter((name) => !has(name.replace(/@.*/, '')));
  const occupiedScripts = Object.entries(SCRIPTS).filter(([name, text]) => (scripts[name] ?? text) !== text);
  return [
    ...(bot.length === 0 ? [] : [`${add} ${bot.join(' ')}`]),
    ...(tools.length === 0 ? [] : [`${addDev} ${tools.join(' ')}`]),
    ...occupiedScripts.map(
      ([name, text]) =>
        `package.json has another script named ${name}: run \`${text}\` from a script of your choice`,
    ),
    ...(facts.moduleStyle?.isOutdated === true
      ? [
          'tsconfig.json: set "module" to "nodenext", or "moduleResolution" to "bundler": older settings cannot resolve shardwire/contract',
        ]
      : []),
    ...(facts.lintConfig === undefined ? [] : [`${facts.lintConfig}: ignore ${out}/`]),
    `declare handlers and events in ${contracts}/, then run \`${packageManager} run gen\` after every edit, or keep \`npx shardwire gen --watch\` running`,
    `run \`${packageManager} run gen:check\` in CI`,
  ];
}
