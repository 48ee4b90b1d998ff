/**
 * House rules: which module of `src/` and `codegen/` may import which.
 *
 * Each rule is a function from modules to sentences, one per offence, that name the file, the line and the
 * import. A new room of `src/` gets its height in `HEIGHTS`; until then every import of it is an offence.
 */
import type { Import, SourceModule } from './source-module.js';

export type Rule = (modules: readonly SourceModule[]) => string[];

/**
 * How high a room of `src/` stands. A module imports from its own room and from lower ones; rooms of one height
 * do not know each other.
 */
const HEIGHTS: Readonly<Record<string, number>> = {
  'errors.ts': 0,
  'deferred.ts': 0,
  'node-version.ts': 0,
  'sleep.ts': 0,
  'throw-later.ts': 0,
  wire: 1,
  link: 2,
  ipc: 3,
  contract: 4,
  discord: 5,
  cluster: 6,
  manager: 6,
  'index.ts': 7,
  cli: 8,
};

/** What the command may have of the library in its own bundle. */
const ONLY_FUNCTIONS: readonly string[] = ['src/node-version.ts', 'src/manager/cluster-death.ts'];

/** The package's own name leads back to the house by another door. */
const OWN_NAME = 'shardwire';

export const arrowsPointDown: Rule = (modules) =>
  offences(modules, ({ from, target }) => {
    if (!isInHouse(from) || !isInHouse(target) || roomOf(from) === roomOf(target)) return false;
    return !(heightOf(from) > heightOf(target));
  });

export const everyRoomHasItsHeight: Rule = (modules) => {
  const homeless = modules.filter(({ path }) => isInHouse(path) && Number.isNaN(heightOf(path)));
  return homeless.map(({ path }) => `${path}: its room '${roomOf(path)}' has no height in HEIGHTS`);
};

/** Test clusters are made of the house's own rooms; the local Discord knows none of them. Nobody imports either. */
export const testingStandsAlone: Rule = (modules) =>
  offences(
    modules,
    ({ from, target }) =>
      (isInLocalDiscord(from) && isOwn(target) && !isInLocalDiscord(target)) ||
      (isInTesting(from) && (target === 'src/index.ts' || target.startsWith(OWN_NAME))) ||
      (!isInTesting(from) && isInTesting(target)),
  );

export const codegenKnowsNothingOfSrc: Rule = (modules) =>
  offences(modules, ({ from, target }) => isInCodegen(from) && isOwn(target) && !isInCodegen(target));

export const srcKnowsNothingOfItsSurroundings: Rule = (modules) =>
  offences(
    modules,
    (each) =>
      each.from.startsWith('src/') &&
      isOwn(each.target) &&
      !each.target.startsWith('src/') &&
      !isTheCommandsWayToTheLibrary(each) &&
      !isTheCommandsWayToTheWorkshop(each),
  );

/** The command is built by itself, and uses the library as bots do. */
function isTheCommandsWayToTheLibrary({ from, target }: Import): boolean {
  return isInCommand(from) && target === OWN_NAME;
}

/** What the command's bundle has of the library's modules exists twice: functions may, classes and tables may not. */
export const theCommandHasNoSecondLibrary: Rule = (modules) =>
  offences(
    modules,
    ({ from, target, how }) =>
      isInCommand(from) &&
      target.startsWith('src/') &&
      !isInCommand(target) &&
      how !== 'type' &&
      !ONLY_FUNCTIONS.includes(target),
  );

/** The command has words of both houses: where it starts it hands those of the workshop on, on demand. */
function isTheCommandsWayToTheWorkshop({ from, target, how }: Import): boolean {
  return from === 'src/cli/bin.ts' && target === 'codegen/bin.ts' && how === 'dynamic';
}

export const onlyTheFrontendImportsTsMorph: Rule = (modules) =>
  offences(modules, ({ from, target }) => target === 'ts-morph' && !from.startsWith('codegen/frontend/'));

export const srcImportsNoTools: Rule = (modules) =>
  offences(modules, ({ from, target }) => {
    const isTool =
      ['ts-morph', 'typebox', 'tsx'].includes(target) || /^@(discordjs|sinclair|ts-morph)\//.test(target);
    return from.startsWith('src/') && isTool;
  });

export const discordIsLoadedOnlyOnDemand: Rule = (modules) =>
  offences(modules, ({ target, how }) => target === 'discord.js' && how === 'static');

export const wsIsOnlyForTesting: Rule = (modules) =>
  offences(modules, ({ from, target }) => target === 'ws' && !isInTesting(from));

/** Packages must be what package.json promises to those who install the library. */
export function onlyDeclaredPackages(declared: readonly string[]): Rule {
  return (modules) =>
    offences(
      modules,
      ({ target }) => !isOwn(target) && !target.startsWith('node:') && !declared.includes(target),
    );
}

export const noDefaultExports: Rule = (modules) =>
  modules
    .filter(({ hasDefaultExport }) => hasDefaultExport)
    .map(({ path }) => `${path}: has a default export`);

export const everyModuleHasAHeader: Rule = (modules) =>
  modules
    .filter(({ hasHeader }) => !hasHeader)
    .map(({ path }) => `${path}: does not begin with a /** comment */`);

/** Follows what is loaded at run time, `import()` included; each circle is told once. */
export const noCircles: Rule = (modules) => {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, way: readonly string[]): void => {
    const start = way.indexOf(path);
    if (start >= 0) circles.push([...way.slice(start), path].join(' -> '));
    if (start >= 0 || done.has(path)) return;
    for (const { target, how } of byPath.get(path)?.imports ?? []) {
      if (how !== 'type') visit(target, [...way, path]);
    }
    done.add(path);
  };
  for (const { path } of modules) visit(path, []);
  return circles;
};

function offences(modules: readonly SourceModule[], isOffence: (each: Import) => boolean): string[] {
  const found = modules.flatMap(({ imports }) => imports).filter(isOffence);
  return found.map(({ from, line, specifier, how }) => `${from}:${line}: ${how} import of '${specifier}'`);
}

function isInHouse(path: string): boolean {
  return path.startsWith('src/') && !isInTesting(path);
}

function isInLocalDiscord(path: string): boolean {
  return path.startsWith('src/testing/local-discord/');
}

function isInTesting(path: string): boolean {
  return path.startsWith('src/testing/');
}

function isInCommand(path: string): boolean {
  return path.startsWith('src/cli/');
}

function isInCodegen(path: string): boolean {
  return path.startsWith('codegen/');
}

/** A file of this repository, or the package by its own name. */
function isOwn(target: string): boolean {
  return target === OWN_NAME || target.endsWith('.ts');
}

function roomOf(path: string): string {
  return path.split('/')[1] ?? path;
}

/** `NaN` for a room without a height, which compares false with everything. */
function heightOf(path: string): number {
  return HEIGHTS[roomOf(path)] ?? Number.NaN;
}
