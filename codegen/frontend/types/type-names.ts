/**
 * Type names: decides which types of a contract get a name, and keeps the type behind each name.
 *
 * A name is reserved before its type is walked, so that a type may contain itself. How a type becomes a shape is not known
 * here.
 */
import type { ts } from 'ts-morph';
import type { NamedType, Shape } from '../../model/model.js';
import { isBranded, isEnum, isReference } from './checker-types.js';
import { builtInOf, refusalOf } from './refusals.js';
import type { TypeSite } from './type-nodes.js';
import { isFromLibrary } from './vocabulary.js';

/** A named type, and where the contract mentions or declares it. */
export interface WalkedType {
  readonly type: NamedType;
  readonly site: TypeSite;
}

export const MAX_INSTANCES = 50;

/** Returns the symbol that names a type, if the type gets a name: a user's interface, or an alias of a composed type. */
export function nameOf(type: ts.Type, program: ts.Program): ts.Symbol | undefined {
  const isDeclared = type.isClassOrInterface() || isReference(type) || isEnum(type);
  const symbol = type.aliasSymbol ?? (isDeclared ? type.symbol : undefined);
  if (symbol === undefined || isFromTypeScript(symbol, program) || isFromLibrary(symbol)) return undefined;
  const builtIn = builtInOf(type, program);
  // A map or a set needs a name to contain itself: `type Tree = Map<string, Tree>`.
  const isTable = (builtIn === 'Map' || builtIn === 'Set') && type.aliasSymbol !== undefined;
  if ((builtIn !== undefined && !isTable) || isBranded(type)) return undefined;
  if (refusalOf(type, program) !== undefined) return undefined;
  return symbol;
}

function isFromTypeScript(symbol: ts.Symbol, program: ts.Program): boolean {
  const [declaration] = symbol.declarations ?? [];
  return declaration !== undefined && program.isSourceFileDefaultLibrary(declaration.getSourceFile());
}

/** The named types of one contract. */
export class TypeNames {
  readonly #names = new Map<ts.Type, string>();
  readonly #instances = new Map<ts.Symbol, number>();
  readonly #walked = new Map<string, WalkedType | undefined>();

  /** Returns the types defined so far, in the order in which their names were reserved. */
  types(): readonly WalkedType[] {
    return [...this.#walked.values()].filter((one) => one !== undefined);
  }

  get(type: ts.Type): string | undefined {
    return this.#names.get(type);
  }

  /** Counts an instance of a generic type. Returns `false` past the limit: `interface Endless<T> { next: Endless<T[]> }` never ends. */
  countInstance(symbol: ts.Symbol): boolean {
    const count = (this.#instances.get(symbol) ?? 0) + 1;
    this.#instances.set(symbol, count);
    return count <= MAX_INSTANCES;
  }

  /**
   * Reserves a name for a type that is defined later.
   *
   * @param type - The type that `get` finds under this name from now on.
   * @returns The preferred name, with a number appended if it is already in use.
   */
  reserve(preferred: string, type?: ts.Type): string {
    const name = this.#freeName(preferred);
    if (type !== undefined) this.#names.set(type, name);
    this.#walked.set(name, undefined);
    return name;
  }

  /** Defines the type behind a reserved name. */
  define(name: string, { doc, shape, site }: { doc: string; shape: Shape; site: TypeSite }): void {
    this.#walked.set(name, { type: { name, doc, shape }, site });
  }

  #freeName(preferred: string): string {
    let name = preferred;
    for (let i = 2; this.#walked.has(name); i++) name = `${preferred}${i}`;
    return name;
  }
}
