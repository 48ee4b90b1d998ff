import { expect, it } from 'vitest';
import { BODY_NAMES, DEFINITION_NAMES } from '../../../codegen/emit/runtime-names.js';
import { emitPage } from '../../../codegen/emit/emit-page.js';
import * as runtime from '../../../src/contract/runtime.js';
import { readSample } from './read-contract.js';

it('the runtime exports what pages may import, and nothing else', () => {
  expect([...BODY_NAMES, ...DEFINITION_NAMES].toSorted()).toEqual(Object.keys(runtime).toSorted());
});

it('what the bodies of functions on a page call is not hidden by their variables', () => {
  const members = BODY_NAMES.map((name) => `${name}: Date | bigint;`).join(' ');
  const page = emitPage(readSample(`export interface A extends Events { a: { ${members} } }`), './sample.js');

  const variables = [...page.matchAll(/const \{([^}]*)\} = value/g)].flatMap(([, pattern = '']) => {
    return pattern.split(',').map((one) => one.trim().split(': ').at(-1));
  });

  expect(variables).toContain('isDate_');
  expect(variables.filter((name) => BODY_NAMES.some((called) => called === name))).toEqual([]);
});

it('definitions of a page call nothing that only the bodies of functions may call', () => {
  const page = emitPage(
    readSample(
      'export interface A extends Handlers { a(data: { at: Date; string: string }): string[] | null }',
    ),
    './sample.js',
  );

  // A variable may have the name of a definition: shapes stand outside of functions.
  expect(page).toContain('const { at, string } = value as Fields;');
});
