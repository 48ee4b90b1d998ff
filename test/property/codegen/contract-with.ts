/**
 * Contracts around arbitrary shapes.
 */
import type { ContractModel } from '../../../codegen/model/model.js';
import { someInside, tableOf } from '../../../codegen/model/shapes.js';
import { indistinguishable } from '../../../codegen/model/wire-kinds.js';
import type { ShapeInContext } from './arbitrary-shape.js';

/** One event, `it`. */
export function contractWith({ shape, types }: ShapeInContext): ContractModel {
  return {
    name: 'sample',
    file: 'sample',
    source: 'contracts/sample.ts',
    handlersType: undefined,
    eventsType: 'Samples',
    errorsType: undefined,
    handlers: [],
    events: [{ name: 'it', doc: '', data: shape, options: {} }],
    errors: [],
    types,
  };
}

/** Whether the front end would let the shapes through: what stands in a union can be told apart on the wire. */
export function isDistinct({ shape, types }: ShapeInContext): boolean {
  const table = tableOf(types);
  return [shape, ...types.map((type) => type.shape)].every((one) => {
    return !someInside(
      one,
      table,
      (part) => part.kind === 'union' && indistinguishable(part, table) !== undefined,
    );
  });
}
