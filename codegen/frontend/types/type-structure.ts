/**
 * Type structure: turns one level of a type into a shape.
 *
 * Handles unions, objects, lists and constrained primitives, whatever their names; the walker handles the types inside
 * them. Types that a contract cannot use are reported.
 */
import type { ts } from 'ts-morph';
import type { DiagnosticCode } from '../../diagnostics/diagnostics.js';
import type { KeyRule, Member, Shape } from '../../model/model.js';
import { unionOf, withoutUndefined } from '../../model/shapes.js';
import { includesUndefined, primitiveShape, sameButUndefined } from './checker-types.js';
import { compiler } from '../program/compiler.js';
import { constrainByTags } from './constraint-tags.js';
import { withoutFlags } from './flag-enums.js';
import { orderedRules, numberRule, rulesOf } from './key-rules.js';
import { conflictRefusal, declarationOf, keyRefusal, lostTags } from './member-refusals.js';
import type { Refusal } from './member-refusals.js';
import { builtInOf, isUnresolved, refusalOf } from './refusals.js';
import type { Reason, Reporter } from '../program/reporter.js';
import { templateRules } from './template-literals.js';
import { tupleShape } from './tuple-shape.js';
import { firstArgument, itemNode, skipParentheses, typeNodeOf } from './type-nodes.js';
import type { TypeSite } from './type-nodes.js';
import { constraintsOf, isPhantom } from './vocabulary.js';
import type { Constraint } from './vocabulary.js';
import type { DeferredChecks } from './deferred-checks.js';
import { constrainByPhantom } from './phantom-constraints.js';

/** The walker of the contract that the type belongs to. */
export interface TypeStructureDeps {
  readonly program: ts.Program;
  readonly reporter: Reporter;
  /** The contract file. */
  readonly file: ts.SourceFile;
  readonly deferred: DeferredChecks;
  shapeOf(type: ts.Type, site: TypeSite): Shape;
  shapeOfNode(node: ts.TypeNode, path: string): Shape;
  tagged(shape: Shape, declarations: readonly ts.Node[], path: string): Shape;
}

/** The shape of a refused type, for which a diagnostic has been reported. */
export const REFUSED: Shape = { kind: 'unknown' };

export class TypeStructure {
  readonly #walk: TypeStructureDeps;
  readonly #checker: ts.TypeChecker;

  constructor(walk: TypeStructureDeps) {
    this.#walk = walk;
    this.#checker = walk.program.getTypeChecker();
  }

  shapeOf(type: ts.Type, site: TypeSite): Shape {
    const refusal = refusalOf(type, this.#walk.program);
    if (refusal !== undefined) return this.#refused(type, refusal, site);
    const written = site.written && skipParentheses(site.written);
    if (written !== undefined && compiler.isUnionTypeNode(written)) {
      return this.#union(
        written.types.map((node) => this.#walk.shapeOfNode(node, site.path)),
        site,
      );
    }
    return primitiveShape(type) ?? this.#composed(type, { ...site, written });
  }

  #refused(type: ts.Type, refusal: Reason, site: TypeSite): Shape {
    const { written, path, node } = site;
    const isNever = (type.flags & compiler.TypeFlags.Never) !== 0;
    if (isNever && written && compiler.isIntersectionTypeNode(skipParentheses(written))) {
      return this.#refuseNothing(site);
    }
    // TypeScript reports an unknown name in the contract file itself, and suggests a similar one.
    if (isUnresolved(type) && node.getSourceFile() === this.#walk.file) return REFUSED;
    this.#walk.reporter.report(node, { ...refusal, message: `${path}: ${refusal.message}` });
    return REFUSED;
  }

  #union(members: readonly Shape[], site: TypeSite): Shape {
    const shape = unionOf(members);
    if (shape.kind === 'union') this.#walk.deferred.addUnion(shape, site);
    return shape;
  }

  #composed(type: ts.Type, site: TypeSite): Shape {
    if (type.isUnion()) return this.#union(this.#alternatives(type, site), site);
    if (type.flags & compiler.TypeFlags.TemplateLiteral)
      return this.#template(type as ts.TemplateLiteralType, site);
    if (this.#checker.isTupleType(type)) return this.#tuple(type as ts.TupleTypeReference, site);
    if (this.#checker.isArrayType(type)) return this.#array(type as ts.TypeReference, site);
    if (type.isIntersection()) return this.#intersection(type, site);
    return this.#builtIn(type, site) ?? this.#object(type, site);
  }

  #alternatives(type: ts.UnionType, site: TypeSite): readonly Shape[] {
    const plain = withoutFlags(type.types, this.#checker);
    const shapes = plain.map((one) => this.#walk.shapeOf(one, { ...site, written: undefined }));
    if (plain === type.types) return shapes;
    // A schema describes the numbers, but not the enum type.
    this.#walk.deferred.addBrand();
    return [...shapes, { kind: 'uint' }];
  }

  #object(type: ts.Type, site: TypeSite): Shape {
    const found = this.#checker.getPropertiesOfType(type);
    const members = found.map((property) => this.#member(property, site)).filter((one) => one !== undefined);
    const keys = this.#checker.getIndexInfosOfType(type);
    if (keys.length > 0) return this.#record(members, keys, site);
    return { kind: 'object', members };
  }

  #record(members: readonly Member[], infos: readonly ts.IndexInfo[], site: TypeSite): Shape {
    const rules = infos.flatMap((info) => this.#keyRules(info, site));
    return { kind: 'record', members, rules: orderedRules(rules) };
  }

  #keyRules({ keyType, type, declaration }: ts.IndexInfo, site: TypeSite): readonly KeyRule[] {
    const path = `${site.path}[]`;
    const keys = this.#checker.typeToString(keyType);
    const value = this.#trusted(type, declaration?.type, { ...site, path });
    if (keyType.flags & compiler.TypeFlags.Number) return [numberRule(keys, value)];
    return rulesOf(keys, this.#walk.shapeOf(keyType, { ...site, written: undefined, path }), value);
  }

  /** Returns the shape of a type from its node, if the node stands for exactly this type. */
  #trusted(type: ts.Type, node: ts.TypeNode | undefined, site: TypeSite): Shape {
    const isTrusted = node !== undefined && this.#checker.getTypeFromTypeNode(node) === type;
    if (isTrusted) return this.#walk.shapeOfNode(node, site.path);
    return this.#walk.shapeOf(type, { node: node ?? site.node, written: undefined, path: site.path });
  }

  #template(type: ts.TemplateLiteralType, site: TypeSite): Shape {
    if (type.types.some((hole) => hole.isIntersection())) this.#walk.deferred.addBrand();
    const rules = templateRules(type);
    if (rules !== undefined) return { kind: 'text', rules };
    const message = `${site.path}: unsupported type in a template literal`;
    this.#refuse(site, 'SW2006', message, 'use `string`, or `Str` with a pattern');
    return REFUSED;
  }

  #builtIn(type: ts.Type, site: TypeSite): Shape | undefined {
    const [first, second] = this.#checker.getTypeArguments(type as ts.TypeReference);
    switch (builtInOf(type, this.#walk.program)) {
      case 'Date':
        return { kind: 'date' };
      case 'Uint8Array':
        return { kind: 'bytes', as: 'Uint8Array' };
      case 'Buffer':
        return { kind: 'bytes', as: 'Buffer' };
      case 'Set':
        return { kind: 'set', item: this.#argument(first, 0, site) };
      case 'Map':
        return { kind: 'map', key: this.#argument(first, 0, site), value: this.#argument(second, 1, site) };
      case undefined:
        return undefined;
    }
  }

  /** Returns the shape of a type argument of a `Set` or a `Map`. */
  #argument(type: ts.Type | undefined, index: number, site: TypeSite): Shape {
    if (type === undefined) return REFUSED;
    const { written } = site;
    const node =
      written !== undefined && compiler.isTypeReferenceNode(written)
        ? written.typeArguments?.[index]
        : undefined;
    return this.#item(type, node, site);
  }

  #item(type: ts.Type, node: ts.TypeNode | undefined, site: TypeSite): Shape {
    const at: TypeSite = { ...site, path: `${site.path}[]` };
    const item = this.#trusted(type, node, at);
    if (includesUndefined(type)) {
      const message = `${at.path}: \`undefined\` in an array would arrive as \`null\``;
      this.#refuse({ node: node ?? site.node }, 'SW2009', message, 'use `null`');
    }
    return item;
  }

  #array(type: ts.TypeReference, site: TypeSite): Shape {
    const [itemType] = this.#checker.getTypeArguments(type);
    if (itemType === undefined) return REFUSED;
    return { kind: 'array', item: this.#item(itemType, itemNode(site.written), site) };
  }

  #tuple(type: ts.TupleTypeReference, site: TypeSite): Shape {
    const { elementFlags } = type.target;
    const elements = this.#checker.getTypeArguments(type).map((element, i) => {
      const flags = elementFlags[i] ?? compiler.ElementFlags.Required;
      const at: TypeSite = { ...site, written: undefined, path: `${site.path}[${i}]` };
      // An optional element is left out rather than `undefined`.
      const isOptional = (flags & compiler.ElementFlags.Optional) !== 0;
      const shape = isOptional
        ? withoutUndefined(this.#walk.shapeOf(element, at))
        : this.#item(element, undefined, site);
      return { flags, shape };
    });
    return tupleShape(elements);
  }

  #intersection(type: ts.IntersectionType, site: TypeSite): Shape {
    const [base, ...others] = type.types.filter((part) => !isPhantom(part));
    const primitive = type.types.find((part) => (part.flags & compiler.TypeFlags.Object) === 0);
    const isList = base !== undefined && this.#checker.isArrayType(base) && others.length === 0;
    const constraints = constraintsOf(type, this.#checker);
    const carrier = primitive ?? (isList ? base : undefined);
    if (carrier === undefined) return this.#merged(type, site);
    if (primitive !== undefined && others.length > 0) this.#walk.deferred.addBrand();
    const plain = this.#walk.shapeOf(carrier, {
      ...site,
      written: site.written && firstArgument(site.written, isList),
    });
    return constraints.reduce((shape, constraint) => this.#constrained(shape, constraint, site), plain);
  }

  #constrained(shape: Shape, constraint: Constraint, site: TypeSite): Shape {
    const constrained = constrainByPhantom(shape, constraint);
    if (constrained !== undefined) return constrained;
    const hint =
      'use literals that some value can satisfy: Str<{ min: 2; max: 32 }>, Arr<string, { max: 100 }>';
    this.#refuse(site, 'SW2015', `${site.path}: invalid constraint`, hint);
    return shape;
  }

  /** The checker reduces an intersection with conflicting literals to `never`, which has no members. */
  #merged(type: ts.IntersectionType, site: TypeSite): Shape {
    const isEmpty = this.#checker.getPropertiesOfType(type).length === 0;
    const hadMembers = type.types.some((part) => this.#checker.getPropertiesOfType(part).length > 0);
    return isEmpty && hadMembers ? this.#refuseNothing(site) : this.#object(type, site);
  }

  #member(property: ts.Symbol, owner: TypeSite): Member | undefined {
    const unnamable = keyRefusal(property, owner);
    if (unnamable !== undefined) return this.#report(unnamable);
    const lost = lostTags(property, owner);
    if (lost !== undefined) this.#report(lost);
    const type = this.#checker.getTypeOfSymbol(property);
    const conflict = conflictRefusal(property, type, owner);
    if (conflict !== undefined) return this.#report(conflict);
    const optional = (property.flags & compiler.SymbolFlags.Optional) !== 0;
    return { key: property.name, optional, shape: this.#memberShape(property, type, owner) };
  }

  #memberShape(property: ts.Symbol, type: ts.Type, owner: TypeSite): Shape {
    const path = `${owner.path}.${property.name}`;
    const declaration = declarationOf(property);
    const node = declaration && typeNodeOf(declaration);
    const isTrusted = node !== undefined && sameButUndefined(this.#checker.getTypeFromTypeNode(node), type);
    const shape = isTrusted
      ? this.#walk.shapeOfNode(node, path)
      : this.#walk.shapeOf(type, { node: node ?? declaration ?? owner.node, written: undefined, path });
    const plain = property.flags & compiler.SymbolFlags.Optional ? withoutUndefined(shape) : shape;
    const declarations = property.declarations ?? [];
    // Tags on a member of a generic type need not fit every type argument.
    return isTrusted
      ? this.#walk.tagged(plain, declarations, path)
      : constrainByTags(plain, declarations, () => {});
  }

  #refuseNothing(site: TypeSite): Shape {
    this.#refuse(
      site,
      'SW2008',
      `${site.path}: no value satisfies all of these types`,
      'write out the intended type',
    );
    return REFUSED;
  }

  #report({ node, reason }: Refusal): undefined {
    this.#walk.reporter.report(node, reason);
  }

  #refuse(site: Pick<TypeSite, 'node'>, code: DiagnosticCode, message: string, hint: string): void {
    this.#walk.reporter.report(site.node, { code, message, hint });
  }
}
