/**
 * Flag enums: enums whose members are bits, as those of Discord's `public_flags` are.
 *
 * A value has several of them, and is then none of the members: to TypeScript `Flags.A | Flags.B` fits. So a whole
 * enum of bits is not a choice among its members.
 */
import type { ts } from 'ts-morph';
import { compiler } from '../program/compiler.js';

/** Below, an enum may as well count: 0, 1, 2. */
const SURE_BIT = 4;

/** The members of a union without those of whole flag enums; the very list if it has none. */
export function withoutFlags(types: readonly ts.Type[], checker: ts.TypeChecker): readonly ts.Type[] {
  const enums = new Set(types.map((type) => enumOf(type, checker)).filter((one) => one !== undefined));
  const flags = [...enums].filter((one) => isFlagEnum(one) && one.types.every((bit) => types.includes(bit)));
  if (flags.length === 0) return types;
  return types.filter((type) => !flags.some((one) => one.types.includes(type)));
}

/** The enum that a member belongs to. */
function enumOf(type: ts.Type, checker: ts.TypeChecker): ts.UnionType | undefined {
  if ((type.flags & compiler.TypeFlags.EnumLiteral) === 0) return undefined;
  const whole = checker.getBaseTypeOfLiteralType(type);
  return whole.isUnion() ? whole : undefined;
}

function isFlagEnum({ types }: ts.UnionType): boolean {
  const values = types.map((type) => (type.isNumberLiteral() ? type.value : Number.NaN));
  return values.every(isBit) && values.some((value) => value >= SURE_BIT);
}

/** Beyond 32 bits, where Discord has some, too. */
function isBit(value: number): boolean {
  return value === 0 || Number.isInteger(Math.log2(value));
}
