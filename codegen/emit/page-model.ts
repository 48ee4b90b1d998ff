/**
 * Page models: a contract prepared for being written as functions.
 *
 * A page model holds the contract again, with a name for every type that needs a function, and what the emitters look
 * up: recursion, row layouts and the names in use.
 */
import type { ContractModel, Shape } from '../model/model.js';
import { findRecursion } from '../model/recursion.js';
import type { Recursion } from '../model/recursion.js';
import { RowLayouts } from '../model/row-layout.js';
import { rowUse } from '../model/row-use.js';
import type { RowUse } from '../model/row-use.js';
import { tableOf } from '../model/shapes.js';
import type { TypeTable } from '../model/shapes.js';
import { InlineTypes } from './lift-types.js';
import { pascal } from './names.js';
import { needsUnpack } from './predicates.js';
import type { PageNames } from './printer/source-printer.js';

export interface PageModel {
  readonly contract: ContractModel;
  readonly types: TypeTable;
  readonly rows: RowLayouts;
  readonly rowUse: RowUse;
  readonly recursion: Recursion;
  readonly names: PageNames;
}

export function pageModel(contract: ContractModel): PageModel {
  const inline = new InlineTypes(contract);
  const handlers = contract.handlers.map((handler) => {
    const name = pascal(handler.name);
    const input = inline.lift(handler.input, `${name}Input`);
    const output = inline.lift(handler.output, `${name}Output`);
    return { ...handler, input, output };
  });
  const events = contract.events.map((event) => {
    const data = inline.lift(event.data, `${pascal(event.name)}Data`);
    return { ...event, data };
  });
  const errors = contract.errors.map((error) => {
    const data = inline.lift(error.data, `${error.name}Data`);
    return { ...error, data };
  });
  const types = inline.types();
  const table = tableOf(types);
  const recursion = findRecursion(types);
  const rows = new RowLayouts(types);
  const isUnpacked = (name: string): boolean => needsUnpack({ kind: 'named', name }, table);
  const payloads: readonly Shape[] = [
    ...handlers.flatMap(({ input, output }) => [input, output]),
    ...events.map(({ data }) => data),
  ];
  return {
    contract: { ...contract, handlers, events, errors, types },
    types: table,
    rows,
    rowUse: rowUse({ layouts: rows, recursion, isUnpacked }, payloads),
    recursion,
    names: inline.names,
  };
}
