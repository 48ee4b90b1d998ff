/**
 * Reading a lock file: from the text that `lock-file.ts` writes back to the contracts it was written from.
 *
 * What a lock file does not say (comments, the names of interfaces, the order of members) is empty here. A text that is
 * none throws, for whoever knows where it came from to say so.
 */
import type { Json, JsonObject } from './lock-file.js';
import type {
  ContractModel,
  ErrorModel,
  EventModel,
  HandlerModel,
  KeyRule,
  Member,
  NamedType,
  Shape,
} from '../model/model.js';
import { contractFile } from '../model/contract-name.js';

/** @throws Error for a text that is no lock file. */
export function readLock(text: string): readonly ContractModel[] {
  const lock = JSON.parse(text) as Json;
  return entriesAt(fields(lock), 'contracts').map(([name, contract]) => contractOf(name, fields(contract)));
}

function contractOf(name: string, locked: JsonObject): ContractModel {
  const source = word(locked['source']);
  return {
    name,
    file: contractFile(source),
    source,
    handlersType: undefined,
    eventsType: undefined,
    errorsType: undefined,
    handlers: entriesAt(locked, 'handlers').map(([handler, one]) => handlerOf(handler, fields(one))),
    events: entriesAt(locked, 'events').map(([event, one]) => eventOf(event, fields(one))),
    errors: entriesAt(locked, 'errors').map(([error, one]) => errorOf(error, fields(one))),
    types: entriesAt(locked, 'types').map(([type, shape]): NamedType => {
      return { name: type, doc: '', shape: shapeOf(shape) };
    }),
  };
}

function handlerOf(name: string, { input, output, options = {} }: JsonObject): HandlerModel {
  return {
    name,
    doc: '',
    input: shapeOf(input),
    output: shapeOf(output),
    options: fields(options),
  };
}

function eventOf(name: string, { data, options = {} }: JsonObject): EventModel {
  return { name, doc: '', data: shapeOf(data), options: fields(options) };
}

function errorOf(name: string, { data }: JsonObject): ErrorModel {
  return { name, doc: '', data: shapeOf(data) };
}

const PLAIN: ReadonlySet<string> = new Set([
  'string',
  'number',
  'int',
  'uint',
  'snowflake',
  'boolean',
  'null',
  'absent',
  'anything',
  'bigint',
  'date',
]);

function shapeOf(locked: Json | undefined): Shape {
  if (locked === 'Uint8Array' || locked === 'Buffer') return { kind: 'bytes', as: locked };
  if (typeof locked === 'string') {
    if (!PLAIN.has(locked)) throw new Error(`'${locked}' is no type`);
    return { kind: locked } as Shape;
  }
  return composedOf(fields(locked));
}

function composedOf(locked: JsonObject): Shape {
  if ('array' in locked) return arrayOf(locked);
  if ('tuple' in locked) return tupleOf(locked);
  if ('set' in locked) return { kind: 'set', item: shapeOf(locked['set']) };
  if ('map' in locked) {
    const [key, value] = list(locked['map']);
    return { kind: 'map', key: shapeOf(key), value: shapeOf(value) };
  }
  if ('object' in locked) return objectOf(locked);
  if ('text' in locked) return { kind: 'text', rules: fields(locked['text']) };
  if ('union' in locked) return { kind: 'union', members: list(locked['union']).map(shapeOf) };
  if ('literal' in locked) return { kind: 'literal', value: locked['literal'] as string | number | boolean };
  if ('type' in locked) return { kind: 'named', name: word(locked['type']) };
  return rangeOf(locked);
}

function arrayOf({ array, ...bounds }: JsonObject): Shape {
  const item = shapeOf(array);
  return Object.keys(bounds).length === 0 ? { kind: 'array', item } : { kind: 'array', item, bounds };
}

function tupleOf({ tuple, optional = [], rest, tail = [] }: JsonObject): Shape {
  return {
    kind: 'tuple',
    head: list(tuple).map(shapeOf),
    optional: list(optional).map(shapeOf),
    ...(rest === undefined ? {} : { rest: shapeOf(rest) }),
    tail: list(tail).map(shapeOf),
  };
}

function objectOf({ object, optional = [], keys }: JsonObject): Shape {
  const leftOut = list(optional);
  const members = Object.entries(fields(object)).map(([key, shape]): Member => {
    return { key, optional: leftOut.includes(key), shape: shapeOf(shape) };
  });
  if (keys === undefined) return { kind: 'object', members };
  return { kind: 'record', members, rules: list(keys).map((rule) => ruleOf(fields(rule))) };
}

function ruleOf({ keys, pattern, value }: JsonObject): KeyRule {
  const rule = { keys: word(keys), value: shapeOf(value) };
  return pattern === undefined ? rule : { ...rule, pattern: word(pattern) };
}

function rangeOf(locked: JsonObject): Shape {
  for (const of of ['number', 'int', 'uint'] as const) {
    if (of in locked) return { kind: 'range', of, bounds: fields(locked[of]) };
  }
  throw new Error(`${JSON.stringify(locked)} is no type`);
}

function entriesAt(owner: JsonObject, key: string): readonly (readonly [string, Json])[] {
  return owner[key] === undefined && key === 'errors' ? [] : Object.entries(fields(owner[key]));
}

function fields(value: Json | undefined): JsonObject {
  if (typeof value !== 'object' || Array.isArray(value)) throw new Error('an object is missing');
  return value as JsonObject;
}

function word(value: Json | undefined): string {
  if (typeof value !== 'string') throw new Error('a word is missing');
  return value;
}

function list(value: Json | undefined): readonly Json[] {
  if (!Array.isArray(value)) throw new Error('a list is missing');
  return value as readonly Json[];
}
