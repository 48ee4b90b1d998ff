/**
 * Static schemas: the places of one contract that say `Static<typeof Schema>`.
 *
 * Where such a node stands alone, the schema itself is read; where it is a part of another type, what the schema asks
 * for beyond its type would be lost, and that is told when all is walked.
 */
import type { ts } from 'ts-morph';
import type { Shape } from '../../model/model.js';
import { hasKeywords, unreadSchemas, usesSchemas } from './lost-keywords.js';
import type { Reporter } from '../program/reporter.js';
import { SchemaReader, staticOf } from './schema-reader.js';
import type { SchemaConstant } from './schema-reader.js';
import type { SchemaTypes } from './schema-shapes.js';
import type { Spot } from '../types/type-nodes.js';
import type { StaticTypes } from '../types/type-walker.js';
import type { TypeNames } from '../types/type-names.js';
import type { WalkNotes } from '../types/deferred-checks.js';

export class StaticSchemas implements StaticTypes {
  readonly #program: ts.Program;
  readonly #reporter: Reporter;
  readonly #names: TypeNames;
  readonly #notes: WalkNotes;
  readonly #reader = new SchemaReader();
  readonly #read = new Set<ts.Node>();
  readonly #known: SchemaTypes['known'] = new Map();

  constructor(program: ts.Program, reporter: Reporter, names: TypeNames, notes: WalkNotes) {
    this.#program = program;
    this.#reporter = reporter;
    this.#names = names;
    this.#notes = notes;
  }

  /** The shape of the schema that a node is about, if it is about one. */
  shapeOfNode(node: ts.TypeNode, path: string): Shape | undefined {
    const schema = staticOf(node, this.#program.getTypeChecker());
    if (schema === undefined) return undefined;
    this.#read.add(node);
    const spot: Spot = { node, written: undefined, path };
    const shape = this.#shapeAt(schema, spot);
    this.#notes.unionsIn(shape, spot);
    return shape;
  }

  /** Schemas in the middle of other types, whose keywords would be lost. */
  reportLostKeywords(declarations: readonly ts.Node[]): void {
    if (!usesSchemas(this.#program)) return;
    const checker = this.#program.getTypeChecker();
    for (const declaration of declarations) {
      for (const { schema, node } of unreadSchemas(declaration, this.#read, checker)) {
        if (!hasKeywords(this.#shapeAt(schema, { node, written: undefined, path: schema.name }))) continue;
        const message = `in here \`${schema.name}\` is only its type: what the schema asks for beyond that is lost`;
        const hint = 'change the schema instead, and use `Static` of that: Type.Partial(Profile)';
        this.#reporter.at(node, { code: 'SW2020', message, hint });
      }
    }
  }

  #shapeAt(schema: SchemaConstant, spot: Spot): Shape {
    return this.#reader.shapeAt(schema, spot, this.#reporter, {
      known: this.#known,
      open: (wish) => this.#names.open(wish),
      close: (name, shape) => {
        this.#names.close(name, { doc: '', shape, spot });
        this.#notes.unionsIn(shape, spot);
      },
    });
  }
}
