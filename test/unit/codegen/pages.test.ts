import { readFileSync, readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { emitPage } from '../../../codegen/emit/emit-page.js';
import { emitSchemas } from '../../../codegen/emit/schemas/emit-schema.js';
import { generate } from '../../../codegen/generate.js';
import { explain, formatProblems } from '../../../src/schema/explain.js';
import type { ContractSpec } from '../../../src/contract/runtime.js';
import { oddNames } from '../../golden/pages/odd-names.js';
import { trees } from '../../golden/pages/trees.js';
import { unions } from '../../golden/pages/unions.js';
import { ROOT, readSample, readTexts } from './read-contract.js';

const FOLDERS = { contracts: 'test/golden/contracts', out: 'test/golden/pages' };
const ID = '123456789012345678';

let golden: ReadonlyMap<string, string> = new Map();

beforeAll(() => {
  const generated = generate({ root: ROOT, ...FOLDERS });
  if (!generated.ok) throw new Error(JSON.stringify(generated.diagnostics));
  golden = generated.files;
}, 30_000);

function input(contract: ContractSpec, handler: string) {
  const spec = contract.handlers[handler];
  if (spec === undefined) throw new Error(`there is no ${handler}`);
  return spec.input;
}

function why(contract: ContractSpec, handler: string, value: unknown): string {
  const { is, shape } = input(contract, handler);
  expect(is(value)).toBe(false);
  return formatProblems(explain(shape, value), 'data');
}

describe('golden pages', () => {
  it('read as they do in test/golden/pages', async () => {
    expect(readdirSync(`${ROOT}/${FOLDERS.out}`).toSorted()).toEqual([...golden.keys()].toSorted());
    for (const [name, text] of golden)
      await expect(text).toMatchFileSnapshot(`${ROOT}/${FOLDERS.out}/${name}`);
  });

  it('hold no date, version or path of a machine', () => {
    const { version } = JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8')) as {
      readonly version: string;
    };

    for (const text of golden.values()) {
      expect(text).not.toContain(ROOT);
      expect(text).not.toContain(version);
      expect(text).not.toMatch(/\b20\d\d-\d\d/);
    }
  });

  it('use neither `any` nor what switches the compiler off', () => {
    for (const text of golden.values()) expect(text).not.toMatch(/: any\b|as any\b|@ts-|eval\(/);
  });
});

describe('what golden pages do', () => {
  it('walks recursive values, and drops what nobody named at every level', () => {
    const { is, pack } = input(trees, 'hold');
    const thread = {
      author: ID,
      text: 'a',
      replies: [{ author: ID, text: 'b', replies: [], extra: 1 }],
      extra: 1,
    };

    expect(is({ thread, nested: ['a', ['b']] })).toBe(true);
    expect(JSON.stringify(pack({ thread }))).toBe(
      JSON.stringify({
        thread: { author: ID, text: 'a', replies: [{ author: ID, text: 'b', replies: [] }] },
      }),
    );
  });

  it('refuses a cycle, and says so instead of overflowing', () => {
    const thread: { author: string; text: string; replies: unknown[] } = {
      author: ID,
      text: 'a',
      replies: [],
    };
    thread.replies.push(thread, thread);

    expect(why(trees, 'hold', { thread })).toMatch(/replies\[0\]: expected at most 64 levels of nesting/);
  });

  it('accepts 64 levels of a type inside itself, and not one more', () => {
    const { is, shape } = input(trees, 'flatten');
    const nest = (levels: number): unknown => (levels === 0 ? 'x' : [nest(levels - 1)]);

    expect([is(nest(64)), explain(shape, nest(64))]).toEqual([true, []]);
    expect([is(nest(65)), explain(shape, nest(65)).length]).toEqual([false, 1]);
  });

  it('takes the branch of a union that the tag names', () => {
    const { is, pack } = input(unions, 'apply');

    expect(is({ kind: 'joined', userId: ID })).toBe(true);
    expect(is([{ kind: 'kicked', userId: ID, reason: null }])).toBe(true);
    expect(pack({ kind: 'renamed', from: 'a', to: 'b', userId: ID })).toEqual({
      kind: 'renamed',
      from: 'a',
      to: 'b',
    });
    expect(why(unions, 'apply', { kind: 'renamed', from: 'a' })).toBe('to: expected a string, got undefined');
    expect(why(unions, 'apply', { kind: 'banned' })).toBe(
      'kind: expected one of "joined" | "renamed" | "kicked" | "left", got "banned"',
    );
  });

  it('sends what any fitting member of an untagged union names', () => {
    const { pack } = input(unions, 'describe');
    const value = { name: 'a', count: 1, tags: [{ label: 'x', weight: 2, colour: 'red' }], extra: true };

    expect(pack(value)).toEqual({ name: 'a', count: 1, tags: [{ label: 'x', weight: 2 }] });
    expect(pack({ name: 'a', count: 'many', tags: [{ label: 'x', weight: 2 }] })).toEqual({
      name: 'a',
      tags: [{ label: 'x' }],
    });
  });

  it('keeps keys that are no names', () => {
    const { is, pack } = input(oddNames, 'delete');
    const value = {
      'user-id': ID,
      class: 'c',
      default: 1,
      value: true,
      depth: null,
      isObject: 'no',
      "it's": 'quoted \' and "double" and \\ and \u2028',
      '1st': 1,
      ключ: 'k',
      '': '',
      item: [[{ item: [['a']] }]],
    };

    expect(is(value)).toBe(true);
    expect(pack({ ...value, extra: 1 })).toEqual(value);
  });
});

describe('the same contracts', () => {
  const guilds = readFileSync(`${ROOT}/contracts/guilds.ts`, 'utf8');
  const config = readFileSync(`${ROOT}/contracts/config.ts`, 'utf8');
  const unrelated = `
    import type { Events } from 'shardwire/contract';
    type Kind = 'user' | 'guild' | 'zebra' | 'alpha';
    export interface Others extends Events { other: { type: 'user' | 'guild'; kind: Kind } | null | 'guild' };
  `;

  it('give the same models, whatever their order and whatever else is there', () => {
    const alone = readTexts({ 'contracts/guilds.ts': guilds }).contracts;
    const first = readTexts({ 'contracts/guilds.ts': guilds, 'contracts/config.ts': config }).contracts;
    const last = readTexts({
      'contracts/another.ts': unrelated,
      'contracts/config.ts': config,
      'contracts/guilds.ts': guilds,
    });

    expect(first[0]).toEqual(alone[0]);
    expect(last.contracts[2]).toEqual(alone[0]);
    expect(last.contracts[1]).toEqual(first[1]);
  });

  it('give the same bytes, whatever the line ends and whatever else is there', () => {
    const kinds = readFileSync(`${ROOT}/test/golden/contracts/kinds.ts`, 'utf8');
    const pagesOf = (texts: Readonly<Record<string, string>>): readonly string[] => {
      const contract = readTexts(texts).contracts.find(({ name }) => name === 'kinds');
      if (contract === undefined) throw new Error('the contract is lost');
      return [emitPage(contract, './x.js'), emitSchemas(contract, './x.js')];
    };
    const plain = pagesOf({ 'contracts/kinds.ts': kinds });

    expect(pagesOf({ 'contracts/kinds.ts': kinds.replaceAll('\n', '\r\n') })).toEqual(plain);
    expect(pagesOf({ 'contracts/a.ts': unrelated, 'contracts/kinds.ts': kinds })).toEqual(plain);
  });

  it('are read again after an edit', () => {
    readSample('export interface A extends Events { a: string }');

    const { events } = readSample('export interface A extends Events { a: number }');

    expect(events.map(({ data }) => data)).toEqual([{ kind: 'number' }]);
  });
});
