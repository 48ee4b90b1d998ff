import { readFileSync, readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { findBreaks } from '../../../codegen/breaking/find-breaks.js';
import { formatBreak } from '../../../codegen/breaking/format-break.js';
import { RULES, classOf } from '../../../codegen/breaking/rules.js';
import type { Break, RuleId } from '../../../codegen/breaking/rules.js';
import { PLAIN } from '../../../codegen/diagnostics/format-diagnostic.js';
import { lockText } from '../../../codegen/lock/lock-file.js';
import type { ContractModel } from '../../../codegen/model/model.js';
import { readLock } from '../../../codegen/lock/read-lock.js';
import { ROOT, readTexts } from './read-contract.js';

const FOLDER = 'test/golden/breaking';
const IDS = Object.keys(RULES) as RuleId[];
const names = readdirSync(`${ROOT}/${FOLDER}`).filter((name) => name.endsWith('.before.ts'));
const examples = names.map((name) => name.replace('.before.ts', '') as RuleId);

/** Each rule's example as a contract of its own, `MEMBER_REQUIRED` as `memberRequired`; all read at once. */
function readAll(version: 'before' | 'after'): ReadonlyMap<RuleId, ContractModel> {
  const sources = examples.map((rule) => {
    const text = readFileSync(`${ROOT}/${FOLDER}/${rule}.${version}.ts`, 'utf8');
    return [`contracts/${rule.toLowerCase().replaceAll('_', '-')}.ts`, text] as const;
  });
  const { contracts, diagnostics } = readTexts(Object.fromEntries(sources));
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics, undefined, 2));
  return new Map(examples.map((rule, i) => [rule, contracts[i] as ContractModel]));
}

let before: ReadonlyMap<RuleId, ContractModel>;
let after: ReadonlyMap<RuleId, ContractModel>;

beforeAll(() => {
  before = readAll('before');
  after = readAll('after');
});

function at(contracts: ReadonlyMap<RuleId, ContractModel>, rule: RuleId): readonly ContractModel[] {
  const contract = contracts.get(rule);
  return contract === undefined ? [] : [contract];
}

describe('breaking changes', () => {
  it.each(examples)('%s: are what the page next to the example says', async (rule) => {
    const breaks = findBreaks(at(before, rule), at(after, rule));

    expect(breaks.map((one) => one.rule)).toContain(rule);
    await expect(`${breaks.map((one) => formatBreak(one, PLAIN)).join('\n')}\n`).toMatchFileSnapshot(
      `${ROOT}/${FOLDER}/${rule}.txt`,
    );
  });

  it('have an example for every rule that two versions of one file can break', () => {
    expect(examples.toSorted()).toEqual(IDS.filter((rule) => rule !== 'CONTRACT_REMOVED').toSorted());
  });

  it('name a contract that is gone', () => {
    const breaks = findBreaks(at(before, 'NUMBER_WIDENED'), []);

    expect(breaks).toMatchObject([
      { rule: 'CONTRACT_REMOVED', subject: 'numberWidened', file: 'contracts/number-widened.ts' },
    ]);
  });

  it.each(examples)('%s: are none where nothing has changed', (rule) => {
    expect(findBreaks(at(after, rule), at(after, rule))).toEqual([]);
  });

  it.each(examples)('%s: are the same when read from a lock file', (rule) => {
    const locked = (contracts: readonly ContractModel[]) => readLock(lockText(contracts, new Map()));

    const breaks = findBreaks(locked(at(before, rule)), locked(at(after, rule)));

    // Members have another order there, so messages may.
    const expected = findBreaks(at(before, rule), at(after, rule));
    const withoutMessage = (one: Break) => ({ ...one, message: '' });
    expect(breaks.map(withoutMessage)).toEqual(expected.map(withoutMessage));
  });

  it('respect who sends: what data may gain, a result may not, and the other way round', () => {
    const { contracts } = readTexts({
      'contracts/a.ts': `
        import type { Handlers } from 'shardwire/contract';
        export interface A extends Handlers { in(data: { a: string }): void; out(): { a: string } }`,
      'contracts/b.ts': `
        import type { Handlers } from 'shardwire/contract';
        export interface A extends Handlers { in(data: { a: string; b?: number }): void; out(): { a: string; b?: number } }`,
      'contracts/c.ts': `
        import type { Handlers } from 'shardwire/contract';
        export interface A extends Handlers { in(data: { a: string | null }): void; out(): { a: string | null } }`,
    });
    const [a, b, c] = contracts.map((contract) => ({ ...contract, name: 'a', source: 'contracts/a.ts' }));

    const rules = (from = a, to = a) =>
      findBreaks(from ? [from] : [], to ? [to] : []).map(
        ({ rule, subject, path }) => `${rule} ${subject} ${path}`,
      );

    expect(rules(a, b)).toEqual([]);
    expect(rules(b, a)).toEqual([]);
    expect(rules(a, c)).toEqual(['DATA_WIDENED a.in data.a', 'ALTERNATIVE_ADDED a.out result.a']);
    expect(rules(c, a)).toEqual(['ALTERNATIVE_REMOVED a.in data.a', 'RESULT_NARROWED a.out result.a']);
  });

  it('are found in types that contain themselves, once', () => {
    const tree = (value: string): string => `
      import type { Handlers } from 'shardwire/contract';
      interface Tree { value: ${value}; kids: Tree[]; next?: Tree }
      export interface A extends Handlers { put(tree: Tree): void }`;
    const { contracts } = readTexts({ 'contracts/a.ts': tree('string'), 'contracts/b.ts': tree('number') });
    const [a, b] = contracts.map((contract) => ({ ...contract, name: 'a' }));

    const breaks = findBreaks(a ? [a] : [], b ? [b] : []);

    expect(breaks.map(({ rule, path }) => [rule, path])).toEqual([['TYPE_CHANGED', 'data.value']]);
  });
});

describe('the page about breaking changes', () => {
  const page = readFileSync(`${ROOT}/docs/breaking.md`, 'utf8');

  it('has a row for every rule, with its class, in order', () => {
    const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| (wire|source) \|/gm)].map(([, rule, kind]) => [
      rule,
      kind,
    ]);

    expect(rows).toEqual(IDS.map((rule) => [rule, classOf(rule)]));
  });
});
