/**
 * Defined contracts: the spec of a page together with the type of its stubs.
 */
import type { ContractSpec } from './spec.js';

declare const bound: unique symbol;

/** A contract spec that carries, for the compiler only, the type of its stubs (`Bound`). */
export interface DefinedContract<Bound> extends ContractSpec {
  /** Never set: carries the type of the stubs. */
  readonly [bound]?: Bound;
}

/** Gives a contract spec the type of its stubs. Generated pages call it; at run time it returns its argument. */
export function defineContract<Bound>(spec: ContractSpec): DefinedContract<Bound> {
  return spec;
}
