import { describe, expect, it } from 'vitest';
import { suggestionFor } from '../../../codegen/cli/suggestion.js';
import { table } from '../../../codegen/cli/table.js';
import { hasColours, isWatched } from '../../../codegen/cli/terminal.js';
import { typeText } from '../../../codegen/model/type-text.js';

describe('colours', () => {
  it.each([
    ['a terminal has them', true, {}, true],
    ['a pipe has none', false, {}, false],
    ['NO_COLOR takes them away', true, { NO_COLOR: '1' }, false],
    ['an empty NO_COLOR does not', true, { NO_COLOR: '' }, true],
    [
      'FORCE_COLOR gives them to a pipe, whatever NO_COLOR says',
      false,
      { FORCE_COLOR: '1', NO_COLOR: '1' },
      true,
    ],
    ['FORCE_COLOR=0 takes them away', true, { FORCE_COLOR: '0' }, false],
    ['a dumb terminal has none', true, { TERM: 'dumb' }, false],
  ])('%s', (_what, isTTY, env, expected) => {
    expect(hasColours({ isTTY }, env)).toBe(expected);
  });

  it('come without progress in CI', () => {
    expect([isWatched({ isTTY: true }, {}), isWatched({ isTTY: true }, { CI: 'true' })]).toEqual([
      true,
      false,
    ]);
  });
});

describe('suggestions', () => {
  it.each([
    ['contract', 'contracts'],
    ['CONTRACTS', 'contracts'],
    ['otu', 'out'],
    ['importExtensoin', 'importExtension'],
    ['banana', undefined],
  ])('%s -> %s', (word, expected) => {
    expect(suggestionFor(word, ['contracts', 'out', 'emit', 'importExtension'])).toBe(expected);
  });
});

describe('types in words', () => {
  it('are as one would write them, and long ones cut short', () => {
    const many = {
      kind: 'union',
      members: [1, 2, 3, 4, 5, 6, 7].map((value) => ({ kind: 'literal', value }) as const),
    } as const;

    expect(typeText(many)).toBe('1 | 2 | 3 | 4 | 5 | 6 | …');
    expect(
      typeText({ kind: 'array', item: { kind: 'union', members: [{ kind: 'string' }, { kind: 'null' }] } }),
    ).toBe('Array<string | null>');
    expect(typeText({ kind: 'literal', value: "it's" })).toBe("'it\\'s'");
  });
});

it('tables align their columns and leave nothing behind', () => {
  expect(
    table([
      ['a', 'bcd', 'x'],
      ['ab', 'c', ''],
    ]),
  ).toEqual(['a   bcd  x', 'ab  c']);
});
