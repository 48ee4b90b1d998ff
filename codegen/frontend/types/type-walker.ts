/**
 * Type walker: turns the checker's types into shapes.
 *
 * The checker knows what a type resolves to, but not how it was written: aliases of unions disappear in larger unions, and
 * only nodes have source locations. So types and nodes are walked in parallel. A node is trusted while it stands for
 * exactly the type at hand; inside generic types it does not, and only the type counts. The walker handles names and
 * constraint tags; `TypeStructure` handles the structure of types.
 */
import type { ts } from 'ts-morph';
import type { Shape } from '../../model/model.js';
import { compiler } from '../program/compiler.js';
import { constrainByTags } from './constraint-tags.js';
import type { Reporter } from '../program/reporter.js';
import { insideOf } from './type-nodes.js';
import type { TypeSite } from './type-nodes.js';
import { MAX_INSTANCES, TypeNames, nameOf } from './type-names.js';
import type { WalkedType } from './type-names.js';
import { REFUSED, TypeStructure } from './type-structure.js';
import type { TypeStructureDeps } from './type-structure.js';
import { DeferredChecks } from './deferred-checks.js';

/** Reads types that are written as `Static<typeof Schema>`: their shapes come from the schema, not from the type. */
export interface StaticTypes {
  /** Returns the shape of the schema that a node names; `undefined` if the node names none. */
  shapeOfNode(node: ts.TypeNode, path: string): Shape | undefined;
  /** Reports schemas inside other types, whose constraints would be lost. */
  reportLostKeywords(declarations: readonly ts.Node[]): void;
}

/** Creates the reader of static types for one walk, with the walk's names and deferred checks. */
export type CreateStaticTypes = (names: TypeNames, deferred: DeferredChecks) => StaticTypes;

/** Walks the types of one contract. */
export class TypeWalker implements TypeStructureDeps {
  readonly program: ts.Program;
  readonly reporter: Reporter;
  readonly file: ts.SourceFile;
  readonly deferred = new DeferredChecks();
  readonly #checker: ts.TypeChecker;
  readonly #names = new TypeNames();
  readonly #schemas: StaticTypes;
  readonly #structure: TypeStructure;

  /** @param file - The contract file. */
  constructor(program: ts.Program, reporter: Reporter, file: ts.SourceFile, makeStatics: CreateStaticTypes) {
    this.program = program;
    this.reporter = reporter;
    this.file = file;
    this.#checker = program.getTypeChecker();
    this.#schemas = makeStatics(this.#names, this.deferred);
    this.#structure = new TypeStructure(this);
  }

  /** Whether the contract has a branded primitive: one with a narrower type than its values can show. */
  get hasBrands(): boolean {
    return this.deferred.hasBrands;
  }

  /** Returns the named types found so far, in the order in which they were found. */
  types(): readonly WalkedType[] {
    return this.#names.types();
  }

  /**
   * Runs the checks that need all types. Must be called at the end of the walk.
   *
   * @param members - The declarations of handlers, events and errors.
   */
  reportDeferred(members: readonly ts.Node[]): void {
    this.deferred.reportIndistinguishable(
      this.types().map(({ type }) => type),
      this.reporter,
    );
    this.#schemas.reportLostKeywords([...members, ...this.deferred.declarations]);
    this.deferred.reportSize(this.reporter);
  }

  /** Returns the shape of the type that a node stands for. */
  shapeOfNode(node: ts.TypeNode, path: string): Shape {
    const read = this.#schemas.shapeOfNode(node, path);
    if (read !== undefined) return read;
    const shape = this.shapeOf(this.#checker.getTypeFromTypeNode(node), { node, written: node, path });
    if (shape.kind === 'named') return shape;
    // An alias of a type that gets no name: the tags on the alias have to be applied here.
    const alias = compiler.isTypeReferenceNode(node)
      ? this.#checker.getSymbolAtLocation(node.typeName)
      : undefined;
    return this.tagged(shape, alias?.declarations?.filter(compiler.isTypeAliasDeclaration) ?? [], path);
  }

  /** Returns the shape of a type, whatever its syntax. */
  shapeOf(type: ts.Type, site: TypeSite): Shape {
    const symbol = nameOf(type, this.program);
    return symbol === undefined ? this.#structure.shapeOf(type, site) : this.#named(type, symbol, site);
  }

  /** Applies the constraint tags on declarations to a shape, and reports those that do not fit. */
  tagged(shape: Shape, declarations: readonly ts.Node[], path: string): Shape {
    return constrainByTags(shape, declarations, (node, message) => {
      const hint = 'see docs/diagnostics.md for the types that each tag applies to';
      this.reporter.report(node, { code: 'SW2015', message: `${path}: ${message}`, hint });
    });
  }

  #named(type: ts.Type, symbol: ts.Symbol, site: TypeSite): Shape {
    const known = this.#names.get(type);
    if (known !== undefined) return { kind: 'named', name: known };
    if (!this.#names.countInstance(symbol)) return this.#endless(symbol, site);

    this.deferred.addNamedType(symbol, site);
    const name = this.#names.reserve(symbol.name, type);
    const inside = insideOf(type, symbol, name, site);
    const shape = this.tagged(this.#structure.shapeOf(type, inside), symbol.declarations ?? [], name);
    const doc = compiler.displayPartsToString(symbol.getDocumentationComment(this.#checker));
    this.#names.define(name, { doc, shape, site: inside });
    return { kind: 'named', name };
  }

  #endless(symbol: ts.Symbol, { node, path }: TypeSite): Shape {
    const message = `${path}: \`${symbol.name}\` expands to more than ${MAX_INSTANCES} different types`;
    const hint = 'use concrete types instead of type parameters';
    this.reporter.report(node, { code: 'SW2013', message, hint });
    return REFUSED;
  }
}
