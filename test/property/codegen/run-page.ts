/**
 * Running generated text: a page without its types, given the runtime in place of its imports.
 */
import { transformSync } from 'esbuild';
import { Type } from 'typebox';
import { emitPage } from '../../../codegen/emit/emit-page.js';
import { emitSchemas } from '../../../codegen/emit/schemas/emit-schema.js';
import type { ContractModel } from '../../../codegen/model/model.js';
import * as runtime from '../../../src/contract/runtime.js';
import type { ContractSpec, EventSpec } from '../../../src/contract/runtime.js';

/** The spec on a contract's page. */
export function runPage(contract: ContractModel): ContractSpec {
  return evaluate(emitPage(contract, '../contracts/x.js'), runtime)[contract.name] as ContractSpec;
}

/** The event `it` on a contract's page. */
export function eventOn(contract: ContractModel): EventSpec {
  const event = runPage(contract).events['it'];
  if (event === undefined) throw new Error('the page has lost its event');
  return event;
}

/** The exports of a contract's schema page. */
export function runSchemas(contract: ContractModel): Record<string, unknown> {
  return evaluate(emitSchemas(contract, '../contracts/x.js'), { Type });
}

/** With esbuild, which takes a tenth of the time that the compiler does to drop the types. */
function evaluate(text: string, imported: object): Record<string, unknown> {
  const { code } = transformSync(text, { loader: 'ts', format: 'cjs', target: 'node20' });
  const module: { exports: Record<string, unknown> } = { exports: {} };
  // oxlint-disable-next-line typescript/no-implied-eval -- the text is the generator's own
  new Function('module', 'require', code)(module, () => imported);
  return module.exports;
}
