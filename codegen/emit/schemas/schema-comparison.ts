/**
 * Schema comparison: the lines of a schema page that make the compiler compare the schemas with the contract's types.
 */
import type { ContractModel, Shape } from '../../model/model.js';
import { allowsUndefined, someInside } from '../../model/shapes.js';
import type { TypeTable } from '../../model/shapes.js';
import { isTable } from './schema-helpers.js';
import { COMPARISON } from './schema-page.js';
import type { SchemaPage } from './schema-page.js';
import { brackets, typeArguments } from '../printer/fragment.js';
import type { Fragment } from '../printer/fragment.js';
import { quote } from '../printer/literals.js';
import { RUNTIME } from '../runtime-names.js';

/**
 * Writes the comparison of each schema's static type with the contract's type.
 *
 * A schema expresses neither brands nor members that may be `undefined`, and a cyclic one not what it refers to inside a
 * map or a record. There the contract's type only has to be assignable to the schema's, not the reverse.
 */
export function emitComparison(page: SchemaPage, contract: ContractModel, contractImport: string): void {
  const { handlersType, eventsType, errorsType, handlers, events, errors } = contract;
  const comparisons: Fragment[] = [];
  const compare = (type: () => string, schema: string, shape: Shape): void => {
    if (shape.kind === 'undefined') return;
    const name = page.useType(isExact(page, contract, shape) ? 'IsSame' : 'IsAssignable', RUNTIME);
    comparisons.push(
      typeArguments(name, [type(), `${page.useType('Static', 'typebox')}<(typeof ${schema}>`]),
    );
  };
  const declared = (type: string, member: string): string => {
    return `${page.useType(type, contractImport)}[${quote(member)}]`;
  };
  for (const { name, input, output } of handlersType === undefined ? [] : handlers) {
    const part = (of: 'InputOf' | 'OutputOf') => (): string => {
      return `${page.useType(of, RUNTIME)}<${declared(handlersType ?? '', name)}>`;
    };
    compare(part('InputOf'), `handlers)[${quote(name)}]['input']`, input);
    compare(part('OutputOf'), `handlers)[${quote(name)}]['output']`, output);
  }
  for (const { name, data } of eventsType === undefined ? [] : events) {
    compare(() => declared(eventsType ?? '', name), `events)[${quote(name)}]`, data);
  }
  for (const { name, data } of errorsType === undefined ? [] : errors) {
    compare(() => declared(errorsType ?? '', name), `errors)[${quote(name)}]`, data);
  }
  if (comparisons.length === 0) return;
  page.line();
  page.docComment('Compile-time check: the schemas have the types of the contract.');
  page.line(`export type ${COMPARISON} = ${page.useType('Assert', RUNTIME)}<`, brackets(comparisons), '>;');
}

/** Whether the contract's type and the static type of its schema are assignable to each other. */
function isExact(page: SchemaPage, contract: ContractModel, shape: Shape): boolean {
  const isCyclic = (one: Shape): boolean => one.kind === 'named' && page.recursion.isRecursive(one.name);
  const isInexact = (one: Shape): boolean => isWider(one, page.types) || isCyclic(one);
  return contract.hasBrands !== true && !someInside(shape, page.types, isInexact);
}

/** Whether the static type of a schema is wider than the contract's type. */
function isWider(shape: Shape, types: TypeTable): boolean {
  if (shape.kind === 'tuple')
    return shape.optional.length + shape.tail.length > 0 || shape.rest !== undefined;
  if (shape.kind === 'record') return !isTable(shape);
  return (
    shape.kind === 'object' && shape.members.some((one) => !one.optional && allowsUndefined(one.shape, types))
  );
}
