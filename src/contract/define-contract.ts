/**
 * Defined contracts: a page's spec, carrying the type its stubs have once bound.
 */
import type { ContractSpec } from './spec.js';

declare const bound: unique symbol;

/** A contract spec that remembers, for the compiler only, what binding it gives. */
export interface DefinedContract<Bound> extends ContractSpec {
  readonly [bound]?: Bound;
}

export function defineContract<Bound>(spec: ContractSpec): DefinedContract<Bound> {
  return spec;
}
