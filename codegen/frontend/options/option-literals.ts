/**
 * Option literals: reads literal values from the source of an options table.
 *
 * The table is never run, so its values must be literals. The functions return `undefined` for anything else.
 */
import type { ts } from 'ts-morph';
import { compiler } from '../program/compiler.js';

/** Returns the initializer of `export const options`. */
export function optionsTable(file: ts.SourceFile): ts.Expression | undefined {
  return file.statements
    .filter((statement) => compiler.isVariableStatement(statement) && isExported(statement))
    .flatMap((statement) => (statement as ts.VariableStatement).declarationList.declarations)
    .find(({ name }) => compiler.isIdentifier(name) && name.text === 'options')?.initializer;
}

/** Removes `as const`, `satisfies ...` and parentheses. */
export function unwrap(expression: ts.Expression): ts.Expression {
  const isWrapped =
    compiler.isSatisfiesExpression(expression) ||
    compiler.isAsExpression(expression) ||
    compiler.isParenthesizedExpression(expression);
  return isWrapped ? unwrap(expression.expression) : expression;
}

export function keyOf(name: ts.PropertyName): string | undefined {
  return compiler.isIdentifier(name) || compiler.isStringLiteral(name) ? name.text : undefined;
}

export function textOf(expression: ts.Expression): string | undefined {
  const literal = unwrap(expression);
  return compiler.isStringLiteral(literal) || compiler.isNoSubstitutionTemplateLiteral(literal)
    ? literal.text
    : undefined;
}

export function numberOf(expression: ts.Expression): number | undefined {
  const literal = unwrap(expression);
  if (compiler.isNumericLiteral(literal)) return Number(literal.text);
  const isNegative =
    compiler.isPrefixUnaryExpression(literal) && literal.operator === compiler.SyntaxKind.MinusToken;
  return isNegative && compiler.isNumericLiteral(literal.operand) ? -Number(literal.operand.text) : undefined;
}

export function booleanOf(expression: ts.Expression): boolean | undefined {
  const { kind } = unwrap(expression);
  if (kind === compiler.SyntaxKind.TrueKeyword) return true;
  return kind === compiler.SyntaxKind.FalseKeyword ? false : undefined;
}

/** Returns the items of an array literal. */
export function itemsOf(expression: ts.Expression): readonly ts.Expression[] | undefined {
  const literal = unwrap(expression);
  return compiler.isArrayLiteralExpression(literal) ? literal.elements : undefined;
}

function isExported(statement: ts.VariableStatement): boolean {
  return (
    statement.modifiers?.some((modifier) => modifier.kind === compiler.SyntaxKind.ExportKeyword) === true
  );
}
