/**
 * The lock file: `generated/contract.lock.json`, the contracts as the generator understood them.
 *
 * It is committed with the pages. A reviewer sees what a change means on the wire, the next run sees which pages it wrote
 * and whether they were edited since, and `shardwire breaking` compares with it (`read-lock.ts` reads it back).
 */
import { LAYOUT_VERSION, fingerprintsOf, sha256 } from '../model/fingerprint.js';
import { isLeaf, writtenKind } from '../model/leaf-shapes.js';
import type { LeafShape } from '../model/leaf-shapes.js';
import type {
  ContractModel,
  ErrorModel,
  EventOptions,
  HandlerOptions,
  KeyRule,
  Member,
  Shape,
  TupleShape,
} from '../model/model.js';
import { compare } from '../model/shapes.js';

export const LOCK_FILE = 'contract.lock.json';

export type Json = string | number | boolean | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/** @param pages - The texts of the other files in the folder, by their names. */
export function lockText(contracts: readonly ContractModel[], pages: ReadonlyMap<string, string>): string {
  const inOrder = contracts.toSorted((a, b) => compare(a.name, b.name));
  const lock = {
    contracts: Object.fromEntries(inOrder.map((contract) => [contract.name, memoizedContract(contract)])),
    files: sortKeys(Object.fromEntries([...pages].map(([name, text]) => [name, sha256(text)]))),
    layout: LAYOUT_VERSION,
  };
  return `${JSON.stringify(lock, undefined, 2)}\n`;
}

/** Returns the hash that the last run recorded for each of its files; empty if there is no readable lock file. */
export function lockedFiles(text: string | undefined): ReadonlyMap<string, string> {
  try {
    const { files } = JSON.parse(text ?? '{}') as { readonly files?: unknown };
    const entries = typeof files === 'object' && files !== null ? Object.entries(files) : [];
    return new Map(entries.flatMap(([name, hash]) => (typeof hash === 'string' ? [[name, hash]] : [])));
  } catch {
    return new Map();
  }
}

/** In watch mode an edit to one contract writes all of them again. */
const known = new WeakMap<ContractModel, Json>();

function memoizedContract(contract: ContractModel): Json {
  const locked = known.get(contract) ?? sortKeys(lockedContract(contract));
  known.set(contract, locked);
  return locked;
}

function lockedContract({ name, source, handlers, events, errors, types }: ContractModel): Json {
  const fingerprints = fingerprintsOf(types);
  const lockedHandlers = handlers.map(({ name: handler, input, output, options }) => {
    const fingerprint = fingerprints.of(`${name}.${handler}`, [input, output]);
    const shapes = { input: lockedShape(input), output: lockedShape(output) };
    return [handler, { fingerprint, ...shapes, ...lockedOptions(options) }] as const;
  });
  const lockedEvents = events.map(({ name: event, data, options }) => {
    const fingerprint = fingerprints.of(`${name}.${event}`, [data]);
    return [event, { fingerprint, data: lockedShape(data), ...lockedOptions(options) }] as const;
  });
  return {
    source,
    handlers: Object.fromEntries(lockedHandlers),
    events: Object.fromEntries(lockedEvents),
    ...(errors.length > 0 && { errors: lockedErrors(errors) }),
    types: Object.fromEntries(types.map((type) => [type.name, lockedShape(type.shape)])),
  };
}

/** The model's options are plain data, and are written as they are. */
function lockedOptions(options: HandlerOptions | EventOptions): JsonObject {
  return Object.keys(options).length === 0 ? {} : { options: { ...(options as unknown as JsonObject) } };
}

function lockedErrors(errors: readonly ErrorModel[]): Json {
  return Object.fromEntries(errors.map(({ name, data }) => [name, { data: lockedShape(data) }]));
}

function lockedShape(shape: Shape): Json {
  if (isLeaf(shape)) return lockedLeaf(shape);
  switch (shape.kind) {
    case 'array':
      return { array: lockedShape(shape.item), ...shape.bounds };
    case 'tuple':
      return lockedTuple(shape);
    case 'set':
      return { set: lockedShape(shape.item) };
    case 'map':
      return { map: [lockedShape(shape.key), lockedShape(shape.value)] };
    case 'object':
      return lockedObject(shape.members);
    case 'record':
      return { ...lockedObject(shape.members), keys: lockedKeys(shape.rules) };
    case 'union':
      return { union: shape.members.map(lockedShape) };
    case 'named':
      return { type: shape.name };
  }
}

function lockedLeaf(shape: LeafShape): Json {
  switch (shape.kind) {
    case 'text':
      return { text: { ...shape.rules } };
    case 'range':
      return { [shape.of]: { ...shape.bounds } };
    case 'bytes':
      return shape.as;
    case 'literal':
      return { literal: shape.value };
    default:
      return writtenKind(shape);
  }
}

function lockedObject(members: readonly Member[]): JsonObject {
  const object = Object.fromEntries(members.map((member) => [member.key, lockedShape(member.shape)]));
  const optional = members.filter((member) => member.optional).map((member) => member.key);
  return optional.length === 0 ? { object } : { object, optional: optional.toSorted() };
}

function lockedTuple({ head, optional, rest, tail }: TupleShape): Json {
  return {
    tuple: head.map(lockedShape),
    ...(optional.length === 0 ? {} : { optional: optional.map(lockedShape) }),
    ...(rest === undefined ? {} : { rest: lockedShape(rest) }),
    ...(tail.length === 0 ? {} : { tail: tail.map(lockedShape) }),
  };
}

function lockedKeys(rules: readonly KeyRule[]): Json {
  return rules.map(({ keys, pattern, value }) => {
    return { keys, ...(pattern === undefined ? {} : { pattern }), value: lockedShape(value) };
  });
}

function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object') return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]));
}
