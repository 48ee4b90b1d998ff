/**
 * What generated pages import (`shardwire/runtime`).
 *
 * Not meant to be imported by hand: names may come and go with the generator of the same version.
 */
export type { Compared, Fits, Same } from './compare.js';
export { createBind } from './bind.js';
export type { Bindable } from './bind.js';
export { ContractError } from './contract-error.js';
export { defineContract } from './define-contract.js';
export type { DefinedContract } from './define-contract.js';
export type { ContractSpec, EventSpec, HandlerSpec, ReduceSpec, ValueSpec } from './spec.js';
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
} from './checks.js';
export type { Fields } from './checks.js';
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
} from './decode.js';
export {
  packArray,
  packBigInt,
  packBytes,
  packDate,
  packMap,
  packRecord,
  packSet,
  packTuple,
} from './encode.js';
export { mergePacked } from './merge-packed.js';
export { byPosition, inBox, rowOf, rowOfAll, takeAll, takeOne } from './rows.js';
export type { Row } from './rows.js';
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
} from './shape.js';
export type { Shape } from './shape.js';
export { asIs, nothing, orNothing, orNull } from './value-specs.js';
