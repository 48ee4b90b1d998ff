/**
 * Refusals: the reasons why a contract cannot use a type.
 *
 * The walker can turn every type that is not refused here into a shape.
 */
import type { ts } from 'ts-morph';
import { compiler } from '../program/compiler.js';
import { isPhantom } from './vocabulary.js';
import type { Reason } from '../program/reporter.js';

const PLAIN_DATA = 'send an id, or a plain object with the data that the receiver needs';

/** Returns why a type is refused; `undefined` if it is not. The types inside it are not examined. */
export function refusalOf(type: ts.Type, program: ts.Program): Reason | undefined {
  return flagRefusal(type) ?? intersectionRefusal(type, program) ?? objectRefusal(type, program);
}

function flagRefusal(type: ts.Type): Reason | undefined {
  const { flags } = type;
  if (flags & compiler.TypeFlags.Any) return anyRefusal(type);
  if (flags & compiler.TypeFlags.StringMapping) {
    const hint = 'use `string`, or `Str` with a pattern';
    return { code: 'SW2006', message: 'string mapping types (`Uppercase<...>`) are not supported', hint };
  }
  if (flags & compiler.TypeFlags.Never) {
    return {
      code: 'SW2005',
      message: '`never` has no values',
      hint: 'use `void` if there is nothing to send',
    };
  }
  if (flags & compiler.TypeFlags.BigIntLiteral) {
    return { code: 'SW2006', message: '`bigint` literals are not supported', hint: 'use `bigint`' };
  }
  if (flags & compiler.TypeFlags.ESSymbolLike) {
    return { code: 'SW2005', message: 'symbols cannot be sent to another process', hint: 'use a string' };
  }
  if (flags & compiler.TypeFlags.NonPrimitive) return acceptsAlmostAnything('`object`');
  if (flags & (compiler.TypeFlags.Instantiable & ~compiler.TypeFlags.TemplateLiteral)) {
    const isConditional = (flags & compiler.TypeFlags.Conditional) !== 0;
    const message = isConditional ? 'unresolved conditional type' : 'unresolved generic type';
    return { code: 'SW2007', message, hint: 'provide a type for every type parameter' };
  }
  return undefined;
}

function anyRefusal(type: ts.Type): Reason {
  if (isUnresolved(type)) {
    return {
      code: 'SW2001',
      message: 'type not found',
      hint: 'check the import of the type',
    };
  }
  return {
    code: 'SW2001',
    message: '`any` disables validation',
    hint: 'use `unknown` if every value is allowed',
  };
}

/** Whether a type is the checker's placeholder for a type that it cannot find. */
export function isUnresolved(type: ts.Type): boolean {
  return (type as ts.Type & { readonly intrinsicName?: string }).intrinsicName === 'error';
}

function acceptsAlmostAnything(what: string): Reason {
  return {
    code: 'SW2012',
    message: `${what} accepts almost any value`,
    hint: 'declare the members, or use `unknown`',
  };
}

/**
 * Objects in an intersection are merged, and a primitive may have constraints and brands. No check could verify anything
 * else in an intersection.
 */
function intersectionRefusal(type: ts.Type, program: ts.Program): Reason | undefined {
  if (!type.isIntersection()) return undefined;
  const parts = type.types.filter((part) => !isPhantom(part));
  const objects = parts.filter((part) => part.flags & compiler.TypeFlags.Object);
  const others = parts.filter((part) => !objects.includes(part));
  const checker = program.getTypeChecker();
  const isBrand = (part: ts.Type): boolean => {
    return (
      !checker.isArrayLikeType(part) &&
      callableRefusal(part) === undefined &&
      builtInOf(part, program) === undefined
    );
  };
  if (others.length === 0 && objects.length === 1) return firstRefusal(objects, program);
  if (others.length > 1 || !objects.every(isBrand)) {
    const hint = 'write out the type of the values';
    return { code: 'SW2008', message: 'unsupported intersection: only plain objects can be merged', hint };
  }
  return others.length === 0 ? firstRefusal(objects, program) : firstRefusal(others, program);
}

function firstRefusal(types: readonly ts.Type[], program: ts.Program): Reason | undefined {
  return types.map((part) => refusalOf(part, program)).find((refusal) => refusal !== undefined);
}

function objectRefusal(type: ts.Type, program: ts.Program): Reason | undefined {
  if ((type.flags & compiler.TypeFlags.Object) === 0) return undefined;
  const checker = program.getTypeChecker();
  if (checker.isArrayType(type) || checker.isTupleType(type)) return undefined;
  if (builtInOf(type, program) !== undefined) return undefined;
  return callableRefusal(type) ?? instanceRefusal(type, program) ?? membersRefusal(type, checker);
}

export type BuiltIn = 'Date' | 'Map' | 'Set' | 'Uint8Array' | 'Buffer';

const BUILT_INS: ReadonlyMap<string, BuiltIn> = new Map([
  ['Date', 'Date'],
  ['Map', 'Map'],
  ['ReadonlyMap', 'Map'],
  ['Set', 'Set'],
  ['ReadonlySet', 'Set'],
  ['Uint8Array', 'Uint8Array'],
]);

const NODE_TYPES = /\/node_modules\/@types\/node\//;

/** Returns which of JavaScript's own classes a type is, if values of the class can be sent. */
export function builtInOf(type: ts.Type, program: ts.Program): BuiltIn | undefined {
  const { symbol } = type;
  if (symbol === undefined || (symbol.flags & compiler.SymbolFlags.Interface) === 0) return undefined;
  const files = symbol.declarations?.map((declaration) => declaration.getSourceFile()) ?? [];
  if (symbol.name === 'Buffer')
    return files.some((file) => NODE_TYPES.test(file.fileName)) ? 'Buffer' : undefined;
  return files.some((file) => program.isSourceFileDefaultLibrary(file))
    ? BUILT_INS.get(symbol.name)
    : undefined;
}

function callableRefusal(type: ts.Type): Reason | undefined {
  const signatures = [...type.getCallSignatures(), ...type.getConstructSignatures()];
  if (signatures.length === 0) return undefined;
  return {
    code: 'SW2002',
    message: 'functions cannot be sent to another process',
    hint: 'send data, or declare a handler',
  };
}

const DISCORD_FILE = /\/node_modules\/(?:discord\.js|@discordjs\/[^/]+)\//;

function instanceRefusal(type: ts.Type, program: ts.Program): Reason | undefined {
  const { symbol } = type;
  const files = symbol?.declarations?.map((declaration) => declaration.getSourceFile()) ?? [];
  const isClass = symbol !== undefined && (symbol.flags & compiler.SymbolFlags.Class) !== 0;
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
  if (!isBuiltIn || (symbol.flags & compiler.SymbolFlags.Interface) === 0) return undefined;
  return { code: 'SW2003', message: `a \`${symbol.name}\` cannot be sent as JSON`, hint: PLAIN_DATA };
}

function membersRefusal(type: ts.Type, checker: ts.TypeChecker): Reason | undefined {
  const keys = checker.getIndexInfosOfType(type);
  if (keys.some(({ keyType }) => keyType.flags & compiler.TypeFlags.ESSymbolLike)) {
    return {
      code: 'SW2005',
      message: 'symbol keys cannot be sent to another process',
      hint: 'use string keys',
    };
  }
  if (keys.length > 0) return undefined;
  return type.getProperties().length === 0 ? acceptsAlmostAnything('`{}`') : undefined;
}

const RESERVED_KEYS: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Keys that every object inherits. A check could not tell an absent member from the inherited one. */
export function isReservedKey(key: string): boolean {
  return RESERVED_KEYS.has(key);
}
