/**
 * Static schemas: handles `Static<typeof Schema>` for one contract.
 *
 * By itself, such a node is read as the schema. Inside another type the schema's constraints would be lost; that is
 * reported at the end of the walk.
 */
import type { ts } from 'ts-morph';
import type { Shape } from '../../model/model.js';
import { hasKeywords, unreadSchemas, usesSchemas } from './lost-keywords.js';
import type { Reporter } from '../program/reporter.js';
import { SchemaReader, staticOf } from './schema-reader.js';
import type { SchemaConstant } from './schema-reader.js';
import type { SchemaTypes } from './schema-shapes.js';
import type { TypeSite } from '../types/type-nodes.js';
import type { StaticTypes } from '../types/type-walker.js';
import type { TypeNames } from '../types/type-names.js';
import type { DeferredChecks } from '../types/deferred-checks.js';

export class StaticSchemas implements StaticTypes {
  readonly #program: ts.Program;
  readonly #reporter: Reporter;
  readonly #names: TypeNames;
  readonly #deferred: DeferredChecks;
  readonly #reader = new SchemaReader();
  readonly #read = new Set<ts.Node>();
  readonly #known: SchemaTypes['namesByDefinitions'] = new Map();

  constructor(program: ts.Program, reporter: Reporter, names: TypeNames, deferred: DeferredChecks) {
    this.#program = program;
    this.#reporter = reporter;
    this.#names = names;
    this.#deferred = deferred;
  }

  /** Returns the shape of the schema that a node names; `undefined` if the node names none. */
  shapeOfNode(node: ts.TypeNode, path: string): Shape | undefined {
    const schema = staticOf(node, this.#program.getTypeChecker());
    if (schema === undefined) return undefined;
    this.#read.add(node);
    const site: TypeSite = { node, written: undefined, path };
    const shape = this.#shapeAt(schema, site);
    this.#deferred.addUnionsIn(shape, site);
    return shape;
  }

  /** Reports schemas inside other types, whose constraints would be lost. */
  reportLostKeywords(declarations: readonly ts.Node[]): void {
    if (!usesSchemas(this.#program)) return;
    const checker = this.#program.getTypeChecker();
    for (const declaration of declarations) {
      for (const { schema, node } of unreadSchemas(declaration, this.#read, checker)) {
        if (!hasKeywords(this.#shapeAt(schema, { node, written: undefined, path: schema.name }))) continue;
        const message = `only the type of \`${schema.name}\` is used here, so the constraints of the schema are lost`;
        const hint = 'change the schema instead, and use `Static` of the result: Type.Partial(Profile)';
        this.#reporter.report(node, { code: 'SW2020', message, hint });
      }
    }
  }

  #shapeAt(schema: SchemaConstant, site: TypeSite): Shape {
    return this.#reader.shapeAt(schema, site, this.#reporter, {
      namesByDefinitions: this.#known,
      reserve: (preferred) => this.#names.reserve(preferred),
      define: (name, shape) => {
        this.#names.define(name, { doc: '', shape, site });
        this.#deferred.addUnionsIn(shape, site);
      },
    });
  }
}
