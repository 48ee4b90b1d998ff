/**
 * Type names: which types of a contract have a name, and what each name stands for.
 *
 * A name is taken before its type is walked, so that a type may hold itself. Knows nothing about what a type is made
 * of.
 */
import type { ts } from 'ts-morph';
import type { NamedType, Shape } from '../../model/model.js';
import { isBranded, isEnum, isReference } from './checker-types.js';
import { builtInOf, refusalOf } from './refusals.js';
import type { Spot } from './type-nodes.js';
import { isVocabulary } from './vocabulary.js';

/** A type with a name, and where it comes from. */
export interface WalkedType {
  readonly type: NamedType;
  readonly spot: Spot;
}

export const MAX_INSTANCES = 50;

/** What to call a type, if it is worth a name: an interface of the user's, or an alias of something composed. */
export function nameOf(type: ts.Type, program: ts.Program): ts.Symbol | undefined {
  const isDeclared = type.isClassOrInterface() || isReference(type) || isEnum(type);
  const symbol = type.aliasSymbol ?? (isDeclared ? type.symbol : undefined);
  if (symbol === undefined || isFromTypeScript(symbol, program) || isVocabulary(symbol)) return undefined;
  const builtIn = builtInOf(type, program);
  // Only by its name can a table hold itself: `type Tree = Map<string, Tree>`.
  const isTable = (builtIn === 'Map' || builtIn === 'Set') && type.aliasSymbol !== undefined;
  if ((builtIn !== undefined && !isTable) || isBranded(type)) return undefined;
  if (refusalOf(type, program) !== undefined) return undefined;
  return symbol;
}

function isFromTypeScript(symbol: ts.Symbol, program: ts.Program): boolean {
  const [declaration] = symbol.declarations ?? [];
  return declaration !== undefined && program.isSourceFileDefaultLibrary(declaration.getSourceFile());
}

/** The names that one contract has given. */
export class TypeNames {
  readonly #names = new Map<ts.Type, string>();
  readonly #instances = new Map<ts.Symbol, number>();
  readonly #walked = new Map<string, WalkedType | undefined>();

  /** The types so far, in the order in which their names were taken. */
  types(): readonly WalkedType[] {
    return [...this.#walked.values()].filter((one) => one !== undefined);
  }

  get(type: ts.Type): string | undefined {
    return this.#names.get(type);
  }

  /** `interface Endless<T> { next: Endless<T[]> }` has a new instance inside each instance: says when it is enough. */
  countInstance(symbol: ts.Symbol): boolean {
    const count = (this.#instances.get(symbol) ?? 0) + 1;
    this.#instances.set(symbol, count);
    return count <= MAX_INSTANCES;
  }

  /**
   * Takes a name for what will be said later.
   *
   * @param type - What to know by that name from now on.
   * @returns The wish, with a number behind it if it was taken.
   */
  open(wish: string, type?: ts.Type): string {
    const name = this.#freeName(wish);
    if (type !== undefined) this.#names.set(type, name);
    this.#walked.set(name, undefined);
    return name;
  }

  /** Says what a name stands for. */
  close(name: string, { doc, shape, spot }: { doc: string; shape: Shape; spot: Spot }): void {
    this.#walked.set(name, { type: { name, doc, shape }, spot });
  }

  #freeName(wish: string): string {
    let name = wish;
    for (let i = 2; this.#walked.has(name); i++) name = `${wish}${i}`;
    return name;
  }
}
