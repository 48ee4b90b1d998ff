/**
 * Page models: a contract prepared for being written as functions.
 *
 * On a page every object has a function of its own, and so has every union that takes more than one expression. So
 * what the contract wrote inline gets a name here, after the place where it stands: `GetGuildDataInput`,
 * `GuildDataOwner`. The result is a contract again, and the emitters need not know which names are whose.
 */
import type { ContractModel, LiteralValue, NamedType, Shape, TupleShape } from '../model/model.js';
import { findRecursion } from '../model/recursion.js';
import type { Recursion } from '../model/recursion.js';
import { RowLayouts } from '../model/row-layout.js';
import { isRich, objectsOf, someInside, tableOf, tagOf, unionOf } from '../model/shapes.js';
import type { TypeTable } from '../model/shapes.js';
import { PLAIN_NAMES, pascal, uniqueName } from './names.js';
import { rowUse } from '../model/row-use.js';
import type { RowUse } from '../model/row-use.js';
import type { PageNames } from './printer/source-printer.js';

export interface PageModel {
  readonly contract: ContractModel;
  readonly types: TypeTable;
  readonly rows: RowLayouts;
  readonly rowUse: RowUse;
  readonly recursion: Recursion;
  readonly names: PageNames;
}

export function isFunctionName(type: string): string {
  return `is${pascal(type)}`;
}

export function packFunctionName(type: string): string {
  return `pack${pascal(type)}`;
}

export function unpackFunctionName(type: string): string {
  return `unpack${pascal(type)}`;
}

export function rowFunctionName(type: string): string {
  return `row${pascal(type)}`;
}

export function putFunctionName(type: string): string {
  return `put${pascal(type)}`;
}

export function takeFunctionName(type: string): string {
  return `take${pascal(type)}`;
}

const FUNCTION_NAMES = [
  isFunctionName,
  packFunctionName,
  unpackFunctionName,
  rowFunctionName,
  putFunctionName,
  takeFunctionName,
];

/** The interface of a contract's stubs. */
export function boundTypeName(contract: string): string {
  return `Bound${pascal(contract)}`;
}

export function pageModel(contract: ContractModel): PageModel {
  const lifter = new Lifter(contract);
  const handlers = contract.handlers.map((handler) => {
    const name = pascal(handler.name);
    const input = lifter.place(handler.input, `${name}Input`);
    const output = lifter.place(handler.output, `${name}Output`);
    return { ...handler, input, output };
  });
  const events = contract.events.map((event) => {
    const data = lifter.place(event.data, `${pascal(event.name)}Data`);
    return { ...event, data };
  });
  const errors = contract.errors.map((error) => {
    const data = lifter.place(error.data, `${error.name}Data`);
    return { ...error, data };
  });
  const types = lifter.types();
  const table = tableOf(types);
  const recursion = findRecursion(types);
  const rows = new RowLayouts(types);
  const isUnpacked = (name: string): boolean => needsUnpack({ kind: 'named', name }, table);
  const places = [
    ...handlers.flatMap(({ input, output }) => [input, output]),
    ...events.map(({ data }) => data),
  ];
  return {
    contract: { ...contract, handlers, events, errors, types },
    types: table,
    rows,
    rowUse: rowUse({ layouts: rows, recursion, isUnpacked }, places),
    recursion,
    names: lifter.names,
  };
}

const COMPOSED: ReadonlySet<Shape['kind']> = new Set([
  'array',
  'map',
  'object',
  'record',
  'set',
  'tuple',
  'union',
]);

class Lifter {
  readonly #declared: Set<string>;
  readonly #imported: ReadonlySet<string>;
  readonly #types: TypeTable;
  readonly #renamed = new Map<string, string>();
  readonly #lifted: NamedType[] = [];

  constructor(contract: ContractModel) {
    const errors = contract.errors.map(({ name }) => name);
    this.#declared = new Set([...PLAIN_NAMES, contract.name, boundTypeName(contract.name), ...errors]);
    this.#imported = new Set(
      [contract.handlersType, contract.eventsType, contract.errorsType].filter((name) => name !== undefined),
    );
    this.#types = tableOf(contract.types);
    for (const type of contract.types) this.#renamed.set(type.name, this.#declare(type.name));
    for (const type of contract.types) {
      const name = this.#nameOf(type.name);
      this.#lifted.push({ name, doc: type.doc, shape: this.#inside(type.shape, name) });
    }
  }

  get names(): PageNames {
    return { declared: this.#declared, imported: this.#imported };
  }

  types(): readonly NamedType[] {
    return this.#lifted;
  }

  /** What stands in a handler's or an event's place: a name, or something that needs none. */
  place(shape: Shape, name: string): Shape {
    const rest = withoutEmpty(shape);
    if (rest !== shape) return unionOf([this.place(rest, name), ...emptyMembers(shape)]);
    return COMPOSED.has(shape.kind) ? this.#lift(shape, name) : this.#inside(shape, name);
  }

  #declare(wish: string): string {
    const all = (name: string): readonly string[] => {
      return [name, ...FUNCTION_NAMES.map((nameOf) => nameOf(name))];
    };
    const name = uniqueName(wish, (one) => all(one).some((other) => this.#isTaken(other)));
    for (const one of all(name)) this.#declared.add(one);
    return name;
  }

  #isTaken(name: string): boolean {
    return this.#declared.has(name) || this.#imported.has(name);
  }

  #nameOf(type: string): string {
    return this.#renamed.get(type) ?? type;
  }

  #lift(shape: Shape, wish: string): Shape {
    const name = this.#declare(wish);
    this.#lifted.push({ name, doc: '', shape: this.#inside(shape, name) });
    return { kind: 'named', name };
  }

  /** The shape with names in it; itself it keeps its form. */
  #inside(shape: Shape, name: string): Shape {
    switch (shape.kind) {
      case 'array':
        return { ...shape, item: this.#nested(shape.item, `${name}Item`) };
      case 'set':
        return { kind: 'set', item: this.#nested(shape.item, `${name}Item`) };
      case 'map':
        return {
          kind: 'map',
          key: this.#nested(shape.key, `${name}Key`),
          value: this.#nested(shape.value, `${name}Value`),
        };
      case 'tuple':
        return this.#tuple(shape, name);
      case 'record':
        return {
          kind: 'record',
          members: shape.members.map((member) => this.#member(member, name)),
          rules: shape.rules.map((rule) => ({ ...rule, value: this.#nested(rule.value, `${name}Value`) })),
        };
      case 'object':
        return { kind: 'object', members: shape.members.map((member) => this.#member(member, name)) };
      case 'union':
        return {
          kind: 'union',
          members: shape.members.map((member) =>
            this.#nested(member, this.#memberName(member, shape.members, name)),
          ),
        };
      case 'named':
        return { kind: 'named', name: this.#nameOf(shape.name) };
      case 'string':
      case 'number':
      case 'int':
      case 'uint':
      case 'snowflake':
      case 'boolean':
      case 'null':
      case 'absent':
      case 'anything':
      case 'literal':
      case 'text':
      case 'range':
      case 'bigint':
      case 'date':
      case 'bytes':
        return shape;
    }
  }

  #tuple({ head, optional, rest, tail }: TupleShape, name: string): Shape {
    const some = (shapes: readonly Shape[], from: number): readonly Shape[] =>
      shapes.map((shape, i) => this.#nested(shape, `${name}Item${from + i + 1}`));
    return {
      kind: 'tuple',
      head: some(head, 0),
      optional: some(optional, head.length),
      ...(rest === undefined ? {} : { rest: this.#nested(rest, `${name}Rest`) }),
      tail: some(tail, head.length),
    };
  }

  #member<M extends { readonly key: string; readonly shape: Shape }>(member: M, owner: string): M {
    return { ...member, shape: this.#nested(member.shape, owner + pascal(member.key)) };
  }

  #nested(shape: Shape, name: string): Shape {
    return this.#needsFunction(shape) ? this.#lift(shape, name) : this.#inside(shape, name);
  }

  #needsFunction(shape: Shape): boolean {
    if (shape.kind === 'object' || shape.kind === 'record' || shape.kind === 'tuple') return true;
    return (
      shape.kind === 'union' && shape.members.filter((member) => needsPack(member, this.#types)).length > 1
    );
  }

  /** Members of a union are called by their tag, if they have one. */
  #memberName(member: Shape, members: readonly Shape[], name: string): string {
    const objects = members.filter((one) => objectsOf(one, this.#types).length > 0);
    if (objects.length < 2 || member.kind !== 'object')
      return member.kind === 'array' ? `${name}List` : this.#isTaken(name) ? `${name}Object` : name;
    const tag = tagOf(
      objects.map((one) => objectsOf(one, this.#types)),
      this.#types,
    );
    const values: readonly LiteralValue[] = tag?.values[objects.indexOf(member)] ?? [];
    return name + (pascal(values.map(String).join('-')) || 'Option');
  }
}

/** The `null` and the `undefined` of a union. */
export function emptyMembers(shape: Shape): readonly Shape[] {
  return shape.kind === 'union' ? shape.members.filter(isEmpty) : [];
}

/** A union without its `null` and `undefined`; the very shape if it has neither. */
export function withoutEmpty(shape: Shape): Shape {
  if (shape.kind !== 'union' || !shape.members.some(isEmpty)) return shape;
  const rest = shape.members.filter((member) => !isEmpty(member));
  return rest.length === 0 ? shape : unionOf(rest);
}

function isEmpty({ kind }: Shape): boolean {
  return kind === 'null' || kind === 'absent';
}

/** Whether values of a shape can hold what the contract does not name, or what JSON has no word for. */
export function needsPack(shape: Shape, types: TypeTable): boolean {
  return someInside(shape, types, isLooseOrRich);
}

function isLooseOrRich(shape: Shape): boolean {
  const isLoose = shape.kind === 'record' && shape.rules.every(({ pattern }) => pattern !== undefined);
  return shape.kind === 'object' || isLoose || isRich(shape);
}

/** Whether values of a shape look different on the wire, so that the receiver has to turn them back. */
export function needsUnpack(shape: Shape, types: TypeTable): boolean {
  return someInside(shape, types, isRich);
}
