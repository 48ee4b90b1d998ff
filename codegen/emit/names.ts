/**
 * Names in generated code: what may stand as an identifier, and what to write where a name may not.
 */
import { quote } from './printer/source-printer.js';

const RESERVED: ReadonlySet<string> = new Set(
  (
    'arguments async await break case catch class const continue debugger default delete do else enum eval export ' +
    'extends false finally for function if implements import in instanceof interface let new null of package private ' +
    'protected public return static super switch this throw true try typeof undefined var void while with yield'
  ).split(' '),
);

/** What pages call by its plain name: of the language, and of the interfaces that they add to. */
export const PLAIN_NAMES: readonly string[] =
  'Array Buffer ContractEvents ContractHandlers Date Infinity Map Number Record Set Uint8Array'.split(' ');

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** Whether a variable may have this name, in strict code. */
export function isVariableName(text: string): boolean {
  return IDENTIFIER.test(text) && !RESERVED.has(text);
}

/** A key of an object literal or a type. */
export function propertyName(key: string): string {
  return IDENTIFIER.test(key) ? key : quote(key);
}

const ONE_WORD = /^[A-Za-z]\w*$/;

/** `user-id` -> `UserId`; what cannot stand in a name is left out. */
export function pascal(text: string): string {
  if (ONE_WORD.test(text)) return text.slice(0, 1).toUpperCase() + text.slice(1);
  const words = text.split(/[^\p{ID_Continue}$]+/u).filter((word) => word !== '');
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
}

/** A variable for the value of a key: named like it where that is possible. */
export function variableFor(key: string, taken: (name: string) => boolean): string {
  const words = pascal(key);
  const plain = isVariableName(key) ? key : words.slice(0, 1).toLowerCase() + words.slice(1);
  let name = /^[\p{ID_Start}$_]/u.test(plain) ? plain : `_${plain}`;
  while (!isVariableName(name) || taken(name)) name += '_';
  return name;
}

/** `name`, or the first of `name2`, `name3`, ... that is free. */
export function uniqueName(name: string, taken: (name: string) => boolean): string {
  let unique = name;
  for (let i = 2; taken(unique); i++) unique = `${name}${i}`;
  return unique;
}
