import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClusterManager as Manager, ContractSkew } from '../../../src/index.js';

const run = promisify(execFile);
const pages = resolve('build/two-versions');

let manager: Manager;
const skews: ContractSkew[] = [];
const lines: string[] = [];

async function generate(version: string): Promise<void> {
  const contracts = `test/fixtures/two-versions/${version}/contracts`;
  const options = ['--contracts', contracts, '--out', `${pages}/${version}`, '--emit', 'js', '--no-schemas'];
  await run(process.execPath, ['dist/codegen/bin.js', 'gen', ...options]);
}

beforeAll(async () => {
  await generate('old');
  await generate('new');
  const library = (await import(pathToFileURL(resolve('dist/src/index.js')).href)) as {
    readonly ClusterManager: typeof Manager;
  };
  manager = new library.ClusterManager('build/test/bots/versioned-bot.js', {
    totalShards: 3,
    totalClusters: 3,
    execArgv: [],
    env: { PAGES: pages },
  });
  manager.on('contractSkew', (found) => skews.push(...found));
  manager.on('debug', (line) => lines.push(line));
  await manager.spawn();
});

afterAll(() => manager.shutdown());

/** Calls from cluster `from`, by its own version of the contract. */
function call(from: number, member: string, verb: string, ...args: unknown[]): Promise<unknown> {
  return manager.ipc.requestTo(from, 'call', { member, verb, args });
}

describe('old and new clusters side by side', () => {
  it('understand each other where nothing has changed', async () => {
    const stock = { value: { left: 3, reserved: 1 } };

    expect(await call(0, 'stock', 'requestTo', 1, { id: 'a' })).toEqual(stock);
    expect(await call(1, 'stock', 'requestTo', 0, { id: 'a' })).toEqual(stock);
  });

  it('understand each other where what is sent fits both', async () => {
    expect(await call(0, 'label', 'requestTo', 1, { id: 'a' })).toEqual({
      value: { text: 'a', language: 'en' },
    });
    expect(await call(1, 'label', 'requestTo', 0, { id: 'a', language: 'de' })).toEqual({
      value: { text: 'a' },
    });
  });

  it.each([
    ['data that is not enough', 0, 'price', [1, { id: 'a' }], 'currency'],
    ['a result that is another', 0, 'count', [1], 'total'],
    ['a result that is another, the other way', 1, 'count', [0], 'all'],
  ] as const)(
    'say CONTRACT_MISMATCH, both fingerprints and the path for %s',
    async (_, from, member, args, path) => {
      expect(await call(from, member, 'requestTo', ...args)).toEqual({
        code: 'CONTRACT_MISMATCH',
        message: expect.stringMatching(
          new RegExp(`${path}: expected .*\\(contract version here: [0-9a-f]{16}, there: [0-9a-f]{16}\\)`),
        ) as string,
      });
    },
  );

  it("hear each other's events", async () => {
    expect(await call(0, 'sold', 'broadcastAndWait', { id: 'a' })).toEqual({ value: 2 });
    expect(await call(1, 'sold', 'broadcastAndWait', { id: 'b', pieces: 2 })).toEqual({ value: 2 });

    expect(await manager.ipc.requestTo(1, 'heard')).toEqual([{ id: 'a' }]);
    expect(await manager.ipc.requestTo(0, 'heard')).toMatchObject([{ id: 'b' }]);
  });

  it('are named by the manager, each difference once', () => {
    const names = skews.map(({ name }) => name).sort();

    expect(names).toEqual(['shop.count', 'shop.label', 'shop.price', 'shop.sold']);
    expect(lines.filter((line) => line.startsWith('contracts differ: shop.price'))).toHaveLength(1);
  });
});
