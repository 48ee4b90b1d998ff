import { expect, it } from 'vitest';
import { suggestionFor } from '../../../../src/cli/kit/suggestion.js';

it.each([
  ['contract', 'contracts'],
  ['CONTRACTS', 'contracts'],
  ['otu', 'out'],
  ['importExtensoin', 'importExtension'],
  ['banana', undefined],
])('%s -> %s', (name, expected) => {
  expect(suggestionFor(name, ['contracts', 'out', 'emit', 'importExtension'])).toBe(expected);
});
