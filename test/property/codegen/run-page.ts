/**
 * Running generated text: a page without its types, given the runtime in place of its imports.
 */
import { ts } from 'ts-morph';
import { Type } from 'typebox';
import { emitPage } from '../../../codegen/emit/emit-page.js';
import { emitSchemas } from '../../../codegen/emit/emit-schema.js';
import type { ContractModel } from '../../../codegen/model.js';
import * as runtime from '../../../src/contract/runtime.js';
import type { ContractSpec } from '../../../src/contract/runtime.js';

/** The spec on a contract's page. */
export function runPage(contract: ContractModel): ContractSpec {
  return evaluate(emitPage(contract, '../contracts/x.js'), runtime)[contract.name] as ContractSpec;
}

/** The exports of a contract's schema page. */
export function runSchemas(contract: ContractModel): Record<string, unknown> {
  return evaluate(emitSchemas(contract, '../contracts/x.js'), { Type });
}

function evaluate(text: string, imported: object): Record<string, unknown> {
  const module = ts.ModuleKind.CommonJS;
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { module, target: ts.ScriptTarget.ES2022 },
  });
  const exports: Record<string, unknown> = {};
  // oxlint-disable-next-line typescript/no-implied-eval -- the text is the generator's own
  new Function('exports', 'require', outputText)(exports, () => imported);
  return exports;
}
