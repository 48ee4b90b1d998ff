/**
 * Schema page: the page of one contract's schemas, and what its emitters look up.
 */
import type { ContractModel } from '../../model/model.js';
import { findRecursion } from '../../model/recursion.js';
import type { Recursion } from '../../model/recursion.js';
import { tableOf } from '../../model/shapes.js';
import type { TypeTable } from '../../model/shapes.js';
import { pageHeader } from '../header.js';
import { PLAIN_NAMES, uniqueName } from '../names.js';
import { call } from '../printer/fragment.js';
import type { Fragment } from '../printer/fragment.js';
import { SourcePrinter } from '../printer/source-printer.js';
import { HELPERS, helpersFor } from './schema-helpers.js';
import type { HelperKind } from './schema-helpers.js';

/** The exported tables of a schema page. */
export const TABLES = ['handlers', 'events', 'errors'] as const;

/** The exported type that only the compiler reads. */
export const COMPARISON = 'Checked';

export class SchemaPage extends SourcePrinter {
  readonly types: TypeTable;
  readonly recursion: Recursion;
  /** Names of the helpers that this page has. */
  readonly helpers: ReadonlyMap<HelperKind, string>;
  /** The name of TypeBox' `Type` on this page. */
  readonly builder: string;
  readonly #constants: ReadonlyMap<string, string>;

  constructor(contract: ContractModel) {
    const declared = new Set<string>([...TABLES, ...PLAIN_NAMES, COMPARISON]);
    const declare = (preferred: string): string => {
      const name = uniqueName(preferred, (one) => declared.has(one));
      declared.add(name);
      return name;
    };
    const helpers = new Map(helpersFor(contract).map((kind) => [kind, declare(HELPERS[kind].name)]));
    const constants = new Map(contract.types.map(({ name }) => [name, declare(name)]));
    const { handlersType, eventsType, errorsType } = contract;
    const imported = [handlersType, eventsType, errorsType].filter((name) => name !== undefined);
    super(pageHeader(contract.source), { declared, imported: new Set(imported) });

    this.types = tableOf(contract.types);
    this.recursion = findRecursion(contract.types);
    this.helpers = helpers;
    this.builder = this.use('Type', 'typebox');
    this.#constants = constants;
  }

  /** The constant that holds the schema of a type. */
  constantOf(type: string): string {
    return this.#constants.get(type) ?? type;
  }

  /** The name of a helper. Throws for a helper that this page does not have. */
  helper(kind: HelperKind): string {
    const name = this.helpers.get(kind);
    if (name === undefined) throw new Error(`the page has no schema helper for ${kind}`);
    return name;
  }

  /** `page.type('Array', [item])` prints `Type.Array(item)`. A single argument stays on the line of the call. */
  type(name: string, args: readonly Fragment[] = []): Fragment {
    const [only, second] = args;
    if (only !== undefined && second === undefined) return [`${this.builder}.${name}(`, only, ')'];
    return call(`${this.builder}.${name}`, args);
  }
}
