/**
 * Checker types: helpers for the type checker's types.
 */
import type { ts } from 'ts-morph';
import type { Shape } from '../../model/model.js';
import { compiler } from '../program/compiler.js';
import { isPhantom } from './vocabulary.js';

export function primitiveShape(type: ts.Type): Shape | undefined {
  const { flags } = type;
  if (flags & compiler.TypeFlags.Unknown) return { kind: 'unknown' };
  if (flags & compiler.TypeFlags.String) return { kind: 'string' };
  if (flags & compiler.TypeFlags.Number) return { kind: 'number' };
  if (flags & compiler.TypeFlags.Boolean) return { kind: 'boolean' };
  if (flags & compiler.TypeFlags.BigInt) return { kind: 'bigint' };
  // The values of an enum with a member computed at run time are unknown.
  if (flags & compiler.TypeFlags.Enum && !type.isUnion()) return { kind: 'number' };
  if (flags & compiler.TypeFlags.Null) return { kind: 'null' };
  if (flags & compiler.TypeFlags.VoidLike) return { kind: 'undefined' };
  if (type.isStringLiteral() || type.isNumberLiteral()) return { kind: 'literal', value: type.value };
  if (flags & compiler.TypeFlags.BooleanLiteral) return { kind: 'literal', value: isTrue(type) };
  return undefined;
}

function isTrue(type: ts.Type): boolean {
  return (type as ts.Type & { readonly intrinsicName?: string }).intrinsicName === 'true';
}

export function isEnum(type: ts.Type): boolean {
  return type.isUnion() && (type.flags & compiler.TypeFlags.EnumLike) !== 0;
}

/** Whether a type is a primitive with a brand or a constraint, which only the type checker sees. */
export function isBranded(type: ts.Type): boolean {
  return (
    type.isIntersection() &&
    type.types.some((part) => (part.flags & compiler.TypeFlags.Object) === 0 || isPhantom(part))
  );
}

export function isReference(type: ts.Type): boolean {
  return ((type as ts.ObjectType).objectFlags & compiler.ObjectFlags.Reference) !== 0;
}

export function includesUndefined(type: ts.Type): boolean {
  return partsOf(type).some((part) => (part.flags & compiler.TypeFlags.VoidLike) !== 0);
}

/** Whether two types differ at most by `undefined`, which the checker adds to the type of an optional member. */
export function sameButUndefined(a: ts.Type, b: ts.Type): boolean {
  if (a === b) return true;
  const [x, y] = [definedParts(a), definedParts(b)];
  return x.length === y.length && x.every((part) => y.includes(part));
}

function definedParts(type: ts.Type): readonly ts.Type[] {
  return partsOf(type).filter((part) => (part.flags & compiler.TypeFlags.VoidLike) === 0);
}

function partsOf(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types : [type];
}
