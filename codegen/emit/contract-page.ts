/**
 * Contract page: the page of one contract, and what all of its emitters look up.
 *
 * A printer that knows the contract: it imports from the runtime by checked names and knows how deep types nest. Emitters
 * are functions that take the page first; lines they write read like the lines of the page.
 */
import { pageHeader } from './header.js';
import type { PageModel } from './page-model.js';
import { SourcePrinter } from './printer/source-printer.js';
import { RUNTIME } from './runtime-names.js';
import type { RuntimeName, RuntimeType } from './runtime-names.js';

export class ContractPage extends SourcePrinter {
  readonly model: PageModel;

  constructor(model: PageModel) {
    super(pageHeader(model.contract.source), model.names);
    this.model = model;
  }

  /** Imports a value of the runtime and returns its name on this page. */
  runtime(name: RuntimeName): string {
    return this.use(name, RUNTIME);
  }

  /** Imports a type of the runtime and returns its name on this page. */
  runtimeType(name: RuntimeType): string {
    return this.useType(name, RUNTIME);
  }

  /**
   * Returns the second argument of a call from the function of one type to that of another: `, depth + 1` where the call
   * enters a type again, `, depth` where both count levels, otherwise nothing.
   *
   * @param from - `undefined` outside of such functions.
   */
  depthArgument(to: string, from: string | undefined): string {
    const { recursion } = this.model;
    if (from === undefined || !recursion.isDeep(from) || !recursion.isDeep(to)) return '';
    return recursion.isStep(from, to) ? ', depth + 1' : ', depth';
  }
}
