/**
 * Reading a lock file: turns the text that `lock-file.ts` writes back into contracts.
 *
 * What a lock file does not contain (comments, the names of interfaces, the order of members) is empty in the result. An
 * invalid text throws; the caller knows where it came from and adds that to the message.
 */
import type { Json, JsonObject } from './lock-file.js';
import type {
  ContractModel,
  ErrorModel,
  EventModel,
  HandlerModel,
  KeyRule,
  LiteralValue,
  Member,
  NamedType,
  Shape,
} from '../model/model.js';
import { plainShape } from '../model/leaf-shapes.js';
import { contractFile } from '../model/contract-name.js';

/** @throws Error for a text that is not a lock file; the message names the position in it. */
export function readLock(text: string): readonly ContractModel[] {
  const lock = new LockNode(JSON.parse(text) as Json, '');
  return lock
    .at('contracts')
    .entries()
    .map(([name, contract]) => contractOf(name, contract));
}

/** A value in a lock file. Reading it as something that it is not throws, with its path. */
class LockNode {
  readonly value: Json | undefined;
  readonly #path: string;

  constructor(value: Json | undefined, path: string) {
    this.value = value;
    this.#path = path;
  }

  object(): JsonObject {
    const { value } = this;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw this.expected('an object');
    return value as JsonObject;
  }

  string(): string {
    if (typeof this.value !== 'string') throw this.expected('a string');
    return this.value;
  }

  has(key: string): boolean {
    return Object.hasOwn(this.object(), key);
  }

  at(key: string): LockNode {
    return new LockNode(this.has(key) ? this.object()[key] : undefined, `${this.#path}.${key}`);
  }

  /** The items of an array; none if the value is missing. */
  items(): readonly LockNode[] {
    if (this.value === undefined) return [];
    if (!Array.isArray(this.value)) throw this.expected('an array');
    return this.value.map((item: Json, i) => new LockNode(item, `${this.#path}[${i}]`));
  }

  entries(): readonly (readonly [string, LockNode])[] {
    return Object.keys(this.object()).map((key) => [key, this.at(key)]);
  }

  expected(what: string): Error {
    return new Error(`expected ${what} at ${this.#path.slice(1) || 'the top level'}`);
  }
}

function contractOf(name: string, locked: LockNode): ContractModel {
  const source = locked.at('source').string();
  return {
    name,
    file: contractFile(source),
    source,
    handlersType: undefined,
    eventsType: undefined,
    errorsType: undefined,
    handlers: locked
      .at('handlers')
      .entries()
      .map(([handler, one]) => handlerOf(handler, one)),
    events: locked
      .at('events')
      .entries()
      .map(([event, one]) => eventOf(event, one)),
    errors: locked.has('errors')
      ? locked
          .at('errors')
          .entries()
          .map(([error, one]) => errorOf(error, one))
      : [],
    types: locked
      .at('types')
      .entries()
      .map(([type, shape]): NamedType => {
        return { name: type, doc: '', shape: shapeOf(shape) };
      }),
  };
}

function handlerOf(name: string, locked: LockNode): HandlerModel {
  return {
    name,
    doc: '',
    input: shapeOf(locked.at('input')),
    output: shapeOf(locked.at('output')),
    options: optionsOf(locked),
  };
}

function eventOf(name: string, locked: LockNode): EventModel {
  return { name, doc: '', data: shapeOf(locked.at('data')), options: optionsOf(locked) };
}

function errorOf(name: string, locked: LockNode): ErrorModel {
  return { name, doc: '', data: shapeOf(locked.at('data')) };
}

function optionsOf(locked: LockNode): JsonObject {
  return locked.has('options') ? locked.at('options').object() : {};
}

function shapeOf(locked: LockNode): Shape {
  const { value } = locked;
  if (value === 'Uint8Array' || value === 'Buffer') return { kind: 'bytes', as: value };
  if (typeof value !== 'string') return composedOf(locked);
  const plain = plainShape(value);
  if (plain === undefined) throw locked.expected(`a type instead of '${value}'`);
  return plain;
}

function composedOf(locked: LockNode): Shape {
  if (locked.has('array')) return arrayOf(locked);
  if (locked.has('tuple')) return tupleOf(locked);
  if (locked.has('set')) return { kind: 'set', item: shapeOf(locked.at('set')) };
  if (locked.has('map')) return mapOf(locked.at('map'));
  if (locked.has('object')) return objectOf(locked);
  if (locked.has('text')) return { kind: 'text', rules: locked.at('text').object() };
  if (locked.has('union')) return { kind: 'union', members: locked.at('union').items().map(shapeOf) };
  if (locked.has('literal')) return { kind: 'literal', value: locked.at('literal').value as LiteralValue };
  if (locked.has('type')) return { kind: 'named', name: locked.at('type').string() };
  return rangeOf(locked);
}

function arrayOf(locked: LockNode): Shape {
  const { array: _, ...bounds } = locked.object();
  const item = shapeOf(locked.at('array'));
  return Object.keys(bounds).length === 0 ? { kind: 'array', item } : { kind: 'array', item, bounds };
}

function mapOf(locked: LockNode): Shape {
  const [key, value] = locked.items();
  if (key === undefined || value === undefined) throw locked.expected('two types');
  return { kind: 'map', key: shapeOf(key), value: shapeOf(value) };
}

function tupleOf(locked: LockNode): Shape {
  return {
    kind: 'tuple',
    head: locked.at('tuple').items().map(shapeOf),
    optional: locked.at('optional').items().map(shapeOf),
    ...(locked.has('rest') ? { rest: shapeOf(locked.at('rest')) } : {}),
    tail: locked.at('tail').items().map(shapeOf),
  };
}

function objectOf(locked: LockNode): Shape {
  const optional = locked
    .at('optional')
    .items()
    .map((key) => key.value);
  const members = locked
    .at('object')
    .entries()
    .map(([key, shape]): Member => {
      return { key, optional: optional.includes(key), shape: shapeOf(shape) };
    });
  if (!locked.has('keys')) return { kind: 'object', members };
  return { kind: 'record', members, rules: locked.at('keys').items().map(ruleOf) };
}

function ruleOf(locked: LockNode): KeyRule {
  const rule = { keys: locked.at('keys').string(), value: shapeOf(locked.at('value')) };
  return locked.has('pattern') ? { ...rule, pattern: locked.at('pattern').string() } : rule;
}

function rangeOf(locked: LockNode): Shape {
  for (const of of ['number', 'int', 'uint'] as const) {
    if (locked.has(of)) return { kind: 'range', of, bounds: locked.at(of).object() };
  }
  throw locked.expected('a type');
}
