/**
 * Public declarations: what a user's compiler reads of the built package, entry by entry.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ts } from 'ts-morph';

export interface PublicDeclarations {
  /** The names that an entry exports. */
  readonly exported: ReadonlySet<string>;
  /** The classes in the types of all exports and of all that these types name. */
  readonly reachableClasses: ReadonlySet<string>;
  /** The classes in the files that an entry imports, directly or not; by file, from `dist/src/`. */
  readonly importedClasses: ReadonlyMap<string, readonly string[]>;
}

/** Reads the declarations of the package that is built in `root`. */
export async function readPublicDeclarations(root: string): Promise<PublicDeclarations> {
  const entries = await declarationEntries(root);
  const dist = join(root, 'dist/src/');
  const program = ts.createProgram(entries, {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    types: ['node'],
  });
  const files = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(dist));
  const checker = program.getTypeChecker();
  const exports = entries.flatMap((entry) => exportsOf(program.getSourceFile(entry), checker));
  const reachable = reachableFrom(exports, checker, new Set(files));
  return {
    exported: new Set(exports.map(({ name }) => name)),
    reachableClasses: new Set([...reachable].filter(isClass).map(({ name }) => name)),
    importedClasses: new Map(files.map((file) => [file.fileName.slice(dist.length), classesIn(file)])),
  };
}

async function declarationEntries(root: string): Promise<string[]> {
  const { exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    readonly exports: Record<string, string | { readonly types: string }>;
  };
  return Object.values(exports).flatMap((entry) =>
    typeof entry === 'string' ? [] : join(root, entry.types),
  );
}

function exportsOf(file: ts.SourceFile | undefined, checker: ts.TypeChecker): ts.Symbol[] {
  const module = file && checker.getSymbolAtLocation(file);
  if (module === undefined) throw new Error('An entry of package.json has no declarations: is dist/ built?');
  return checker.getExportsOfModule(module).map((symbol) => resolved(symbol, checker));
}

/** Follows every name in the declarations of `files`. Members that are private have no types there. */
function reachableFrom(
  roots: readonly ts.Symbol[],
  checker: ts.TypeChecker,
  files: ReadonlySet<ts.SourceFile>,
): Set<ts.Symbol> {
  const found = new Set<ts.Symbol>();
  const add = (symbol: ts.Symbol): void => {
    if (found.has(symbol)) return;
    found.add(symbol);
    for (const declaration of symbol.declarations ?? []) {
      if (files.has(declaration.getSourceFile())) visit(declaration);
    }
  };
  const visit = (node: ts.Node): void => {
    const symbol = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined;
    if (symbol !== undefined) add(resolved(symbol, checker));
    ts.forEachChild(node, visit);
  };
  for (const root of roots) add(root);
  return new Set(
    [...found].filter(({ declarations = [] }) =>
      declarations.some((each) => files.has(each.getSourceFile())),
    ),
  );
}

function resolved(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
}

function isClass(symbol: ts.Symbol): boolean {
  return (symbol.flags & ts.SymbolFlags.Class) !== 0;
}

function classesIn(file: ts.SourceFile): string[] {
  return file.statements.filter(ts.isClassDeclaration).flatMap(({ name }) => name?.text ?? []);
}
