/**
 * Option literals: what can be read from the text of an options table.
 *
 * The table is never run, so everything in it must be written out; a reader gives `undefined` for what is not.
 */
import { ts } from 'ts-morph';

/** The initialiser of `export const options`. */
export function optionsTable(file: ts.SourceFile): ts.Expression | undefined {
  return file.statements
    .filter((statement) => ts.isVariableStatement(statement) && isExported(statement))
    .flatMap((statement) => (statement as ts.VariableStatement).declarationList.declarations)
    .find(({ name }) => ts.isIdentifier(name) && name.text === 'options')?.initializer;
}

/** Without `as const`, `satisfies ...` and parentheses. */
export function unwrap(expression: ts.Expression): ts.Expression {
  const isWrapped =
    ts.isSatisfiesExpression(expression) ||
    ts.isAsExpression(expression) ||
    ts.isParenthesizedExpression(expression);
  return isWrapped ? unwrap(expression.expression) : expression;
}

export function keyOf(name: ts.PropertyName): string | undefined {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : undefined;
}

export function textOf(expression: ts.Expression): string | undefined {
  const literal = unwrap(expression);
  return ts.isStringLiteral(literal) || ts.isNoSubstitutionTemplateLiteral(literal)
    ? literal.text
    : undefined;
}

export function numberOf(expression: ts.Expression): number | undefined {
  const literal = unwrap(expression);
  if (ts.isNumericLiteral(literal)) return Number(literal.text);
  const isNegative = ts.isPrefixUnaryExpression(literal) && literal.operator === ts.SyntaxKind.MinusToken;
  return isNegative && ts.isNumericLiteral(literal.operand) ? -Number(literal.operand.text) : undefined;
}

export function booleanOf(expression: ts.Expression): boolean | undefined {
  const { kind } = unwrap(expression);
  if (kind === ts.SyntaxKind.TrueKeyword) return true;
  return kind === ts.SyntaxKind.FalseKeyword ? false : undefined;
}

/** The items of an array literal. */
export function itemsOf(expression: ts.Expression): readonly ts.Expression[] | undefined {
  const literal = unwrap(expression);
  return ts.isArrayLiteralExpression(literal) ? literal.elements : undefined;
}

function isExported(statement: ts.VariableStatement): boolean {
  return statement.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword) === true;
}
