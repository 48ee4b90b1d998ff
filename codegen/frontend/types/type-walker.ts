/**
 * Type walker: from the checker's types to shapes.
 *
 * The checker knows what a type comes to, but not how it was written: aliases of unions get lost in larger unions, and
 * only nodes have places. So both are followed in parallel. A node is trusted as long as it says the same as the type
 * at hand; inside generic types it does not, and there the type alone decides. Here types get their names and tags;
 * what they are made of is found out by `TypeStructure`.
 */
import type { ts } from 'ts-morph';
import type { Shape } from '../../model/model.js';
import { compiler } from '../program/compiler.js';
import { constrainByTags } from './constraint-tags.js';
import type { Reporter } from '../program/reporter.js';
import { insideOf } from './type-nodes.js';
import type { Spot } from './type-nodes.js';
import { MAX_INSTANCES, TypeNames, nameOf } from './type-names.js';
import type { WalkedType } from './type-names.js';
import { REFUSED, TypeStructure } from './type-structure.js';
import type { Walk } from './type-structure.js';
import { WalkNotes } from './deferred-checks.js';

/** Types that are written as `Static<typeof Schema>`: their shapes are read from the schema, not from the type. */
export interface StaticTypes {
  /** The shape of the schema that a node names; `undefined` when the node names none. */
  shapeOfNode(node: ts.TypeNode, path: string): Shape | undefined;
  /** Reports schemas inside other types, where their keywords would be lost. */
  reportLostKeywords(declarations: readonly ts.Node[]): void;
}

/** Makes the reader of static types for one walk, which shares its names and its deferred checks. */
export type MakeStaticTypes = (names: TypeNames, notes: WalkNotes) => StaticTypes;

/** Walks the types of one contract. */
export class TypeWalker implements Walk {
  readonly program: ts.Program;
  readonly reporter: Reporter;
  readonly file: ts.SourceFile;
  readonly notes = new WalkNotes();
  readonly #checker: ts.TypeChecker;
  readonly #names = new TypeNames();
  readonly #schemas: StaticTypes;
  readonly #structure: TypeStructure;

  /** @param file - The contract file. */
  constructor(program: ts.Program, reporter: Reporter, file: ts.SourceFile, makeStatics: MakeStaticTypes) {
    this.program = program;
    this.reporter = reporter;
    this.file = file;
    this.#checker = program.getTypeChecker();
    this.#schemas = makeStatics(this.#names, this.notes);
    this.#structure = new TypeStructure(this);
  }

  /** Whether a primitive was met that is more to the type checker than a value can show. */
  get hasBrands(): boolean {
    return this.notes.hasBrands;
  }

  /** The named types met so far, in the order in which they were met. */
  types(): readonly WalkedType[] {
    return this.#names.types();
  }

  /**
   * What only the whole can show. To be asked when all is walked.
   *
   * @param members - The declarations of handlers, events and errors.
   */
  reportWhole(members: readonly ts.Node[]): void {
    this.notes.reportIndistinct(
      this.types().map(({ type }) => type),
      this.reporter,
    );
    this.#schemas.reportLostKeywords([...members, ...this.notes.declarations]);
    this.notes.reportSize(this.reporter);
  }

  /** The shape of a type as it was written somewhere. */
  shapeOfNode(node: ts.TypeNode, path: string): Shape {
    const read = this.#schemas.shapeOfNode(node, path);
    if (read !== undefined) return read;
    const shape = this.shapeOf(this.#checker.getTypeFromTypeNode(node), { node, written: node, path });
    if (shape.kind === 'named') return shape;
    // An alias of something that gets no name of its own: its tags would be lost with it.
    const alias = compiler.isTypeReferenceNode(node)
      ? this.#checker.getSymbolAtLocation(node.typeName)
      : undefined;
    return this.tagged(shape, alias?.declarations?.filter(compiler.isTypeAliasDeclaration) ?? [], path);
  }

  /** The shape of a type, however it was written. */
  shapeOf(type: ts.Type, spot: Spot): Shape {
    const symbol = nameOf(type, this.program);
    return symbol === undefined ? this.#structure.shapeOf(type, spot) : this.#named(type, symbol, spot);
  }

  /** A shape with what the tags of its declarations add to it; those that do not fit are reported. */
  tagged(shape: Shape, declarations: readonly ts.Node[], path: string): Shape {
    return constrainByTags(shape, declarations, (node, message) => {
      const hint = 'docs/diagnostics.md says which tag goes with which type';
      this.reporter.at(node, { code: 'SW2015', message: `${path}: ${message}`, hint });
    });
  }

  #named(type: ts.Type, symbol: ts.Symbol, spot: Spot): Shape {
    const known = this.#names.get(type);
    if (known !== undefined) return { kind: 'named', name: known };
    if (!this.#names.countInstance(symbol)) return this.#endless(symbol, spot);

    this.notes.named(symbol, spot);
    const name = this.#names.open(symbol.name, type);
    const inside = insideOf(type, symbol, name, spot);
    const shape = this.tagged(this.#structure.shapeOf(type, inside), symbol.declarations ?? [], name);
    const doc = compiler.displayPartsToString(symbol.getDocumentationComment(this.#checker));
    this.#names.close(name, { doc, shape, spot: inside });
    return { kind: 'named', name };
  }

  #endless(symbol: ts.Symbol, { node, path }: Spot): Shape {
    const message = `${path}: \`${symbol.name}\` has more than ${MAX_INSTANCES} different instances`;
    const hint = 'write the types out instead of making them with type parameters';
    this.reporter.at(node, { code: 'SW2013', message, hint });
    return REFUSED;
  }
}
