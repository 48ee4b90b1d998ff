import { describe, expect, it } from 'vitest';
import { textTable } from '../../../codegen/cli/text-table.js';
import { typeText } from '../../../codegen/model/type-text.js';

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
    textTable([
      ['a', 'bcd', 'x'],
      ['ab', 'c', ''],
    ]),
  ).toEqual(['a   bcd  x', 'ab  c']);
});
