import { defineConfig } from 'vitest/config';

/** Source conditions: tests that import the package by its name get the source, as everything here does. */
const resolve = { conditions: ['shardwire-source'] };
const ssr = { resolve };

// oxlint-disable-next-line import/no-default-export -- vitest reads the default export
export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        ssr,
        test: {
          name: 'unit',
          include: ['test/{unit,property,golden,seeds}/**/*.test.ts'],
          pool: 'forks',
          // No test here leaves anything behind; a process for each file would take twice as long as all of them.
          isolate: false,
          // Loading the compiler takes a second, and ten on a machine that has other things to do.
          testTimeout: 60_000,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'properties',
          include: ['test/property/**/*.test.ts'],
          pool: 'forks',
          env: { PROPERTY_TIMES: '30' },
          testTimeout: 1_800_000,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'e2e',
          include: ['test/{e2e,package}/**/*.test.ts'],
          pool: 'forks',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          globalSetup: ['test/e2e/setup/build-bots.ts'],
          // Two cores: more files at once would only make each other late.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'full',
          include: ['test/full/*.test.ts'],
          pool: 'forks',
          testTimeout: 60_000,
          globalSetup: ['test/e2e/setup/build-bots.ts'],
          // Each wants the machine for itself.
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
