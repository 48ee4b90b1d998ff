import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { textHash } from '../../../codegen/contract-folder.js';
import { stalePages } from '../../../src/contract/stale-pages.js';

const TEXT = 'export interface Guilds {\n}\n';
const contracts = {
  guilds: {
    name: 'guilds',
    handlers: {},
    events: {},
    source: { file: 'contracts/guilds.ts', hash: textHash(TEXT) },
  },
  old: { name: 'old', handlers: {}, events: {} },
};

let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'shardwire-'));
  for (const folder of ['contracts', 'dist/bots', 'other'])
    mkdirSync(join(project, folder), { recursive: true });
  writeFileSync(join(project, 'package.json'), '{}');
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

function putContract(text: string): void {
  writeFileSync(join(project, 'contracts/guilds.ts'), text);
}

describe('a page', () => {
  it('is stale once its contract has another text', async () => {
    const main = join(project, 'dist/bots/bot.js');

    putContract(TEXT);
    const before = await stalePages(contracts, main, tmpdir());
    putContract(`${TEXT}// more\n`);
    const after = await stalePages(contracts, main, tmpdir());

    expect([before, after]).toEqual([[], ['contracts/guilds.ts']]);
  });

  it('is as fresh with other line ends', async () => {
    putContract(TEXT.replaceAll('\n', '\r\n'));

    expect(await stalePages(contracts, join(project, 'bot.js'), tmpdir())).toEqual([]);
  });

  it('is fresh where its contract is not to be found', async () => {
    expect(await stalePages(contracts, join(project, 'bot.js'), tmpdir())).toEqual([]);
    expect(await stalePages(contracts, undefined, project)).toEqual([]);
  });

  it('is looked up from the working directory when a tool runs the code', async () => {
    putContract('else');
    const tool = join(project, 'node_modules/vitest/worker.js');

    expect(await stalePages(contracts, tool, project)).toEqual(['contracts/guilds.ts']);
  });
});
