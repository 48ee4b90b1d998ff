/**
 * Type structure: what a type is made of, one level of it.
 *
 * Unions, objects, lists and constrained primitives become shapes here, whatever the types are called; for what they
 * hold in turn the walk is asked. What no contract can use is refused, and reported.
 */
import type { ts } from 'ts-morph';
import type { DiagnosticCode } from '../../diagnostics/diagnostics.js';
import type { KeyRule, Member, Shape } from '../../model/model.js';
import { unionOf, withoutAbsent } from '../../model/shapes.js';
import { includesUndefined, primitiveShape, sameButUndefined } from './checker-types.js';
import { compiler } from '../program/compiler.js';
import { constrainByTags } from './constraint-tags.js';
import { withoutFlags } from './flag-enums.js';
import { inOrder, numberRule, rulesOf } from './key-rules.js';
import { conflictRefusal, declarationOf, keyRefusal, lostTags } from './member-refusals.js';
import type { Refusal } from './member-refusals.js';
import { builtInOf, isUnresolved, refusalOf } from './refusals.js';
import type { Reason, Reporter } from '../program/reporter.js';
import { templateRules } from './template-literals.js';
import { tupleOf } from './tuple-positions.js';
import { firstArgument, itemNode, skipParentheses, typeNodeOf } from './type-nodes.js';
import type { Spot } from './type-nodes.js';
import { constraintsOf, isPhantom } from './vocabulary.js';
import type { Constraint } from './vocabulary.js';
import type { WalkNotes } from './deferred-checks.js';
import { constrainByWord } from './word-constraints.js';

/** The walk that a type is met on. */
export interface Walk {
  readonly program: ts.Program;
  readonly reporter: Reporter;
  /** The contract file. */
  readonly file: ts.SourceFile;
  readonly notes: WalkNotes;
  shapeOf(type: ts.Type, spot: Spot): Shape;
  shapeOfNode(node: ts.TypeNode, path: string): Shape;
  tagged(shape: Shape, declarations: readonly ts.Node[], path: string): Shape;
}

/** What stands for a type that was refused; a diagnostic has been reported for it. */
export const REFUSED: Shape = { kind: 'anything' };

export class TypeStructure {
  readonly #walk: Walk;
  readonly #checker: ts.TypeChecker;

  constructor(walk: Walk) {
    this.#walk = walk;
    this.#checker = walk.program.getTypeChecker();
  }

  shapeOf(type: ts.Type, spot: Spot): Shape {
    const refusal = refusalOf(type, this.#walk.program);
    if (refusal !== undefined) return this.#refused(type, refusal, spot);
    const written = spot.written && skipParentheses(spot.written);
    if (written !== undefined && compiler.isUnionTypeNode(written)) {
      return this.#union(
        written.types.map((node) => this.#walk.shapeOfNode(node, spot.path)),
        spot,
      );
    }
    return primitiveShape(type) ?? this.#composed(type, { ...spot, written });
  }

  #refused(type: ts.Type, refusal: Reason, spot: Spot): Shape {
    const { written, path, node } = spot;
    const isNever = (type.flags & compiler.TypeFlags.Never) !== 0;
    if (isNever && written && compiler.isIntersectionTypeNode(skipParentheses(written))) {
      return this.#refuseNothing(spot);
    }
    // In the contract itself TypeScript says which name it does not know, and what it may have been meant to be.
    if (isUnresolved(type) && node.getSourceFile() === this.#walk.file) return REFUSED;
    this.#walk.reporter.at(node, { ...refusal, message: `${path}: ${refusal.message}` });
    return REFUSED;
  }

  #union(members: readonly Shape[], spot: Spot): Shape {
    const shape = unionOf(members);
    if (shape.kind === 'union') this.#walk.notes.union(shape, spot);
    return shape;
  }

  #composed(type: ts.Type, spot: Spot): Shape {
    if (type.isUnion()) return this.#union(this.#alternatives(type, spot), spot);
    if (type.flags & compiler.TypeFlags.TemplateLiteral)
      return this.#template(type as ts.TemplateLiteralType, spot);
    if (this.#checker.isTupleType(type)) return this.#tuple(type as ts.TupleTypeReference, spot);
    if (this.#checker.isArrayType(type)) return this.#array(type as ts.TypeReference, spot);
    if (type.isIntersection()) return this.#intersection(type, spot);
    return this.#builtIn(type, spot) ?? this.#object(type, spot);
  }

  #alternatives(type: ts.UnionType, spot: Spot): readonly Shape[] {
    const plain = withoutFlags(type.types, this.#checker);
    const shapes = plain.map((one) => this.#walk.shapeOf(one, { ...spot, written: undefined }));
    if (plain === type.types) return shapes;
    // A schema knows of the numbers, not of the enum.
    this.#walk.notes.brand();
    return [...shapes, { kind: 'uint' }];
  }

  #object(type: ts.Type, spot: Spot): Shape {
    const found = this.#checker.getPropertiesOfType(type);
    const members = found.map((property) => this.#member(property, spot)).filter((one) => one !== undefined);
    const keys = this.#checker.getIndexInfosOfType(type);
    if (keys.length > 0) return this.#record(members, keys, spot);
    return { kind: 'object', members };
  }

  #record(members: readonly Member[], infos: readonly ts.IndexInfo[], spot: Spot): Shape {
    const rules = infos.flatMap((info) => this.#keyRules(info, spot));
    return { kind: 'record', members, rules: inOrder(rules) };
  }

  #keyRules({ keyType, type, declaration }: ts.IndexInfo, spot: Spot): readonly KeyRule[] {
    const path = `${spot.path}[]`;
    const keys = this.#checker.typeToString(keyType);
    const value = this.#trusted(type, declaration?.type, { ...spot, path });
    if (keyType.flags & compiler.TypeFlags.Number) return [numberRule(keys, value)];
    return rulesOf(keys, this.#walk.shapeOf(keyType, { ...spot, written: undefined, path }), value);
  }

  /** The shape of a type by its node, as long as that says the same. */
  #trusted(type: ts.Type, node: ts.TypeNode | undefined, spot: Spot): Shape {
    const isTrusted = node !== undefined && this.#checker.getTypeFromTypeNode(node) === type;
    if (isTrusted) return this.#walk.shapeOfNode(node, spot.path);
    return this.#walk.shapeOf(type, { node: node ?? spot.node, written: undefined, path: spot.path });
  }

  #template(type: ts.TemplateLiteralType, spot: Spot): Shape {
    if (type.types.some((hole) => hole.isIntersection())) this.#walk.notes.brand();
    const rules = templateRules(type);
    if (rules !== undefined) return { kind: 'text', rules };
    const message = `${spot.path}: this template holds what has no pattern`;
    this.#refuse(spot, 'SW2006', message, 'use `string`, or `Str` with a pattern');
    return REFUSED;
  }

  #builtIn(type: ts.Type, spot: Spot): Shape | undefined {
    const [first, second] = this.#checker.getTypeArguments(type as ts.TypeReference);
    switch (builtInOf(type, this.#walk.program)) {
      case 'Date':
        return { kind: 'date' };
      case 'Uint8Array':
        return { kind: 'bytes', as: 'Uint8Array' };
      case 'Buffer':
        return { kind: 'bytes', as: 'Buffer' };
      case 'Set':
        return { kind: 'set', item: this.#held(first, 0, spot) };
      case 'Map':
        return { kind: 'map', key: this.#held(first, 0, spot), value: this.#held(second, 1, spot) };
      case undefined:
        return undefined;
    }
  }

  /** What an array, a tuple, a `Set` or a `Map` holds. */
  #held(type: ts.Type | undefined, place: number, spot: Spot): Shape {
    if (type === undefined) return REFUSED;
    const { written } = spot;
    const node =
      written !== undefined && compiler.isTypeReferenceNode(written)
        ? written.typeArguments?.[place]
        : undefined;
    return this.#item(type, node, spot);
  }

  #item(type: ts.Type, node: ts.TypeNode | undefined, spot: Spot): Shape {
    const at: Spot = { ...spot, path: `${spot.path}[]` };
    const item = this.#trusted(type, node, at);
    if (includesUndefined(type)) {
      const message = `${at.path}: JSON has no \`undefined\` in arrays, it would arrive as \`null\``;
      this.#refuse({ node: node ?? spot.node }, 'SW2009', message, 'use `null`');
    }
    return item;
  }

  #array(type: ts.TypeReference, spot: Spot): Shape {
    const [itemType] = this.#checker.getTypeArguments(type);
    if (itemType === undefined) return REFUSED;
    return { kind: 'array', item: this.#item(itemType, itemNode(spot.written), spot) };
  }

  #tuple(type: ts.TupleTypeReference, spot: Spot): Shape {
    const { elementFlags } = type.target;
    const elements = this.#checker.getTypeArguments(type).map((element, i) => {
      const flags = elementFlags[i] ?? compiler.ElementFlags.Required;
      const at: Spot = { ...spot, written: undefined, path: `${spot.path}[${i}]` };
      // An optional place holds no `undefined`: it is left out.
      const isOptional = (flags & compiler.ElementFlags.Optional) !== 0;
      const shape = isOptional
        ? withoutAbsent(this.#walk.shapeOf(element, at))
        : this.#item(element, undefined, spot);
      return { flags, shape };
    });
    return tupleOf(elements);
  }

  #intersection(type: ts.IntersectionType, spot: Spot): Shape {
    const [base, ...others] = type.types.filter((part) => !isPhantom(part));
    const primitive = type.types.find((part) => (part.flags & compiler.TypeFlags.Object) === 0);
    const isList = base !== undefined && this.#checker.isArrayType(base) && others.length === 0;
    const constraints = constraintsOf(type, this.#checker);
    const carrier = primitive ?? (isList ? base : undefined);
    if (carrier === undefined) return this.#merged(type, spot);
    if (primitive !== undefined && others.length > 0) this.#walk.notes.brand();
    const plain = this.#walk.shapeOf(carrier, {
      ...spot,
      written: spot.written && firstArgument(spot.written, isList),
    });
    return constraints.reduce((shape, constraint) => this.#constrained(shape, constraint, spot), plain);
  }

  #constrained(shape: Shape, constraint: Constraint, spot: Spot): Shape {
    const constrained = constrainByWord(shape, constraint);
    if (constrained !== undefined) return constrained;
    const hint = 'write literals: Str<{ min: 2; max: 32 }>, Arr<string, { max: 100 }>';
    this.#refuse(spot, 'SW2015', `${spot.path}: these bounds cannot be kept`, hint);
    return shape;
  }

  /** What has conflicting literals is reduced to nothing by the checker: it has no members left. */
  #merged(type: ts.IntersectionType, spot: Spot): Shape {
    const isEmpty = this.#checker.getPropertiesOfType(type).length === 0;
    const hadMembers = type.types.some((part) => this.#checker.getPropertiesOfType(part).length > 0);
    return isEmpty && hadMembers ? this.#refuseNothing(spot) : this.#object(type, spot);
  }

  #member(property: ts.Symbol, owner: Spot): Member | undefined {
    const unnamable = keyRefusal(property, owner);
    if (unnamable !== undefined) return this.#tell(unnamable);
    const lost = lostTags(property, owner);
    if (lost !== undefined) this.#tell(lost);
    const type = this.#checker.getTypeOfSymbol(property);
    const conflict = conflictRefusal(property, type, owner);
    if (conflict !== undefined) return this.#tell(conflict);
    const optional = (property.flags & compiler.SymbolFlags.Optional) !== 0;
    return { key: property.name, optional, shape: this.#memberShape(property, type, owner) };
  }

  #memberShape(property: ts.Symbol, type: ts.Type, owner: Spot): Shape {
    const path = `${owner.path}.${property.name}`;
    const declaration = declarationOf(property);
    const node = declaration && typeNodeOf(declaration);
    const isTrusted = node !== undefined && sameButUndefined(this.#checker.getTypeFromTypeNode(node), type);
    const shape = isTrusted
      ? this.#walk.shapeOfNode(node, path)
      : this.#walk.shapeOf(type, { node: node ?? declaration ?? owner.node, written: undefined, path });
    const plain = property.flags & compiler.SymbolFlags.Optional ? withoutAbsent(shape) : shape;
    const declarations = property.declarations ?? [];
    // Tags above a member of a generic type need not fit every type that it is given.
    return isTrusted
      ? this.#walk.tagged(plain, declarations, path)
      : constrainByTags(plain, declarations, () => {});
  }

  #refuseNothing(spot: Spot): Shape {
    this.#refuse(spot, 'SW2008', `${spot.path}: no value is all of this at once`, 'write out what you mean');
    return REFUSED;
  }

  #tell({ node, reason }: Refusal): undefined {
    this.#walk.reporter.at(node, reason);
  }

  #refuse(spot: Pick<Spot, 'node'>, code: DiagnosticCode, message: string, hint: string): void {
    this.#walk.reporter.at(spot.node, { code, message, hint });
  }
}
