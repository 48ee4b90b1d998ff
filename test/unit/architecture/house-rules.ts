/**
 * House rules: which module of `src/` and `codegen/` may import which.
 *
 * Each rule is a function from modules to sentences, one per offence, that name the file, the line and the
 * import. A new room gets its floor in `FLOORS`; until then every import of it is an offence.
 */
import type { Import, SourceModule } from './source-module.js';

export type Rule = (modules: readonly SourceModule[]) => string[];

/**
 * The floor of each room. A module imports from its own room and from lower floors; rooms on one floor do not import
 * each other. A room is a folder or a file directly inside `src/` or `codegen/`.
 */
const FLOORS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  src: {
    'errors.ts': 0,
    'node-version.ts': 0,
    'process-memory.ts': 0,
    async: 0,
    schema: 1,
    wire: 1,
    link: 2,
    'limits.ts': 3,
    discord: 3,
    log: 3,
    ipc: 4,
    contract: 5,
    router: 5,
    supervisor: 5,
    cluster: 6,
    manager: 6,
    'index.ts': 7,
    cli: 8,
  },
  codegen: {
    'relative-path.ts': 0,
    diagnostics: 0,
    model: 0,
    breaking: 1,
    emit: 1,
    frontend: 1,
    lock: 1,
    reference: 2,
    'contract-folder.ts': 3,
    'output-folder.ts': 3,
    'generate.ts': 4,
    cli: 5,
    'bin.ts': 6,
  },
};

/** Modules of the library that the command's bundle may contain a second copy of: functions and tables, no classes. */
const ONLY_FUNCTIONS: readonly string[] = ['src/node-version.ts', 'src/supervisor/cluster-death.ts'];

/** The package's own name leads back to the house by another door. */
const OWN_NAME = 'shardwire';

export const arrowsPointDown: Rule = (modules) =>
  offences(modules, ({ from, target }) => {
    if (!isInHouse(from) || !isInHouse(target) || topOf(from) !== topOf(target)) return false;
    return roomOf(from) !== roomOf(target) && !(floorOf(from) > floorOf(target));
  });

export const everyRoomHasItsFloor: Rule = (modules) => {
  const homeless = modules.filter(({ path }) => isInHouse(path) && Number.isNaN(floorOf(path)));
  return homeless.map(({ path }) => `${path}: its room '${roomOf(path)}' has no floor in FLOORS`);
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

/** The fronts make endpoints; all others are given one of the interfaces that it implements, such as `ContractHost`. */
export const onlyTheFrontsNameTheEndpoint: Rule = (modules) =>
  offences(
    modules,
    ({ from, target }) =>
      target === 'src/ipc/endpoint.ts' && !['ipc', 'cluster', 'manager', 'testing'].includes(roomOf(from)),
  );

export const codegenKnowsNothingOfSrc: Rule = (modules) =>
  offences(
    modules,
    (each) =>
      isInCodegen(each.from) &&
      isOwn(each.target) &&
      !isInCodegen(each.target) &&
      !isCommandUsingItsKit(each),
  );

/** The generator's half of the command shares one kit with the other half. */
function isCommandUsingItsKit({ from, target }: Import): boolean {
  return from.startsWith('codegen/cli/') && isInKit(target);
}

/** The kit is compiled into both halves of the command, so whatever it imports is, too. */
export const theKitStandsAlone: Rule = (modules) =>
  offences(modules, ({ from, target }) => isInKit(from) && !isInKit(target) && !target.startsWith('node:'));

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

/** Follows every import, those of types included; each circle is reported once. */
export const noCircles: Rule = (modules) =>
  circlesIn(new Map(modules.map(({ path, imports }) => [path, imports.map(({ target }) => target)])));

/** Within each folder, its files and subfolders import each other without circles. */
export const noCirclesOfRooms: Rule = (modules) => {
  const folders = new Set(modules.flatMap(({ path }) => foldersOf(path)));
  return [...folders].flatMap((folder) => circlesIn(roomGraph(modules, folder)));
};

function roomGraph(modules: readonly SourceModule[], folder: string): Map<string, string[]> {
  const graph = new Map<string, string[]>();
  const roomIn = (path: string): string => `${folder}${path.slice(folder.length).split('/')[0]}`;
  for (const { from, target } of modules.flatMap(({ imports }) => imports)) {
    if (!from.startsWith(folder) || !target.startsWith(folder)) continue;
    const [room, other] = [roomIn(from), roomIn(target)];
    if (room !== other) graph.set(room, [...(graph.get(room) ?? []), other]);
  }
  return graph;
}

/** `src/ipc/client/call.ts` is in `src/`, `src/ipc/` and `src/ipc/client/`. */
function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, depth) => `${parts.slice(0, depth + 1).join('/')}/`);
}

function circlesIn(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (node: string, way: readonly string[]): void => {
    const start = way.indexOf(node);
    if (start >= 0) circles.push([...way.slice(start), node].join(' -> '));
    if (start >= 0 || done.has(node)) return;
    for (const next of graph.get(node) ?? []) visit(next, [...way, node]);
    done.add(node);
  };
  for (const node of graph.keys()) visit(node, []);
  return circles;
}

function offences(modules: readonly SourceModule[], isOffence: (each: Import) => boolean): string[] {
  const found = modules.flatMap(({ imports }) => imports).filter(isOffence);
  return found.map(({ from, line, specifier, how }) => `${from}:${line}: ${how} import of '${specifier}'`);
}

function isInHouse(path: string): boolean {
  return (path.startsWith('src/') && !isInTesting(path)) || isInCodegen(path);
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

function isInKit(path: string): boolean {
  return path.startsWith('src/cli/kit/');
}

function isInCodegen(path: string): boolean {
  return path.startsWith('codegen/');
}

/** A file of this repository, or the package by its own name. */
function isOwn(target: string): boolean {
  return target === OWN_NAME || target.endsWith('.ts');
}

function topOf(path: string): string {
  return path.split('/')[0] ?? path;
}

function roomOf(path: string): string {
  return path.split('/')[1] ?? path;
}

/** `NaN` for a room without a floor, which compares false with everything. */
function floorOf(path: string): number {
  return FLOORS[topOf(path)]?.[roomOf(path)] ?? Number.NaN;
}
