import { readFileSync } from 'node:fs';
import { Check } from 'typebox/schema';
import { describe, expect, it } from 'vitest';
import { generate } from '../../../codegen/generate.js';
import { GUILDS, useBotFolder } from './bot-folder.js';
import { ROOT } from './read-contract.js';

type Json = { readonly [key: string]: unknown };

/** The official one. */
const ASYNCAPI = JSON.parse(
  readFileSync(`${ROOT}/node_modules/@asyncapi/specs/schemas/3.0.0-without-$id.json`, 'utf8'),
) as Json;

interface Docs {
  readonly markdown: string;
  readonly asyncapi: string;
}

let known: Docs | undefined;

function docs(): Docs {
  return (known ??= makeDocs());
}

function makeDocs(): Docs {
  const folders = { contracts: 'test/golden/contracts', out: 'test/golden/pages' };
  const generated = generate({ root: ROOT, ...folders, docs: true });
  if (!generated.ok) throw new Error(JSON.stringify(generated.diagnostics));
  return {
    markdown: generated.files.get('contracts.md') ?? '',
    asyncapi: generated.files.get('asyncapi.json') ?? '',
  };
}

/** What `#/a/b` leads to. */
function follow(document: unknown, ref: string): unknown {
  const steps = ref.replace('#/', '').split('/');
  return steps.reduce((node, step) => (node as Json | undefined)?.[step], document);
}

describe('the reference of contracts', () => {
  it('reads as it does in test/golden/docs', async () => {
    await expect(docs().markdown).toMatchFileSnapshot(`${ROOT}/test/golden/docs/contracts.md`);
  });

  it('links only to headings that it has', () => {
    const { markdown } = docs();
    const headings = [...markdown.matchAll(/^### (.*)$/gm)].map(([, text = '']) =>
      text.toLowerCase().replaceAll(/[.$]/g, ''),
    );

    const links = [...markdown.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);

    expect(links.length).toBeGreaterThan(10);
    expect(headings).toEqual(expect.arrayContaining(links.filter((one) => /^\w+$/.test(one ?? ''))));
  });
});

describe('the AsyncAPI document of contracts', () => {
  it('reads as it does in test/golden/docs', async () => {
    await expect(docs().asyncapi).toMatchFileSnapshot(`${ROOT}/test/golden/docs/asyncapi.json`);
  });

  it('is what the official schema of AsyncAPI 3 asks for', () => {
    const document = JSON.parse(docs().asyncapi) as Json;

    expect(Check(ASYNCAPI, document)).toBe(true);
    expect(Check(ASYNCAPI, { ...document, asyncapi: '2.0.0' })).toBe(false);
    expect(Check(ASYNCAPI, { ...document, channels: { a: { messages: 1 } } })).toBe(false);
  });

  it('refers only to what it holds', () => {
    const { asyncapi } = docs();
    const document = JSON.parse(asyncapi) as Json;
    const refs = [...asyncapi.matchAll(/"\$ref": "(#[^"]+)"/g)].map(([, ref = '']) => ref);

    expect(refs.length).toBeGreaterThan(20);
    expect(refs.filter((ref) => follow(document, ref) === undefined)).toEqual([]);
  });
});

describe('shardwire gen --docs', () => {
  const bot = useBotFolder();

  it('writes both beside the pages, keeps them in check, and removes them when they are not wanted', async () => {
    bot.put({ 'contracts/guilds.ts': GUILDS });

    await bot.shardwire('gen', '--docs');
    const kept = await bot.shardwire('gen', '--docs', '--check');
    bot.put({
      'generated/contracts.md': bot.read('generated/contracts.md').replace('# Contracts', '# Mine'),
    });
    const edited = await bot.shardwire('gen', '--docs', '--check');
    const unwanted = await bot.shardwire('gen', '--check');
    await bot.shardwire('gen');

    expect([kept.code, edited.code, unwanted.code]).toEqual([0, 1, 1]);
    expect(edited.err).toContain('generated/contracts.md - error SW5002');
    expect(unwanted.err).toMatch(/asyncapi\.json - error SW5003[^]*contracts\.md - error SW5003/);
    expect(() => bot.read('generated/contracts.md')).toThrow('ENOENT');
  });
});
