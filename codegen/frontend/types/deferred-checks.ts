/**
 * Deferred checks: collects during the walk of a contract what can only be checked at its end.
 *
 * Whether the members of a union are distinguishable depends on all named types, and the number of types on the whole
 * contract. How types become shapes is not known here.
 */
import type { ts } from 'ts-morph';
import type { NamedType, Shape } from '../../model/model.js';
import { tableOf, unionsIn } from '../../model/shapes.js';
import { describeShape, indistinguishable } from '../../model/wire-kinds.js';
import type { Reporter } from '../program/reporter.js';
import type { TypeSite } from './type-nodes.js';

/** The number of Discord API types in a contract above which a warning is reported. */
const MANY_TYPES = 25;

export class DeferredChecks {
  readonly #declarations: ts.Node[] = [];
  readonly #unions: { readonly shape: Shape; readonly site: TypeSite }[] = [];
  readonly #fromDiscord: TypeSite[] = [];
  #hasBrands = false;

  /** Whether the contract has a branded primitive: one with a narrower type than its values can show. */
  get hasBrands(): boolean {
    return this.#hasBrands;
  }

  /** The declarations of named types outside packages. */
  get declarations(): readonly ts.Node[] {
    return this.#declarations;
  }

  addBrand(): void {
    this.#hasBrands = true;
  }

  /** Adds a union for the check at the end. */
  addUnion(shape: Shape, site: TypeSite): void {
    this.#unions.push({ shape, site });
  }

  /** Adds all unions inside a shape. */
  addUnionsIn(shape: Shape, site: TypeSite): void {
    for (const union of unionsIn(shape)) this.addUnion(union, site);
  }

  /** Adds a named type. */
  addNamedType({ declarations = [] }: ts.Symbol, site: TypeSite): void {
    if (declarations.some(isFromDiscord)) this.#fromDiscord.push(site);
    this.#declarations.push(...declarations.filter(isOfProject));
  }

  /** Reports unions with members that a check can distinguish, but a receiver cannot. */
  reportIndistinguishable(named: readonly NamedType[], reporter: Reporter): void {
    const types = tableOf(named);
    for (const { shape, site } of this.#unions) {
      const pair = indistinguishable(shape, types)?.map((one) => describeShape(one));
      if (pair === undefined) continue;
      const message = `${site.path}: ${pair.join(' and ')} cannot be distinguished on the wire`;
      const hint = "wrap each of them in an object with a unique literal property: kind: 'a'";
      reporter.report(site.node, { code: 'SW2014', message, hint });
    }
  }

  /** Reports many Discord API types. They are plain data and can be sent, but one of them may contain hundreds. */
  reportSize(reporter: Reporter): void {
    const [first] = this.#fromDiscord;
    const count = this.#fromDiscord.length;
    if (first === undefined || count <= MANY_TYPES) return;
    reporter.report(first.node, {
      code: 'SW2017',
      severity: 'warning',
      message: `${first.path}: adds ${count} Discord API types to the contract`,
      hint: 'send only what the receiver needs: Pick<APIGuild, ...>',
    });
  }
}

function isFromDiscord(declaration: ts.Declaration): boolean {
  return declaration.getSourceFile().fileName.includes('/node_modules/discord-api-types/');
}

function isOfProject(declaration: ts.Declaration): boolean {
  return !declaration.getSourceFile().fileName.includes('/node_modules/');
}
