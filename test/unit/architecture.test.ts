/**
 * The house as design says it: arrows point down, no circles, and nobody loads what is not theirs.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as rules from './architecture/house-rules.js';
import { parseModule, readModules } from './architecture/source-module.js';

const ROOT = `${import.meta.dirname}/../..`;
const house = [...readModules(ROOT, 'src'), ...readModules(ROOT, 'codegen')];

const { dependencies = {}, peerDependencies = {} } = JSON.parse(
  readFileSync(`${ROOT}/package.json`, 'utf8'),
) as {
  readonly dependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
};
const onlyDeclaredPackages = rules.onlyDeclaredPackages(
  Object.keys({ ...dependencies, ...peerDependencies }),
);

it('reads the house', () => {
  const paths = house.map(({ path }) => path);

  expect(paths).toEqual(
    expect.arrayContaining(['src/index.ts', 'src/wire/frame.ts', 'codegen/model/model.ts']),
  );
  expect(house.flatMap(({ imports }) => imports).length).toBeGreaterThan(house.length);
});

it('lets arrows point down', () => {
  expect(rules.arrowsPointDown(house)).toEqual([]);
});

it('gives every room its floor', () => {
  expect(rules.everyRoomHasItsFloor(house)).toEqual([]);
});

it('keeps the local Discord to itself, and src/testing/ out of the house', () => {
  expect(rules.testingStandsAlone(house)).toEqual([]);
});

it('lets only ipc/ and the fronts name the endpoint', () => {
  expect(rules.onlyTheFrontsNameTheEndpoint(house)).toEqual([]);
});

it("keeps codegen/ from importing anything of src/, except the command's kit", () => {
  expect(rules.codegenKnowsNothingOfSrc(house)).toEqual([]);
});

it("keeps the command's kit from importing anything but itself and Node", () => {
  expect(rules.theKitStandsAlone(house)).toEqual([]);
});

it('keeps src/ from importing anything outside of src/', () => {
  expect(rules.srcKnowsNothingOfItsSurroundings(house)).toEqual([]);
});

it('keeps the command from having classes of the library twice', () => {
  expect(rules.theCommandHasNoSecondLibrary(house)).toEqual([]);
});

it('lets only codegen/frontend/ import ts-morph', () => {
  expect(rules.onlyTheFrontendImportsTsMorph(house)).toEqual([]);
});

it('keeps ts-morph, typebox, tsx and @discordjs/* out of src/', () => {
  expect(rules.srcImportsNoTools(house)).toEqual([]);
});

it('loads discord.js at run time only by import()', () => {
  expect(rules.discordIsLoadedOnlyOnDemand(house)).toEqual([]);
});

it('loads ws only in src/testing/', () => {
  expect(rules.wsIsOnlyForTesting(house)).toEqual([]);
});

it('imports only packages that package.json names for users', () => {
  expect(onlyDeclaredPackages(house)).toEqual([]);
});

it('has no circles of imports, not even of types', () => {
  expect(rules.noCircles(house)).toEqual([]);
});

it('has no circles of rooms inside any folder', () => {
  expect(rules.noCirclesOfRooms(house)).toEqual([]);
});

it('has no default exports', () => {
  expect(rules.noDefaultExports(house)).toEqual([]);
});

it('begins every module with a header comment', () => {
  expect(rules.everyModuleHasAHeader(house)).toEqual([]);
});

describe('a module that breaks a rule', () => {
  it.each<[string, rules.Rule, path: string, text: string]>([
    ['wire above itself', rules.arrowsPointDown, 'src/wire/x.ts', "import { a } from '../ipc/a.js';"],
    ['wire to link', rules.arrowsPointDown, 'src/wire/x.ts', "export * from '../link/link.js';"],
    [
      'cluster to manager',
      rules.arrowsPointDown,
      'src/cluster/x.ts',
      "import type { A } from '../manager/a.js';",
    ],
    [
      'a type deep inside',
      rules.arrowsPointDown,
      'src/ipc/x.ts',
      "export type A = import('../contract/a.js').A;",
    ],
    [
      'router to supervisor',
      rules.arrowsPointDown,
      'src/router/x.ts',
      "import type { A } from '../supervisor/a.js';",
    ],
    [
      'supervisor to router',
      rules.arrowsPointDown,
      'src/supervisor/x.ts',
      "import type { A } from '../router/a.js';",
    ],
    [
      'emit to frontend',
      rules.arrowsPointDown,
      'codegen/emit/x.ts',
      "import type { A } from '../frontend/a.js';",
    ],
    ['the roof from below', rules.arrowsPointDown, 'src/manager/x.ts', "import { a } from '../index.js';"],
    ['a room nobody knows', rules.everyRoomHasItsFloor, 'src/attic/x.ts', ''],
    ['a way to that room', rules.arrowsPointDown, 'src/manager/x.ts', "import '../attic/x.js';"],
    [
      'the local Discord to ipc',
      rules.testingStandsAlone,
      'src/testing/local-discord/x.ts',
      "import { a } from '../../ipc/a.js';",
    ],
    [
      'testing by the front door',
      rules.testingStandsAlone,
      'src/testing/x.ts',
      "import { a } from 'shardwire';",
    ],
    [
      'manager to testing',
      rules.testingStandsAlone,
      'src/manager/x.ts',
      "import { a } from '../testing/index.js';",
    ],
    [
      'contract to the endpoint',
      rules.onlyTheFrontsNameTheEndpoint,
      'src/contract/x.ts',
      "import type { Endpoint } from '../ipc/endpoint.js';",
    ],
    [
      'codegen to src',
      rules.codegenKnowsNothingOfSrc,
      'codegen/x.ts',
      "import { a } from '../src/errors.js';",
    ],
    [
      'codegen by name',
      rules.codegenKnowsNothingOfSrc,
      'codegen/x.ts',
      "import type { A } from 'shardwire/contract';",
    ],
    [
      'the commands of codegen to a bot command',
      rules.codegenKnowsNothingOfSrc,
      'codegen/cli/commands/x.ts',
      "import { a } from '../../../src/cli/bots/a.js';",
    ],
    [
      'the kit from outside of the commands',
      rules.codegenKnowsNothingOfSrc,
      'codegen/emit/x.ts',
      "import { hasColours } from '../../src/cli/kit/colours.js';",
    ],
    [
      'the kit to the library',
      rules.theKitStandsAlone,
      'src/cli/kit/x.ts',
      "import type { A } from '../../errors.js';",
    ],
    ['the kit to a package', rules.theKitStandsAlone, 'src/cli/kit/x.ts', "import { a } from 'typebox';"],
    [
      'src to codegen',
      rules.srcKnowsNothingOfItsSurroundings,
      'src/ipc/x.ts',
      "import '../../codegen/model/model.js';",
    ],
    ['src by name', rules.srcKnowsNothingOfItsSurroundings, 'src/ipc/x.ts', "import { a } from 'shardwire';"],
    [
      'a class of the library in the command',
      rules.theCommandHasNoSecondLibrary,
      'src/cli/x.ts',
      "import { ClusterManager } from '../manager/cluster-manager.js';",
    ],
    [
      'ts-morph in emit',
      rules.onlyTheFrontendImportsTsMorph,
      'codegen/emit/x.ts',
      "import { ts } from 'ts-morph';",
    ],
    [
      'typebox in src',
      rules.srcImportsNoTools,
      'src/contract/x.ts',
      "import type { TSchema } from 'typebox/type';",
    ],
    ['a part of discord.js', rules.srcImportsNoTools, 'src/discord/x.ts', "await import('@discordjs/ws');"],
    [
      'discord.js at load',
      rules.discordIsLoadedOnlyOnDemand,
      'src/discord/x.ts',
      "import { type Client } from 'discord.js';",
    ],
    ['ws in link', rules.wsIsOnlyForTesting, 'src/link/x.ts', "import type { WebSocket } from 'ws';"],
    [
      'a package nobody installs',
      onlyDeclaredPackages,
      'src/ipc/x.ts',
      "import * as vitest from 'vitest/node';",
    ],
    ['an import that cannot be read', onlyDeclaredPackages, 'src/ipc/x.ts', 'await import(`./${name}.js`);'],
    ['itself', rules.noCircles, 'src/ipc/x.ts', "export { a } from './x.js';"],
    ['a default export', rules.noDefaultExports, 'src/ipc/x.ts', 'export default class {}'],
    ['a default export by name', rules.noDefaultExports, 'src/ipc/x.ts', 'export { a as default };'],
    ['a header after code', rules.everyModuleHasAHeader, 'src/ipc/x.ts', 'const a = 1;\n/** Too late. */'],
  ])('is named: %s', (_what, rule, path, text) => {
    const [offence, ...others] = rule([parseModule(path, text)]);

    expect(offence).toContain(path);
    expect(others).toEqual([]);
  });

  it('is not a command of codegen that imports the kit', () => {
    const module = parseModule(
      'codegen/cli/x.ts',
      "import { hasColours } from '../../src/cli/kit/colours.js';",
    );

    expect(rules.codegenKnowsNothingOfSrc([module])).toEqual([]);
  });

  it('is told as a circle with every stop', () => {
    const circle = [
      parseModule('src/ipc/a.ts', "import { b } from './b.js';"),
      parseModule('src/ipc/b.ts', "import { c } from './c.js';"),
      parseModule('src/ipc/c.ts', "const { a } = await import('./a.js');"),
    ];

    expect(rules.noCircles(circle)).toEqual(['src/ipc/a.ts -> src/ipc/b.ts -> src/ipc/c.ts -> src/ipc/a.ts']);
  });

  it('is named when a circle is one of types only', () => {
    const circle = [
      parseModule('src/ipc/a.ts', "import type { B } from './b.js';"),
      parseModule('src/ipc/b.ts', "import { a } from './a.js';"),
    ];

    expect(rules.noCircles(circle)).toEqual(['src/ipc/a.ts -> src/ipc/b.ts -> src/ipc/a.ts']);
  });

  it('is named when two rooms import each other by way of different files', () => {
    const rooms = [
      parseModule('src/ipc/client/a.ts', "import type { B } from '../server/b.js';"),
      parseModule('src/ipc/server/c.ts', "import { d } from '../client/d.js';"),
    ];

    expect(rules.noCirclesOfRooms(rooms)).toEqual(['src/ipc/client -> src/ipc/server -> src/ipc/client']);
  });
});
