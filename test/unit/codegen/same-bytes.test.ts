import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesIn, makeBotFolder, putFiles, shardwireIn } from './bot-folder.js';
import type { Files } from './bot-folder.js';
import { ROOT } from './read-contract.js';

/** Everything that contracts can say, and what they import. */
const CONTRACTS: Files = Object.fromEntries([
  ...goldenIn('shared').map((name) => [`shared/${name}`, goldenText(`shared/${name}`)]),
  ...goldenIn('contracts').map((name) => [`contracts/${name}`, goldenText(`contracts/${name}`)]),
]);

function goldenIn(folder: string): readonly string[] {
  return readdirSync(`${ROOT}/test/golden/${folder}`).toSorted();
}

function goldenText(name: string): string {
  return readFileSync(`${ROOT}/test/golden/${name}`, 'utf8');
}

/** Mentions literals and types of the others', before they do and in another order. */
const EARLIER = `
  import type { Events, Snowflake } from 'shardwire/contract';
  import type { Thread } from './trees.js';
  type Kind = 'renamed' | 'left' | 'kicked' | 'joined' | 'folder' | 'file';
  export interface A extends Events {
    a: { level: 3 | 2 | 1; kind: Kind; it: 'both' | 'counted' | 'named' | Thread | null | string[] | Snowflake };
    b: undefined | null | number | 'file';
  }`;

const bots: string[] = [];

afterAll(() => {
  for (const bot of bots) rmSync(bot, { recursive: true, force: true });
});

/** A bot with these files, and the pages that the command writes for it. */
async function pagesOf(files: Files, inside = ''): Promise<Files> {
  const bot = makeBotFolder(inside);
  bots.push(bot.slice(0, bot.length - inside.length));
  putFiles(bot, files);
  return generatedIn(bot);
}

async function generatedIn(bot: string): Promise<Files> {
  const { code, err } = await shardwireIn(bot, 'gen');
  expect(err).toBe('');
  expect(code).toBe(0);
  return filesIn(bot, 'generated');
}

/** The pages of contracts, without what lists all contracts. */
function withoutLists(pages: Files): Files {
  const lists = new Set(['index.ts', 'contract.lock.json']);
  return Object.fromEntries(Object.entries(pages).filter(([name]) => !lists.has(name)));
}

function lockedContracts(pages: Files): Record<string, unknown> {
  const lock = JSON.parse(pages['contract.lock.json'] ?? '') as { contracts: Record<string, unknown> };
  return lock.contracts;
}

function inOtherOrder(files: Files): Files {
  return Object.fromEntries(Object.entries(files).toReversed());
}

function mapped(files: Files, change: (text: string) => string): Files {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, change(text)]));
}

describe('the command writes the same bytes', () => {
  let expected: Files;

  beforeAll(async () => {
    expected = await pagesOf(CONTRACTS);
    expect(Object.keys(expected).length).toBeGreaterThan(10);
  }, 30_000);

  it('wherever the project lies and wherever the command was started', async () => {
    const before = process.cwd();
    try {
      process.chdir(tmpdir());

      expect(await pagesOf(CONTRACTS, join('another', 'place', 'généré'))).toEqual(expected);
    } finally {
      process.chdir(before);
    }
  });

  it('in whatever order the files were made', async () => {
    expect(await pagesOf(inOtherOrder(CONTRACTS))).toEqual(expected);
  });

  it('whatever the line ends', async () => {
    expect(await pagesOf(mapped(CONTRACTS, (text) => text.replaceAll('\n', '\r\n')))).toEqual(expected);
  });

  it('beside files that no contract imports, whatever is in them', async () => {
    const unrelated = {
      'bot.ts': 'export const broken: number = "no";',
      'contracts/README.md': '# Contracts',
      'shared/others.ts': "export type Kind = 'zebra' | 'renamed' | 'left';",
      'types/globals.d.ts': "declare type Level = 'global'; interface Array<T> { extra: string }",
    };

    expect(await pagesOf({ ...CONTRACTS, ...unrelated })).toEqual(expected);
  });

  it('for each contract, whatever other contracts there are, and for all once those are gone', async () => {
    const bot = makeBotFolder();
    bots.push(bot);
    putFiles(bot, { ...CONTRACTS, 'contracts/a-first.ts': EARLIER, 'contracts/z-last.ts': EARLIER });

    const beside = await generatedIn(bot);
    for (const name of ['a-first', 'z-last']) rmSync(join(bot, `contracts/${name}.ts`));
    const alone = await generatedIn(bot);

    expect(beside).toMatchObject(withoutLists(expected));
    expect(lockedContracts(beside)).toMatchObject(lockedContracts(expected));
    expect(alone).toEqual(expected);
  });
});
