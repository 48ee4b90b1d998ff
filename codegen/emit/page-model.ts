/**
 * Page models: a contract prepared for being written as functions.
 *
 * On a page every object has a function of its own, and so has every union that takes more than one expression. So
 * what the contract wrote inline gets a name here, after the place where it stands: `GetGuildDataInput`,
 * `GuildDataOwner`. The result is a contract again, and the emitters need not know which names are whose.
 */
import type { ContractModel, LiteralValue, NamedType, Shape } from '../model.js';
import { findRecursion } from '../recursion.js';
import type { Recursion } from '../recursion.js';
import { objectsOf, resolve, tableOf, tagOf, unionOf } from '../shapes.js';
import type { TypeTable } from '../shapes.js';
import { pascal, uniqueName } from './names.js';
import type { PageNames } from './source-printer.js';

export interface PageModel {
  readonly contract: ContractModel;
  readonly types: TypeTable;
  readonly recursion: Recursion;
  readonly names: PageNames;
}

export function isFunctionName(type: string): string {
  return `is${pascal(type)}`;
}

export function packFunctionName(type: string): string {
  return `pack${pascal(type)}`;
}

/** The interface of a contract's stubs. */
export function boundTypeName(contract: string): string {
  return `Bound${pascal(contract)}`;
}

export function pageModel(contract: ContractModel): PageModel {
  const lifter = new Lifter(contract);
  const handlers = contract.handlers.map((handler) => {
    const name = pascal(handler.name);
    const input = lifter.place(handler.input, `${name}Input`, `What \`${handler.name}\` takes.`);
    const output = lifter.place(handler.output, `${name}Output`, `What \`${handler.name}\` returns.`);
    return { ...handler, input, output };
  });
  const events = contract.events.map((event) => {
    const data = lifter.place(event.data, `${pascal(event.name)}Data`, `What \`${event.name}\` carries.`);
    return { ...event, data };
  });
  const errors = contract.errors.map((error) => {
    const data = lifter.place(error.data, `${error.name}Data`, `What \`${error.name}\` carries.`);
    return { ...error, data };
  });
  const types = lifter.types();
  return {
    contract: { ...contract, handlers, events, errors, types },
    types: tableOf(types),
    recursion: findRecursion(types),
    names: lifter.names,
  };
}

class Lifter {
  readonly #declared: Set<string>;
  readonly #imported: ReadonlySet<string>;
  readonly #types: TypeTable;
  readonly #renamed = new Map<string, string>();
  readonly #lifted: NamedType[] = [];

  constructor(contract: ContractModel) {
    const errors = contract.errors.map(({ name }) => name);
    this.#declared = new Set([contract.name, boundTypeName(contract.name), ...errors]);
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
  place(shape: Shape, name: string, doc: string): Shape {
    const rest = withoutEmpty(shape);
    if (rest !== shape) return unionOf([this.place(rest, name, doc), ...emptyMembers(shape)]);
    const isSimple = shape.kind !== 'array' && shape.kind !== 'object' && shape.kind !== 'union';
    return isSimple ? this.#inside(shape, name) : this.#lift(shape, name, doc);
  }

  #declare(wish: string): string {
    const taken = (name: string): boolean =>
      [name, isFunctionName(name), packFunctionName(name)].some((one) => this.#isTaken(one));
    const name = uniqueName(wish, taken);
    for (const one of [name, isFunctionName(name), packFunctionName(name)]) this.#declared.add(one);
    return name;
  }

  #isTaken(name: string): boolean {
    return this.#declared.has(name) || this.#imported.has(name);
  }

  #nameOf(type: string): string {
    return this.#renamed.get(type) ?? type;
  }

  #lift(shape: Shape, wish: string, doc = ''): Shape {
    const name = this.#declare(wish);
    this.#lifted.push({ name, doc, shape: this.#inside(shape, name) });
    return { kind: 'named', name };
  }

  /** The shape with names in it; itself it keeps its form. */
  #inside(shape: Shape, name: string): Shape {
    switch (shape.kind) {
      case 'array':
        return { kind: 'array', item: this.#nested(shape.item, `${name}Item`) };
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
        return shape;
    }
  }

  #member<M extends { readonly key: string; readonly shape: Shape }>(member: M, owner: string): M {
    return { ...member, shape: this.#nested(member.shape, owner + pascal(member.key)) };
  }

  #nested(shape: Shape, name: string): Shape {
    return this.#needsFunction(shape) ? this.#lift(shape, name) : this.#inside(shape, name);
  }

  #needsFunction(shape: Shape): boolean {
    if (shape.kind === 'object') return true;
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

/** Whether values of a shape can hold what the contract does not name. */
export function needsPack(shape: Shape, types: TypeTable, visited: ReadonlySet<string> = new Set()): boolean {
  switch (shape.kind) {
    case 'object':
      return true;
    case 'array':
      return needsPack(shape.item, types, visited);
    case 'union':
      return shape.members.some((member) => needsPack(member, types, visited));
    case 'named':
      if (visited.has(shape.name)) return false;
      return needsPack(resolve(shape, types), types, new Set([...visited, shape.name]));
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
      return false;
  }
}
