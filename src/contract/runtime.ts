/**
 * What generated pages import (`shardwire/runtime`).
 *
 * Not meant to be imported by hand: names may come and go with the generator of the same version.
 */
export { createBind } from './bind.js';
export type { Bindable } from './bind.js';
export { ContractError } from './contract-error.js';
export { defineContract } from './define-contract.js';
export type { DefinedContract } from './define-contract.js';
export type { ContractSpec, EventSpec, HandlerSpec, ReduceSpec, ValueSpec } from './spec.js';
export type { BoundContract, OutputOf } from './stubs.js';
export {
  MAX_DEPTH,
  isAbsent,
  isAnything,
  isArrayOf,
  isBoolean,
  isInt,
  isNull,
  isNumber,
  isObject,
  isSnowflake,
  isString,
  isUInt,
  packArray,
} from './checks.js';
export type { Fields } from './checks.js';
export { mergePacked } from './merge-packed.js';
export {
  absent,
  anything,
  array,
  boolean,
  int,
  literal,
  nil,
  number,
  object,
  optional,
  ref,
  snowflake,
  string,
  uint,
  union,
} from './shape.js';
export type { Shape } from './shape.js';
export { asIs, nothing, orNothing, orNull } from './value-specs.js';
