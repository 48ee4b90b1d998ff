/**
 * What generated pages import (`shardwire/runtime`).
 *
 * Not meant to be imported by hand: names may come and go with the generator of the same version.
 */
export type { Compared, Fits, Same } from '../schema/compare.js';
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
  isAbsent,
  isAnything,
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
  isText,
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
  unpackTime,
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
export { byPosition, inBox, rowOf, rowOfAll, takeAll, takeOne } from '../schema/rows.js';
export type { Row } from '../schema/rows.js';
export {
  absent,
  anything,
  array,
  bigint,
  boolean,
  buffer,
  bytes,
  date,
  int,
  literal,
  map,
  nil,
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
export { asIs, nothing, orNothing, orNull } from '../schema/value-specs.js';
