/**
 * Contract names: from `contracts/user-settings.ts` to `userSettings`.
 */
import { posix } from 'node:path';

const FILE_NAME = /^[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*$/;

/** Names that the generated index or the bound object needs for itself, and words that cannot be variables. */
const RESERVED: ReadonlySet<string> = new Set(
  (
    'index bind then contracts arguments await break case catch class const continue debugger default delete do else ' +
    'enum eval export extends false finally for function if implements import in instanceof interface let new null ' +
    'package private protected public return static super switch this throw true try typeof undefined var void while ' +
    'with yield'
  ).split(' '),
);

/** The name of the file without its ending: `user-settings`. Pages are named like it. */
export function contractFile(source: string): string {
  return posix.basename(source, '.ts');
}

/** The name of the contract; `undefined` if the file's name makes none. */
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
