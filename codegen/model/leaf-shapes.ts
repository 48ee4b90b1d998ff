/**
 * Leaf shapes: those that hold no other shapes.
 *
 * Most of them are nothing but their kind, and fingerprints and lock files write that kind as one word. A new kind of
 * shape is sorted in here first: the compiler asks for it.
 */
import type { Shape } from './model.js';

const IS_LEAF = {
  string: true,
  number: true,
  int: true,
  uint: true,
  snowflake: true,
  boolean: true,
  null: true,
  undefined: true,
  unknown: true,
  literal: true,
  text: true,
  range: true,
  bigint: true,
  date: true,
  bytes: true,
  array: false,
  tuple: false,
  set: false,
  map: false,
  object: false,
  record: false,
  union: false,
  named: false,
} as const satisfies Readonly<Record<Shape['kind'], boolean>>;

type LeafKind = {
  [Kind in Shape['kind']]: (typeof IS_LEAF)[Kind] extends true ? Kind : never;
}[Shape['kind']];

export type LeafShape = Extract<Shape, { readonly kind: LeafKind }>;

export function isLeaf(shape: Shape): shape is LeafShape {
  return IS_LEAF[shape.kind];
}

type PlainKind = Exclude<LeafKind, 'literal' | 'text' | 'range' | 'bytes'>;

/** A leaf that has nothing but its kind. */
export type PlainShape = Extract<Shape, { readonly kind: PlainKind }>;

/**
 * The words for plain shapes in fingerprints and lock files. Two of them are older than the kinds that they stand for
 * and stay as they are: another word would be another fingerprint for every contract that uses it.
 */
const WRITTEN = {
  string: 'string',
  number: 'number',
  int: 'int',
  uint: 'uint',
  snowflake: 'snowflake',
  boolean: 'boolean',
  null: 'null',
  undefined: 'absent',
  unknown: 'anything',
  bigint: 'bigint',
  date: 'date',
} as const satisfies Readonly<Record<PlainKind, string>>;

/** The word for a plain shape in fingerprints and lock files. */
export function writtenKind({ kind }: PlainShape): string {
  return WRITTEN[kind];
}

const SHAPES: ReadonlyMap<string, PlainShape> = new Map(
  (Object.keys(WRITTEN) as PlainKind[]).map((kind) => [WRITTEN[kind], { kind }]),
);

/** The plain shape that a word of a lock file stands for; `undefined` for any other word. */
export function plainShape(written: string): PlainShape | undefined {
  return SHAPES.get(written);
}
