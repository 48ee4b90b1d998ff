/**
 * Runtime names: what generated pages may import from `shardwire/runtime`.
 *
 * Emitters can import only what is listed here, and a test compares both lists with what the runtime exports. A new
 * function of the runtime goes into `BODY_NAMES` if generated functions call it, otherwise into `DEFINITION_NAMES`.
 */

export const RUNTIME = 'shardwire/runtime';

/** Called in the bodies of generated functions, where no local variable may hide them. */
export const BODY_NAMES = [
  'MAX_DEPTH',
  'identity',
  'isArrayOf',
  'isBigInt',
  'isBoolean',
  'isBuffer',
  'isBytes',
  'isDate',
  'isInt',
  'isIntIn',
  'isMapOf',
  'isMatch',
  'isNull',
  'isNumber',
  'isNumberIn',
  'isObject',
  'isRecord',
  'isRecordOf',
  'isSetOf',
  'isSnowflake',
  'isString',
  'isStringOfLength',
  'isTuple',
  'isUInt',
  'isUIntIn',
  'isUndefined',
  'isUnknown',
  'mergePacked',
  'packArray',
  'packBigInt',
  'packBytes',
  'packDate',
  'packMap',
  'packRecord',
  'packSet',
  'packTuple',
  'readRow',
  'readRows',
  'unbox',
  'unpackArray',
  'unpackBigInt',
  'unpackBuffer',
  'unpackBytes',
  'unpackDate',
  'unpackMap',
  'unpackMembers',
  'unpackNumericDate',
  'unpackRecord',
  'unpackSet',
  'unpackTuple',
  'writeRow',
  'writeRows',
] as const;

/** Used in the definitions of a page (shapes, error classes, the contract), where there are no local variables. */
export const DEFINITION_NAMES = [
  'ContractError',
  'array',
  'bigint',
  'boolean',
  'buffer',
  'bytes',
  'createBind',
  'date',
  'defineContract',
  'int',
  'literal',
  'map',
  'noValue',
  'null_',
  'number',
  'object',
  'optional',
  'orNull',
  'orUndefined',
  'range',
  'record',
  'ref',
  'rowCodec',
  'set',
  'snowflake',
  'string',
  'text',
  'tuple',
  'uint',
  'undefined_',
  'union',
  'unknown',
] as const;

export type BodyName = (typeof BODY_NAMES)[number];

export type RuntimeName = BodyName | (typeof DEFINITION_NAMES)[number];

/** Types, which no variable can hide. */
export type RuntimeType =
  | 'Assert'
  | 'Bindable'
  | 'BoundContract'
  | 'DefinedContract'
  | 'Fields'
  | 'InputOf'
  | 'IsAssignable'
  | 'IsSame'
  | 'OutputOf'
  | 'Row'
  | 'Shape'
  | 'ValueSpec';
