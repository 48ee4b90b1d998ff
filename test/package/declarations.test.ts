/**
 * The shipped declarations: users see the public classes, cannot make those that only the library makes, and meet
 * nothing of what is behind them.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { ROOT } from '../e2e/setup/run-process.js';
import { readPublicDeclarations } from './public-declarations.js';
import type { PublicDeclarations } from './public-declarations.js';

/** Named by a public class and of no use by itself: the base class of `LocalDiscord`. */
const BASE_CLASSES = ['LocalDiscordEmitter'];

let declarations: PublicDeclarations;

beforeAll(async () => {
  declarations = await readPublicDeclarations(ROOT);
});

const isInternal = (name: string): boolean =>
  !declarations.exported.has(name) && !BASE_CLASSES.includes(name);

it('finds the classes that users have', () => {
  expect([...declarations.reachableClasses]).toEqual(
    expect.arrayContaining(['ClusterClient', 'ClusterManager', 'EventBusClient', 'IPCHandler']),
  );
});

it('names no internal class in any public type', () => {
  expect([...declarations.reachableClasses].filter(isInternal)).toEqual([]);
});

it('has no internal class of ipc/ or contract/ in a file that a public file imports', () => {
  const imported = [...declarations.importedClasses].filter(([file]) => /^(ipc|contract)\//.test(file));

  expect(imported.length).toBeGreaterThan(0);
  expect(imported.flatMap(([, classes]) => classes).filter(isInternal)).toEqual([]);
});

it.each([
  ['ipc/ipc-handler.d.ts', 'IPCHandler'],
  ['ipc/events/event-bus-client.d.ts', 'EventBusClient'],
  ['testing/clusters/test-clusters.d.ts', 'TestClusters'],
])('keeps users from making what only the library makes: %s', async (file, name) => {
  const text = await readFile(join(ROOT, 'dist/src', file), 'utf8');

  expect(text).toContain(`class ${name}`);
  expect(text).toContain('private constructor();');
  expect(text).not.toContain('static create');
});
