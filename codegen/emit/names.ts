/**
 * Names in generated code: what is an identifier, what to write where a key is none, and what generated functions are
 * called.
 */
import { quote } from './printer/literals.js';

const RESERVED: ReadonlySet<string> = new Set(
  (
    'arguments async await break case catch class const continue debugger default delete do else enum eval export ' +
    'extends false finally for function if implements import in instanceof interface let new null of package private ' +
    'protected public return static super switch this throw true try typeof undefined var void while with yield'
  ).split(' '),
);

/** Globals that pages use, and the interfaces of `shardwire` that pages augment. */
export const PLAIN_NAMES: readonly string[] =
  'Array Buffer ContractEvents ContractHandlers Date Infinity Map Number Record Set Uint8Array'.split(' ');

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** Whether a variable may have this name, in strict code. */
export function isVariableName(text: string): boolean {
  return IDENTIFIER.test(text) && !RESERVED.has(text);
}

/** Returns a key as an object literal or a type writes it. */
export function propertyName(key: string): string {
  return IDENTIFIER.test(key) ? key : quote(key);
}

const ONE_WORD = /^[A-Za-z]\w*$/;

/** `user-id` -> `UserId`; characters that cannot stand in a name are left out. */
export function pascal(text: string): string {
  if (ONE_WORD.test(text)) return text.slice(0, 1).toUpperCase() + text.slice(1);
  const words = text.split(/[^\p{ID_Continue}$]+/u).filter((word) => word !== '');
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
}

/** Returns a variable for the value of a key, named like the key if possible: `class_`, `userId`, `_1st`. */
export function variableFor(key: string, isTaken: (name: string) => boolean): string {
  const words = pascal(key);
  const plain = isVariableName(key) ? key : words.slice(0, 1).toLowerCase() + words.slice(1);
  let name = /^[\p{ID_Start}$_]/u.test(plain) ? plain : `_${plain}`;
  while (!isVariableName(name) || isTaken(name)) name += '_';
  return name;
}

/** Returns `name`, or the first of `name2`, `name3`, ... that is free. */
export function uniqueName(name: string, isTaken: (name: string) => boolean): string {
  let unique = name;
  for (let i = 2; isTaken(unique); i++) unique = `${name}${i}`;
  return unique;
}

/** The check of a type: `isGuildData`. */
export function isFunctionName(type: string): string {
  return `is${pascal(type)}`;
}

/** The encoder of a type: `packGuildData`. */
export function packFunctionName(type: string): string {
  return `pack${pascal(type)}`;
}

/** The decoder of a type: `unpackGuildData`. */
export function unpackFunctionName(type: string): string {
  return `unpack${pascal(type)}`;
}

/** The function that makes a row of a value: `toRowGuildData`. */
export function toRowFunctionName(type: string): string {
  return `toRow${pascal(type)}`;
}

/** The function that appends a value to a row: `pushRowGuildData`. */
export function pushRowFunctionName(type: string): string {
  return `pushRow${pascal(type)}`;
}

/** The function that reads a value from a row: `fromRowGuildData`. */
export function fromRowFunctionName(type: string): string {
  return `fromRow${pascal(type)}`;
}

/** All functions that a type may have on a page. */
export const FUNCTION_NAMES: readonly ((type: string) => string)[] = [
  isFunctionName,
  packFunctionName,
  unpackFunctionName,
  toRowFunctionName,
  pushRowFunctionName,
  fromRowFunctionName,
];

/** The interface of a contract's stubs: `BoundGuilds`. */
export function boundTypeName(contract: string): string {
  return `Bound${pascal(contract)}`;
}
