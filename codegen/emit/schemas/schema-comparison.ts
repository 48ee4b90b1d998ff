/**
 * Schema comparison: lines of a schema page for the type checker alone, which compares what the schemas come to with
 * what the contract says.
 */
import type { ContractModel, Shape } from '../../model/model.js';
import { allowsAbsent, someInside } from '../../model/shapes.js';
import type { TypeTable } from '../../model/shapes.js';
import { list, typeArguments } from '../printer/fragment.js';
import type { Doc } from '../printer/fragment.js';
import { RUNTIME } from '../emit-context.js';
import type { SchemaScope } from './schema-expression.js';
import { isTable } from './schema-helpers.js';
import { quote } from '../printer/source-printer.js';

/**
 * Lines for the type checker alone: it compares what the schemas come to with what the contract says. A brand and an
 * `undefined` that may be left out are no part of a schema, nor is what a cyclic one refers to inside a map or a record,
 * so not every schema fits its contract in return.
 */
export function emitComparison(page: SchemaScope, contract: ContractModel, contractImport: string): void {
  const { out } = page;
  const { handlersType, eventsType, errorsType, handlers, events, errors } = contract;
  const isCyclic = (one: Shape): boolean => one.kind === 'named' && page.recursion.isRecursive(one.name);
  const isWide = (one: Shape): boolean => isWider(one, page.types) || isCyclic(one);
  const isExact = (shape: Shape): boolean => {
    return contract.hasBrands !== true && !someInside(shape, page.types, isWide);
  };
  const pairs: Doc[] = [];
  const compare = (type: () => string, schema: string, shape: Shape): void => {
    if (shape.kind === 'absent') return;
    const name = out.useType(isExact(shape) ? 'Same' : 'Fits', RUNTIME);
    pairs.push(typeArguments(name, [type(), `${out.useType('Static', 'typebox')}<(typeof ${schema}>`]));
  };
  for (const { name, input, output } of handlersType === undefined ? [] : handlers) {
    const own = (part: string): string => {
      return `${out.useType(part, RUNTIME)}<${out.useType(handlersType ?? '', contractImport)}[${quote(name)}]>`;
    };
    compare(() => own('InputOf'), `handlers)[${quote(name)}]['input']`, input);
    compare(() => own('OutputOf'), `handlers)[${quote(name)}]['output']`, output);
  }
  for (const { name, data } of eventsType === undefined ? [] : events) {
    const own = (): string => `${out.useType(eventsType ?? '', contractImport)}[${quote(name)}]`;
    compare(own, `events)[${quote(name)}]`, data);
  }
  for (const { name, data } of errorsType === undefined ? [] : errors) {
    const own = (): string => `${out.useType(errorsType ?? '', contractImport)}[${quote(name)}]`;
    compare(own, `errors)[${quote(name)}]`, data);
  }
  if (pairs.length === 0) return;
  out.line();
  out.docComment('For the type checker alone: the schemas are the types of the contract.');
  out.line(`export type Checked = ${out.useType('Compared', RUNTIME)}<`, list('[', pairs, ']'), '>;');
}

/** Whether the type of a schema is wider than the contract's. */
function isWider(shape: Shape, types: TypeTable): boolean {
  if (shape.kind === 'tuple')
    return shape.optional.length + shape.tail.length > 0 || shape.rest !== undefined;
  if (shape.kind === 'record') return !isTable(shape);
  return (
    shape.kind === 'object' && shape.members.some((one) => !one.optional && allowsAbsent(one.shape, types))
  );
}
