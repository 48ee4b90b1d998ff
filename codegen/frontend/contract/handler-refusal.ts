/**
 * Handler refusals: methods that cannot be handlers, and what to say about them.
 *
 * A handler is one function of one parameter. What it takes and gives is refused as a type (`refusals.ts`).
 */
import type { ts } from 'ts-morph';
import { compiler } from '../program/compiler.js';
import type { Reason } from '../program/reporter.js';

/** Why a member of the handlers is none; `undefined` if it is one. */
export function handlerRefusal(
  { name, flags }: ts.Symbol,
  signatures: readonly ts.Signature[],
): Reason | undefined {
  const [signature] = signatures;
  if (signature === undefined || flags & compiler.SymbolFlags.Optional) {
    const message =
      signature === undefined ? `\`${name}\` is not a function` : `handler \`${name}\` is optional`;
    return { code: 'SW1011', message, hint: plainly(name) };
  }
  if (signatures.length > 1) {
    return {
      code: 'SW1010',
      message: `handler \`${name}\` has several signatures`,
      hint: 'declare one handler for each',
    };
  }
  if (signature.typeParameters !== undefined) {
    return { code: 'SW1009', message: `handler \`${name}\` is generic`, hint: 'write the types out' };
  }
  return parametersRefusal(name, signature.getParameters());
}

function parametersRefusal(name: string, parameters: readonly ts.Symbol[]): Reason | undefined {
  const declaration = parameters[0]?.valueDeclaration;
  const isRest =
    declaration !== undefined &&
    compiler.isParameter(declaration) &&
    declaration.dotDotDotToken !== undefined;
  if (parameters.length < 2 && !isRest) return undefined;
  const message = isRest
    ? `handler \`${name}\` takes any number of parameters; a handler takes one \`data\``
    : `handler \`${name}\` takes ${parameters.length} parameters; a handler takes one \`data\``;
  return { code: 'SW1008', message, hint: plainly(name) };
}

function plainly(name: string): string {
  return `write \`${name}(data: { ... }): Result\``;
}
