/**
 * Refusals: types that a contract cannot use, and what to say about them.
 *
 * Whatever is not refused here the walker can turn into a shape.
 */
import { ts } from 'ts-morph';
import { constrainedShape } from './vocabulary.js';
import type { Reason } from './reporter.js';

const PLAIN_DATA = 'send an id or a plain object with what the other side needs';
const NOT_YET =
  'supported are string, number, boolean, null, literals, objects, arrays, unions and the types of `shardwire/contract`';

/** Why a type is refused; `undefined` if it is not, or not as a whole. */
export function refusalOf(type: ts.Type, program: ts.Program): Reason | undefined {
  return flagRefusal(type) ?? intersectionRefusal(type, program) ?? objectRefusal(type, program);
}

function flagRefusal(type: ts.Type): Reason | undefined {
  const { flags } = type;
  if (flags & ts.TypeFlags.Any) return anyRefusal(type);
  if (flags & ts.TypeFlags.EnumLike) {
    return {
      code: 'SW2006',
      message: 'enums are not supported yet',
      hint: "use a union of literals: 'guild' | 'user'",
    };
  }
  if (flags & (ts.TypeFlags.TemplateLiteral | ts.TypeFlags.StringMapping)) {
    return { code: 'SW2006', message: 'template literal types are not supported yet', hint: 'use `string`' };
  }
  if (flags & ts.TypeFlags.Never) {
    return {
      code: 'SW2005',
      message: '`never` has no values',
      hint: 'use `void` where there is nothing to send',
    };
  }
  if (flags & ts.TypeFlags.BigIntLike) {
    return {
      code: 'SW2005',
      message: 'JSON has no `bigint`',
      hint: 'send it as a string; ids are `Snowflake`s',
    };
  }
  if (flags & ts.TypeFlags.ESSymbolLike) {
    return { code: 'SW2005', message: 'a symbol cannot cross a process', hint: 'use a string' };
  }
  if (flags & ts.TypeFlags.NonPrimitive) return everythingFits('`object`');
  if (flags & (ts.TypeFlags.Instantiable & ~ts.TypeFlags.TemplateLiteral)) {
    return { code: 'SW2007', message: 'an open generic type', hint: 'give every type parameter a type' };
  }
  return undefined;
}

function anyRefusal(type: ts.Type): Reason {
  if (isUnresolved(type)) {
    return {
      code: 'SW2001',
      message: 'this type cannot be found',
      hint: 'check the import that it comes from',
    };
  }
  return { code: 'SW2001', message: '`any` switches validation off', hint: 'use `unknown` if that is meant' };
}

/** What the checker puts where it found nothing. */
export function isUnresolved(type: ts.Type): boolean {
  return (type as ts.Type & { readonly intrinsicName?: string }).intrinsicName === 'error';
}

function everythingFits(what: string): Reason {
  return {
    code: 'SW2012',
    message: `nearly everything fits ${what}`,
    hint: 'name the members, or use `unknown`',
  };
}

/** Interfaces and object types merge; anything else in an intersection is a promise that nobody can check. */
function intersectionRefusal(type: ts.Type, program: ts.Program): Reason | undefined {
  if (!type.isIntersection() || constrainedShape(type, program.getTypeChecker()) !== undefined)
    return undefined;
  const isMerge = type.types.every((part) => part.flags & ts.TypeFlags.Object);
  if (!isMerge) {
    const hint = 'use the plain type, or `Snowflake`, `Int` or `UInt` of `shardwire/contract`';
    return { code: 'SW2008', message: 'only object types can be joined with `&`', hint };
  }
  return type.types.map((part) => objectRefusal(part, program)).find((refusal) => refusal !== undefined);
}

function objectRefusal(type: ts.Type, program: ts.Program): Reason | undefined {
  if ((type.flags & ts.TypeFlags.Object) === 0) return undefined;
  const checker = program.getTypeChecker();
  if (checker.isArrayType(type)) return undefined;
  if (checker.isTupleType(type)) {
    return {
      code: 'SW2006',
      message: 'tuples are not supported yet',
      hint: 'use an array, or an object with named members',
    };
  }
  return callableRefusal(type) ?? instanceRefusal(type, program) ?? membersRefusal(type, checker);
}

function callableRefusal(type: ts.Type): Reason | undefined {
  const signatures = [...type.getCallSignatures(), ...type.getConstructSignatures()];
  if (signatures.length === 0) return undefined;
  return {
    code: 'SW2002',
    message: 'a function cannot cross a process',
    hint: 'send data, or declare another handler',
  };
}

const DISCORD_FILE = /\/node_modules\/(?:discord\.js|@discordjs\/[^/]+)\//;
const SUPPORTED_LATER = new Set(['Date', 'Map', 'ReadonlyMap', 'ReadonlySet', 'Set', 'Uint8Array']);

function instanceRefusal(type: ts.Type, program: ts.Program): Reason | undefined {
  const { symbol } = type;
  const files = symbol?.declarations?.map((declaration) => declaration.getSourceFile()) ?? [];
  const isClass = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Class) !== 0;
  if (isClass && files.some((file) => DISCORD_FILE.test(file.fileName))) {
    const count = type.getProperties().length;
    const message = `\`${symbol.name}\` is a discord.js structure with ${count} members and methods`;
    return { code: 'SW2004', message, hint: PLAIN_DATA };
  }
  if (isClass) {
    return {
      code: 'SW2003',
      message: `an instance of \`${symbol.name}\` would arrive as a plain object`,
      hint: PLAIN_DATA,
    };
  }
  const isBuiltIn = symbol !== undefined && files.some((file) => program.isSourceFileDefaultLibrary(file));
  if (!isBuiltIn || (symbol.flags & ts.SymbolFlags.Interface) === 0) return undefined;
  if (SUPPORTED_LATER.has(symbol.name)) {
    return { code: 'SW2006', message: `\`${symbol.name}\` is not supported yet`, hint: NOT_YET };
  }
  return { code: 'SW2003', message: `a \`${symbol.name}\` does not survive JSON`, hint: PLAIN_DATA };
}

function membersRefusal(type: ts.Type, checker: ts.TypeChecker): Reason | undefined {
  if (checker.getIndexInfosOfType(type).length > 0) {
    return {
      code: 'SW2006',
      message: 'index signatures are not supported yet',
      hint: 'send an array of { key, value }',
    };
  }
  return type.getProperties().length === 0 ? everythingFits('`{}`') : undefined;
}

const RESERVED_KEYS: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Keys that every object has already: an absent member could not be told from them. */
export function isReservedKey(key: string): boolean {
  return RESERVED_KEYS.has(key);
}
