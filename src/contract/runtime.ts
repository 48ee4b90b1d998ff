/**
 * Runtime of generated pages (`shardwire/runtime`).
 *
 * Not meant to be imported by hand: names may change with the generator of the same version. A value that is exported here
 * is listed in the generator's `runtime-names.ts` as well; a test compares the two.
 */
export type { Assert, IsAssignable, IsSame } from '../schema/compare.js';
export { createBind } from './bind.js';
export type { Bindable } from './bind.js';
export { ContractError } from './contract-error.js';
export { defineContract } from './define-contract.js';
export type { DefinedContract } from './define-contract.js';
export type { ContractSpec, EventSpec, HandlerSpec, ReduceSpec } from './spec.js';
export type { ValueSpec } from '../schema/value-spec.js';
export type { BoundContract, InputOf, OutputOf } from './stubs.js';
export {
  MAX_DEPTH,
  isUndefined,
  isUnknown,
  isArrayOf,
  isBigInt,
  isBoolean,
  isBuffer,
  isBytes,
  isDate,
  isInt,
  isIntIn,
  isMapOf,
  isMatch,
  isNull,
  isNumber,
  isNumberIn,
  isObject,
  isRecord,
  isRecordOf,
  isSetOf,
  isSnowflake,
  isString,
  isStringOfLength,
  isTuple,
  isUInt,
  isUIntIn,
} from '../schema/checks.js';
export type { Fields } from '../schema/checks.js';
export {
  unpackArray,
  unpackBigInt,
  unpackBuffer,
  unpackBytes,
  unpackDate,
  unpackMap,
  unpackMembers,
  unpackRecord,
  unpackSet,
  unpackNumericDate,
  unpackTuple,
} from '../schema/unpack.js';
export {
  packArray,
  packBigInt,
  packBytes,
  packDate,
  packMap,
  packRecord,
  packSet,
  packTuple,
} from '../schema/pack.js';
export { mergePacked } from '../schema/merge-packed.js';
export { rowCodec, unbox, writeRow, writeRows, readRows, readRow } from '../schema/rows.js';
export type { Row } from '../schema/rows.js';
export {
  undefined_,
  unknown,
  array,
  bigint,
  boolean,
  buffer,
  bytes,
  date,
  int,
  literal,
  map,
  null_,
  number,
  object,
  optional,
  range,
  record,
  ref,
  set,
  snowflake,
  string,
  text,
  tuple,
  uint,
  union,
} from '../schema/shape.js';
export type { Shape } from '../schema/shape.js';
export { identity, noValue, orUndefined, orNull } from '../schema/value-specs.js';
