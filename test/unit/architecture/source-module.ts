/**
 * Source modules: what a TypeScript file loads, exports and says of itself, read from its syntax alone.
 *
 * It knows nothing of rooms and rules; those are the test's.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { ts } from 'ts-morph';

/**
 * One import, re-export, `import()` or `import('...').Type`.
 *
 * `type` vanishes when compiled. `{ type A }` without a leading `type` does not: under `verbatimModuleSyntax` the
 * module is loaded all the same, so that counts as `static`.
 */
export interface Import {
  readonly from: string;
  readonly line: number;
  readonly specifier: string;
  readonly how: 'static' | 'dynamic' | 'type';
  /** A file of the repository, `node:` and a name, or the name of a package. */
  readonly target: string;
}

export interface SourceModule {
  readonly path: string;
  readonly imports: readonly Import[];
  readonly hasHeader: boolean;
  readonly hasDefaultExport: boolean;
}

/** Reads every `.ts` file below `folder` of the project at `root`; paths are relative to `root`, with slashes. */
export function readModules(root: string, folder: string): SourceModule[] {
  const entries = readdirSync(posix.join(root, folder), { recursive: true, encoding: 'utf8' });
  const paths = entries
    .filter((entry) => entry.endsWith('.ts'))
    .map((entry) => posix.join(folder, entry.replaceAll('\\', '/')));
  return paths.toSorted().map((path) => parseModule(path, readFileSync(posix.join(root, path), 'utf8')));
}

export function parseModule(path: string, text: string): SourceModule {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  return {
    path,
    imports: findImports(file, path),
    hasHeader: /^(#!.*\n)?\/\*\*[^]*?\*\//.test(text),
    hasDefaultExport: file.statements.some(isDefaultExport),
  };
}

function findImports(file: ts.SourceFile, from: string): Import[] {
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    const loaded = loadedBy(node);
    if (loaded !== undefined) {
      const { specifier, how } = loaded;
      const line = file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
      found.push({ from, line, specifier, how, target: targetOf(specifier, from) });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function loadedBy(node: ts.Node): Pick<Import, 'specifier' | 'how'> | undefined {
  if (ts.isImportDeclaration(node)) {
    const isType = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    return loaded(node.moduleSpecifier, isType ? 'type' : 'static');
  }
  if (ts.isExportDeclaration(node)) return loaded(node.moduleSpecifier, node.isTypeOnly ? 'type' : 'static');
  if (ts.isImportTypeNode(node)) return loaded(node.argument, 'type');
  const isImportCall = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isImportCall ? loaded(node.arguments[0], 'dynamic') : undefined;
}

function loaded(
  named: ts.Node | undefined,
  how: Import['how'],
): Pick<Import, 'specifier' | 'how'> | undefined {
  if (named === undefined) return undefined;
  const literal = ts.isLiteralTypeNode(named) ? named.literal : named;
  // What cannot be read must not slip through: its text matches no allowed target.
  return { specifier: ts.isStringLiteralLike(literal) ? literal.text : literal.getText(), how };
}

function targetOf(specifier: string, from: string): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts');
  if (specifier.startsWith('node:')) return specifier;
  const [scope = '', name] = specifier.split('/');
  return scope.startsWith('@') && name !== undefined ? `${scope}/${name}` : scope;
}

function isDefaultExport(statement: ts.Statement): boolean {
  if (ts.isExportAssignment(statement)) return true;
  if (ts.isExportDeclaration(statement)) {
    const { exportClause } = statement;
    return exportClause !== undefined && ts.isNamedExports(exportClause)
      ? exportClause.elements.some(({ name }) => name.text === 'default')
      : false;
  }
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) ?? false;
}
