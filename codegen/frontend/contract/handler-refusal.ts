/**
 * Handler refusals: the reasons why a member cannot be a handler.
 *
 * A handler is a function with one signature and at most one parameter. The types of its data and result are checked
 * separately (`refusals.ts`).
 */
import type { ts } from 'ts-morph';
import { compiler } from '../program/compiler.js';
import type { Reason } from '../program/reporter.js';

/** Returns why a member is not a valid handler; `undefined` if it is one. */
export function handlerRefusal(
  { name, flags }: ts.Symbol,
  signatures: readonly ts.Signature[],
): Reason | undefined {
  const [signature] = signatures;
  if (signature === undefined || flags & compiler.SymbolFlags.Optional) {
    const message =
      signature === undefined ? `\`${name}\` is not a function` : `handler \`${name}\` must not be optional`;
    return { code: 'SW1011', message, hint: signatureHint(name) };
  }
  if (signatures.length > 1) {
    return {
      code: 'SW1010',
      message: `handler \`${name}\` is overloaded`,
      hint: 'declare a separate handler for each signature',
    };
  }
  if (signature.typeParameters !== undefined) {
    return { code: 'SW1009', message: `handler \`${name}\` is generic`, hint: 'use concrete types' };
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
    ? `handler \`${name}\` has a rest parameter; expected a single \`data\` parameter`
    : `handler \`${name}\` has ${parameters.length} parameters; expected a single \`data\` parameter`;
  return { code: 'SW1008', message, hint: signatureHint(name) };
}

function signatureHint(handler: string): string {
  return `write \`${handler}(data: { ... }): Result\``;
}
