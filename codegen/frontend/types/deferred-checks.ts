/**
 * Walk notes: what a walk comes across, and only the end of it can judge.
 *
 * Unions can be told apart once all named types are known, and size is a matter of the whole. Knows nothing about how
 * types become shapes.
 */
import type { ts } from 'ts-morph';
import type { NamedType, Shape } from '../../model/model.js';
import { tableOf, unionsIn } from '../../model/shapes.js';
import { describeShape, indistinct } from '../../model/wire-kinds.js';
import type { Reporter } from '../program/reporter.js';
import type { Spot } from './type-nodes.js';

/** More types of the Discord API than this in one contract are worth a word. */
const MANY_TYPES = 25;

export class WalkNotes {
  readonly #declarations: ts.Node[] = [];
  readonly #unions: { readonly shape: Shape; readonly spot: Spot }[] = [];
  readonly #fromDiscord: Spot[] = [];
  #hasBrands = false;

  /** Whether a primitive was met that is more to the type checker than a value can show. */
  get hasBrands(): boolean {
    return this.#hasBrands;
  }

  /** The declarations of the project's own named types. */
  get declarations(): readonly ts.Node[] {
    return this.#declarations;
  }

  brand(): void {
    this.#hasBrands = true;
  }

  /** Notes a shape that is a union. */
  union(shape: Shape, spot: Spot): void {
    this.#unions.push({ shape, spot });
  }

  /** Notes the unions in a shape, however deep. */
  unionsIn(shape: Shape, spot: Spot): void {
    for (const union of unionsIn(shape)) this.union(union, spot);
  }

  /** Notes where a type with a name comes from. */
  named({ declarations = [] }: ts.Symbol, spot: Spot): void {
    if (declarations.some(isFromDiscord)) this.#fromDiscord.push(spot);
    this.#declarations.push(...declarations.filter(isOfProject));
  }

  /** Members of unions that a check can tell apart, and a receiver cannot. */
  reportIndistinct(named: readonly NamedType[], reporter: Reporter): void {
    const types = tableOf(named);
    for (const { shape, spot } of this.#unions) {
      const pair = indistinct(shape, types)?.map((one) => describeShape(one));
      if (pair === undefined) continue;
      const message = `${spot.path}: on the wire nothing tells ${pair.join(' from ')}`;
      const hint = "wrap them in objects with a literal of their own each: kind: 'a'";
      reporter.at(spot.node, { code: 'SW2014', message, hint });
    }
  }

  /** What Discord sends is plain data and may be sent on, but one name may stand for hundreds of types. */
  reportSize(reporter: Reporter): void {
    const [first] = this.#fromDiscord;
    const count = this.#fromDiscord.length;
    if (first === undefined || count <= MANY_TYPES) return;
    reporter.at(first.node, {
      code: 'SW2017',
      severity: 'warning',
      message: `${first.path}: this brings ${count} types of the Discord API into the contract`,
      hint: 'send what the other side needs: Pick<APIGuild, ...>',
    });
  }
}

function isFromDiscord(declaration: ts.Declaration): boolean {
  return declaration.getSourceFile().fileName.includes('/node_modules/discord-api-types/');
}

function isOfProject(declaration: ts.Declaration): boolean {
  return !declaration.getSourceFile().fileName.includes('/node_modules/');
}
