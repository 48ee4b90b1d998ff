/**
 * Page projects: the code of a markdown page, written to disk as a project and compiled.
 *
 * Below `build/`, the package's own name resolves to the built package, as it would where it is installed. Problems that
 * the compiler or the generator finds are reported with the page's name and line.
 */
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ts } from 'ts-morph';
import { contractName } from '../../../codegen/model/contract-name.js';
import { ROOT, runNode } from '../setup/run-process.js';
import { codeBlocks } from './markdown.js';
import type { CodeBlock } from './markdown.js';

/** A file of the project. Each line knows the line of the page that it came from, if any. */
interface PageFile {
  readonly path: string;
  readonly lines: { readonly text: string; readonly pageLine: number | undefined }[];
}

const COMPILER_OPTIONS = {
  target: 'es2022',
  lib: ['es2023'],
  module: 'nodenext',
  types: ['node'],
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  verbatimModuleSyntax: true,
  skipLibCheck: true,
};

/** Compiles the TypeScript of a page. Returns the problems as `page:line: problem`. */
export async function compilePage(page: string, markdown: string): Promise<string[]> {
  const blocks = codeBlocks(markdown).filter(({ language }) => ['ts', 'typescript'].includes(language));
  const unexplained = blocks.filter(({ info }) => info !== '' && !/^no-check \(.{3,}\)$/.test(info));
  if (unexplained.length > 0) {
    return unexplained.map(({ line, info }) => `${page}:${line - 1}: '${info}' is not 'no-check (a reason)'`);
  }
  const checked = blocks.filter(({ info }) => info === '');
  if (checked.length === 0) return [];
  const folder = join(ROOT, 'build/docs', page);
  const files = await writeProject(folder, checked);
  const generated = await runNode([join(ROOT, 'dist/codegen/bin.js'), 'gen'], { cwd: folder });
  if (generated.code !== 0) return problemsIn(generated.stderr, page, files);
  const compiled = await runNode([join(ROOT, 'node_modules/typescript/bin/tsc'), '--pretty', 'false'], {
    cwd: folder,
  });
  return compiled.code === 0 ? [] : problemsIn(compiled.stdout, page, files);
}

/** Includes the repository's contracts, unless the page has a contract with the same path. */
async function writeProject(folder: string, blocks: readonly CodeBlock[]): Promise<Map<string, PageFile>> {
  await rm(folder, { recursive: true, force: true });
  await cp(join(ROOT, 'contracts'), join(folder, 'contracts'), { recursive: true });
  const shown = blocks.flatMap((block) => pathOf(block) ?? []);
  const contracts = new Set([
    ...(await readdir(join(folder, 'contracts'))).map((name) => `contracts/${name}`),
    ...shown,
  ]);
  const stubs = [...contracts]
    .filter((path) => path.startsWith('contracts/'))
    .flatMap((path) => contractName(path) ?? []);

  const files = collectFiles(blocks, stubs);
  for (const { path, lines } of files.values()) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), lines.map(({ text }) => text).join('\n'));
  }
  const config = {
    compilerOptions: COMPILER_OPTIONS,
    include: ['**/*.ts'],
    exclude: ['generated/*.schema.ts'],
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
  return files;
}

function collectFiles(blocks: readonly CodeBlock[], stubs: readonly string[]): Map<string, PageFile> {
  const files = new Map<string, PageFile>();
  for (const block of blocks) {
    const path = pathOf(block);
    const file = files.get(path ?? '') ?? { path: path ?? `snippet-${block.line}.ts`, lines: [] };
    if (path === undefined) file.lines.push({ text: preludeFor(block, stubs), pageLine: undefined });
    const lines = block.text.split('\n').map((text, index) => ({ text, pageLine: block.line + index }));
    file.lines.push(...lines);
    files.set(file.path, file);
  }
  return files;
}

function pathOf({ text }: CodeBlock): string | undefined {
  return /^\/\/ (\S+\.ts)$/m.exec(text.split('\n', 1)[0] ?? '')?.[1];
}

/** One line that declares the names a snippet may use, except those that it declares itself. */
function preludeFor(block: CodeBlock, stubs: readonly string[]): string {
  const own = declaredNames(block.text);
  const parts = [
    ...['ClusterClient', 'ClusterManager', 'IPCError', 'RemoteError'].map((name) => [
      name,
      `import { ${name} } from 'shardwire';`,
    ]),
    ['Client', "import { Client } from 'discord.js';"],
    ['bind', "import { bind } from './generated/index.js';"],
    ['client', "declare const client: import('discord.js').Client<true>;"],
    ['cluster', "declare const cluster: import('shardwire').ClusterClient;"],
    ['manager', "declare const manager: import('shardwire').ClusterManager;"],
    ...stubs.map((name) => [
      name,
      `declare const ${name}: import('./generated/index.js').Contracts['${name}'];`,
    ]),
  ] as const;
  return ['export {};', ...parts.filter(([name = '']) => !own.has(name)).map(([, text]) => text)].join(' ');
}

/** The names that a text declares at its top level. */
function declaredNames(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    const isNamed =
      ts.isImportSpecifier(node) ||
      ts.isImportClause(node) ||
      ts.isNamespaceImport(node) ||
      ts.isBindingElement(node);
    const isDeclared =
      isNamed ||
      ts.isVariableDeclaration(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isClassDeclaration(node);
    if (isDeclared && node.name !== undefined && ts.isIdentifier(node.name)) names.add(node.name.text);
    if (!ts.isBlock(node) && !ts.isExpression(node) && !ts.isClassDeclaration(node))
      ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('snippet.ts', text, ts.ScriptTarget.ESNext));
  return names;
}

/** Reads `file.ts(1,2): error ...` and `file.ts:1:2 - error ...`; other output is returned as it is. */
function problemsIn(output: string, page: string, files: ReadonlyMap<string, PageFile>): string[] {
  const places = [
    ...output.matchAll(/^(?<path>[^\s:(]+)[:(](?<line>\d+)[:,]\d+\)?(?: -|:) (?<problem>.*)$/gm),
  ];
  if (places.length === 0) return [`${page}: ${output}`];
  return places.map(({ groups: { path = '', line = '', problem = '' } = {} }) => {
    const pageLine = files.get(path)?.lines[Number(line) - 1]?.pageLine;
    return pageLine === undefined
      ? `${page}, ${path}:${line}: ${problem}`
      : `${page}:${pageLine}: ${problem}`;
  });
}
