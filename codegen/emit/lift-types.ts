/**
 * Inline types: names for types that the contract wrote inline, so that each of them can have functions.
 *
 * On a page every object, record and tuple has functions, and so has every union of which several members need an
 * encoder. A lifted type is named after the handler, event or member that it was written at: `GetGuildDataInput`,
 * `GuildDataOwner`. Emitters need not know which names are the contract's and which were made here.
 */
import { isLeaf } from '../model/leaf-shapes.js';
import type { ContractModel, LiteralValue, NamedType, Shape, TupleShape } from '../model/model.js';
import { objectsOf, tableOf, discriminantOf, unionOf } from '../model/shapes.js';
import type { TypeTable } from '../model/shapes.js';
import { FUNCTION_NAMES, PLAIN_NAMES, boundTypeName, pascal, uniqueName } from './names.js';
import { emptyMembers, needsPack, withoutEmpty } from './predicates.js';
import type { PageNames } from './printer/source-printer.js';

const COMPOSED: ReadonlySet<Shape['kind']> = new Set([
  'array',
  'map',
  'object',
  'record',
  'set',
  'tuple',
  'union',
]);

/** The types of one page: those that the contract names, and those that were lifted out of them. */
export class InlineTypes {
  readonly #declared: Set<string>;
  readonly #imported: ReadonlySet<string>;
  readonly #contractTypes: TypeTable;
  readonly #pageNames = new Map<string, string>();
  readonly #types: NamedType[] = [];

  constructor(contract: ContractModel) {
    const errors = contract.errors.map(({ name }) => name);
    this.#declared = new Set([...PLAIN_NAMES, contract.name, boundTypeName(contract.name), ...errors]);
    this.#imported = new Set(
      [contract.handlersType, contract.eventsType, contract.errorsType].filter((name) => name !== undefined),
    );
    this.#contractTypes = tableOf(contract.types);
    for (const type of contract.types) this.#pageNames.set(type.name, this.#declare(type.name));
    for (const type of contract.types) {
      const name = this.#nameOf(type.name);
      this.#types.push({ name, doc: type.doc, shape: this.#liftParts(type.shape, name) });
    }
  }

  get names(): PageNames {
    return { declared: this.#declared, imported: this.#imported };
  }

  types(): readonly NamedType[] {
    return this.#types;
  }

  /**
   * Returns the shape of a payload as a named type if it is composed, otherwise as it is.
   *
   * @param name - What to call the type; a number is appended if the page has such a name.
   */
  lift(shape: Shape, name: string): Shape {
    const rest = withoutEmpty(shape);
    if (rest !== shape) return unionOf([this.lift(rest, name), ...emptyMembers(shape)]);
    return COMPOSED.has(shape.kind) ? this.#liftWhole(shape, name) : this.#liftParts(shape, name);
  }

  /** Reserves a name together with those of its functions. */
  #declare(preferred: string): string {
    const all = (name: string): readonly string[] => {
      return [name, ...FUNCTION_NAMES.map((nameOf) => nameOf(name))];
    };
    const name = uniqueName(preferred, (one) => all(one).some((other) => this.#isTaken(other)));
    for (const one of all(name)) this.#declared.add(one);
    return name;
  }

  #isTaken(name: string): boolean {
    return this.#declared.has(name) || this.#imported.has(name);
  }

  #nameOf(type: string): string {
    return this.#pageNames.get(type) ?? type;
  }

  #liftWhole(shape: Shape, preferred: string): Shape {
    const name = this.#declare(preferred);
    this.#types.push({ name, doc: '', shape: this.#liftParts(shape, name) });
    return { kind: 'named', name };
  }

  /** Keeps the shape's form and lifts what it contains. */
  #liftParts(shape: Shape, name: string): Shape {
    if (isLeaf(shape)) return shape;
    switch (shape.kind) {
      case 'array':
        return { ...shape, item: this.#liftPart(shape.item, `${name}Item`) };
      case 'set':
        return { kind: 'set', item: this.#liftPart(shape.item, `${name}Item`) };
      case 'map':
        return {
          kind: 'map',
          key: this.#liftPart(shape.key, `${name}Key`),
          value: this.#liftPart(shape.value, `${name}Value`),
        };
      case 'tuple':
        return this.#liftItems(shape, name);
      case 'record':
        return {
          kind: 'record',
          members: shape.members.map((member) => this.#liftMember(member, name)),
          rules: shape.rules.map((rule) => ({ ...rule, value: this.#liftPart(rule.value, `${name}Value`) })),
        };
      case 'object':
        return { kind: 'object', members: shape.members.map((member) => this.#liftMember(member, name)) };
      case 'union':
        return {
          kind: 'union',
          members: shape.members.map((member) =>
            this.#liftPart(member, this.#alternativeName(member, shape.members, name)),
          ),
        };
      case 'named':
        return { kind: 'named', name: this.#nameOf(shape.name) };
    }
  }

  #liftItems({ head, optional, rest, tail }: TupleShape, name: string): Shape {
    const numbered = (shapes: readonly Shape[], from: number): readonly Shape[] =>
      shapes.map((shape, i) => this.#liftPart(shape, `${name}Item${from + i + 1}`));
    return {
      kind: 'tuple',
      head: numbered(head, 0),
      optional: numbered(optional, head.length),
      ...(rest === undefined ? {} : { rest: this.#liftPart(rest, `${name}Rest`) }),
      tail: numbered(tail, head.length),
    };
  }

  #liftMember<M extends { readonly key: string; readonly shape: Shape }>(member: M, owner: string): M {
    return { ...member, shape: this.#liftPart(member.shape, owner + pascal(member.key)) };
  }

  #liftPart(shape: Shape, name: string): Shape {
    return this.#needsFunction(shape) ? this.#liftWhole(shape, name) : this.#liftParts(shape, name);
  }

  #needsFunction(shape: Shape): boolean {
    if (shape.kind === 'object' || shape.kind === 'record' || shape.kind === 'tuple') return true;
    if (shape.kind !== 'union') return false;
    return shape.members.filter((member) => needsPack(member, this.#contractTypes)).length > 1;
  }

  /** Members of a union are named after the value of their tag, if they have one. */
  #alternativeName(member: Shape, members: readonly Shape[], name: string): string {
    const objects = members.filter((one) => objectsOf(one, this.#contractTypes).length > 0);
    if (objects.length < 2 || member.kind !== 'object') {
      if (member.kind === 'array') return `${name}List`;
      return this.#isTaken(name) ? `${name}Object` : name;
    }
    const tag = discriminantOf(
      objects.map((one) => objectsOf(one, this.#contractTypes)),
      this.#contractTypes,
    );
    const values: readonly LiteralValue[] = tag?.values[objects.indexOf(member)] ?? [];
    return name + (pascal(values.map(String).join('-')) || 'Option');
  }
}
