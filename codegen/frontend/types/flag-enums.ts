/**
 * Flag enums: enums whose members are bits, such as those of Discord's `public_flags`.
 *
 * A value may combine several bits, and then equals none of the members, which TypeScript accepts. So a complete flag enum
 * is not a union of its members.
 */
import type { ts } from 'ts-morph';
import { compiler } from '../program/compiler.js';

/** An enum of smaller values may simply count: 0, 1, 2. */
const SURE_BIT = 4;

/** Removes the members of complete flag enums from a union; returns the same array if it has none. */
export function withoutFlags(types: readonly ts.Type[], checker: ts.TypeChecker): readonly ts.Type[] {
  const enums = new Set(types.map((type) => enumOf(type, checker)).filter((one) => one !== undefined));
  const flags = [...enums].filter((one) => isFlagEnum(one) && one.types.every((bit) => types.includes(bit)));
  if (flags.length === 0) return types;
  return types.filter((type) => !flags.some((one) => one.types.includes(type)));
}

/** Returns the enum to which a member belongs. */
function enumOf(type: ts.Type, checker: ts.TypeChecker): ts.UnionType | undefined {
  if ((type.flags & compiler.TypeFlags.EnumLiteral) === 0) return undefined;
  const whole = checker.getBaseTypeOfLiteralType(type);
  return whole.isUnion() ? whole : undefined;
}

function isFlagEnum({ types }: ts.UnionType): boolean {
  const values = types.map((type) => (type.isNumberLiteral() ? type.value : Number.NaN));
  return values.every(isBit) && values.some((value) => value >= SURE_BIT);
}

/** Not a bitwise test: Discord has flags beyond 32 bits. */
function isBit(value: number): boolean {
  return value === 0 || Number.isInteger(Math.log2(value));
}
