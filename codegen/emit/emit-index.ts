/**
 * Index: `generated/index.ts`, which binds all contracts with one `bind`.
 */
import { compare } from '../model/shapes.js';
import type { ContractModel } from '../model/model.js';
import { indexHeader } from './header.js';
import { boundTypeName } from './names.js';
import { braces } from './printer/fragment.js';
import { quote } from './printer/literals.js';
import { SourcePrinter } from './printer/source-printer.js';
import { RUNTIME } from './runtime-names.js';

/**
 * Writes the index.
 *
 * @param folder - The contracts folder as the header names it.
 * @param ending - The extension of relative imports: `.js`.
 */
export function emitIndex(contracts: readonly ContractModel[], folder: string, ending: string): string {
  const sorted = contracts.toSorted((a, b) => compare(a.name, b.name));
  const names = sorted.map((contract) => contract.name);
  const out = new SourcePrinter(indexHeader(folder), {
    declared: new Set(['Contracts', 'bind']),
    imported: new Set(names),
  });
  const bindable = out.useType('Bindable', RUNTIME);
  const createBind = out.use('createBind', RUNTIME);

  out.docComment('Every contract, bound to one process.');
  out.block(
    'export interface Contracts {',
    () => {
      for (const { name, file } of sorted) {
        out.use(name, `./${file}${ending}`);
        out.line(`readonly ${name}: ${out.useType(boundTypeName(name), `./${file}${ending}`)};`);
      }
    },
    '}',
  );
  out.line();
  out.docComment('Returns the stubs of every contract. The same process always gets the same stubs.');
  out.line(`export const bind: (host: ${bindable}) => Contracts = ${createBind}(`, braces(names), ');');
  out.line();
  for (const { name, file } of sorted) {
    out.line(`export type { ${boundTypeName(name)} } from ${quote(`./${file}${ending}`)};`);
  }
  return out.toString();
}
