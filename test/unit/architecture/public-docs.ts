/**
 * Public documentation: which names and members that users can import have no doc comment.
 *
 * Reads the entries that package.json exports through the type checker. A member counts when it is declared in this
 * repository, is visible to users, and is not `@internal`.
 */
import { ts } from 'ts-morph';

export interface PublicDocs {
  /** How many names and members there are. */
  readonly total: number;
  /** `<entry>: <name>` and `<entry>: <name>.<member>`, for each without a doc comment. */
  readonly undocumented: readonly string[];
}

/** @param entries - Paths of source files, relative to `root`. */
export function publicDocsOf(root: string, entries: readonly string[]): PublicDocs {
  const config = ts.readConfigFile(`${root}/tsconfig.json`, (path) => ts.sys.readFile(path)).config as object;
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root);
  const files = entries.map((entry) => `${root}/${entry}`);
  const program = ts.createProgram(files, options);
  const checker = program.getTypeChecker();
  const undocumented: string[] = [];
  let total = 0;
  const look = (name: string, declarations: readonly ts.Node[]): void => {
    total += 1;
    if (!declarations.some(hasDoc)) undocumented.push(name);
  };
  for (const [at, file] of files.entries()) {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`${file} exports nothing`);
    for (const symbol of checker.getExportsOfModule(module)) {
      const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      const declarations = (target.declarations ?? []).filter((node) => isOwn(node, root));
      if (declarations.every(isInternal)) continue;
      const name = `${entries[at]}: ${symbol.name}`;
      look(name, declarations);
      for (const [member, nodes] of membersOf(declarations)) look(`${name}.${member}`, nodes);
    }
  }
  return { total, undocumented };
}

/** Overloads of one member count once, and one doc comment serves them all. */
function membersOf(declarations: readonly ts.Node[]): Map<string, ts.Node[]> {
  const members = new Map<string, ts.Node[]>();
  for (const member of declarations.flatMap(memberNodesOf)) {
    const { name } = member;
    if (name === undefined || ts.isPrivateIdentifier(name) || isInternal(member) || isHidden(member))
      continue;
    const text = name.getText();
    members.set(text, [...(members.get(text) ?? []), member]);
  }
  return members;
}

function memberNodesOf(node: ts.Node): readonly (ts.ClassElement | ts.TypeElement)[] {
  if (ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node)) return [...node.members];
  return ts.isTypeAliasDeclaration(node) ? literalsIn(node.type).flatMap(({ members }) => [...members]) : [];
}

/** The object types that a type is made of: itself, or members of a union or an intersection. */
function literalsIn(type: ts.TypeNode): readonly ts.TypeLiteralNode[] {
  if (ts.isTypeLiteralNode(type)) return [type];
  return ts.isUnionTypeNode(type) || ts.isIntersectionTypeNode(type) ? type.types.flatMap(literalsIn) : [];
}

function isOwn(node: ts.Node, root: string): boolean {
  const { fileName } = node.getSourceFile();
  return fileName.startsWith(`${root}/src/`);
}

function isHidden(node: ts.Node): boolean {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  return (ts.getCombinedModifierFlags(node as ts.Declaration) & hidden) !== 0;
}

function isInternal(node: ts.Node): boolean {
  return ts.getJSDocTags(node).some(({ tagName }) => tagName.text === 'internal');
}

function hasDoc(node: ts.Node): boolean {
  return ts.getJSDocCommentsAndTags(node).length > 0;
}
