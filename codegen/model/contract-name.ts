/**
 * Contract names: `contracts/user-settings.ts` is the contract `userSettings`.
 */
import { posix } from 'node:path';

const FILE_NAME = /^[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*$/;

/** Names that the generated index or the bound object uses itself, and words that cannot be variable names. */
const RESERVED: ReadonlySet<string> = new Set(
  (
    'index bind then contracts arguments await break case catch class const continue debugger default delete do else ' +
    'enum eval export extends false finally for function if implements import in instanceof interface let new null ' +
    'package private protected public return static super switch this throw true try typeof undefined var void while ' +
    'with yield'
  ).split(' '),
);

/** Returns the file's name without its extension: `user-settings`. Generated pages have the same name. */
export function contractFile(source: string): string {
  return posix.basename(source, '.ts');
}

/** Returns the contract's name; `undefined` if the file name does not make a valid one. */
export function contractName(source: string): string | undefined {
  const file = contractFile(source);
  if (!FILE_NAME.test(file)) return undefined;
  const [first = '', ...rest] = file.split(/[-_]/);
  const name = lowerFirst(first) + rest.map(upperFirst).join('');
  return RESERVED.has(name) || name in Object.prototype ? undefined : name;
}

function lowerFirst(word: string): string {
  return word.slice(0, 1).toLowerCase() + word.slice(1);
}

function upperFirst(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
