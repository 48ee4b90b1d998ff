/**
 * Awaited types: the type of a handler's result once its promise is fulfilled.
 *
 * The checker can answer this, but searches everything that an array inherits for a `then`, for every array type anew. So
 * it is asked only about types that may be thenable.
 */
import type { ts } from 'ts-morph';
import { compiler } from '../program/compiler.js';

export function awaitedType(type: ts.Type, program: ts.Program): ts.Type {
  const checker = program.getTypeChecker();
  const [promised] = isPromise(type, program) ? checker.getTypeArguments(type as ts.TypeReference) : [];
  if (promised !== undefined) return awaitedType(promised, program);
  const parts = type.isUnion() ? type.types : [type];
  return parts.every((part) => isPlain(part, checker)) ? type : (checker.getAwaitedType(type) ?? type);
}

function isPromise({ symbol }: ts.Type, program: ts.Program): boolean {
  const files = symbol?.name === 'Promise' ? symbol.declarations?.map((one) => one.getSourceFile()) : [];
  return files?.some((file) => program.isSourceFileDefaultLibrary(file)) === true;
}

const PRIMITIVE =
  compiler.TypeFlags.StringLike |
  compiler.TypeFlags.NumberLike |
  compiler.TypeFlags.BooleanLike |
  compiler.TypeFlags.VoidLike |
  compiler.TypeFlags.Null;

/** Whether a type is certainly not thenable. */
function isPlain(type: ts.Type, checker: ts.TypeChecker): boolean {
  if (type.flags & PRIMITIVE || checker.isArrayType(type) || checker.isTupleType(type)) return true;
  return checker.getPropertyOfType(type, 'then') === undefined;
}
