/**
 * Compiling pages, for bots without a build step: turns a TypeScript page into JavaScript and declarations.
 *
 * Each page is compiled alone and without a type checker, since pages annotate their exports. Schema pages do not, because
 * TypeBox infers their types; their declarations say only that the exports are schemas.
 */
import type { ts } from 'ts-morph';
import { compiler } from './compiler.js';

const OPTIONS: ts.CompilerOptions = {
  target: compiler.ScriptTarget.ES2022,
  module: compiler.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
  rewriteRelativeImportExtensions: true,
  isolatedDeclarations: true,
  declaration: true,
};

/** @param pages - The texts of the pages, by their names. */
export function compilePages(pages: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map(
    [...pages].flatMap(([fileName, text]) => {
      const name = fileName.replace(/\.ts$/, '');
      const isSchema = name.endsWith('.schema');
      const code = withHeader(
        compiler.transpileModule(text, { fileName, compilerOptions: OPTIONS }).outputText,
        text,
      );
      const types = isSchema ? schemaTypes(text, fileName) : withHeader(declarationsOf(text, fileName), text);
      return [
        [`${name}.js`, code],
        [`${name}.d.ts`, types],
      ] as const;
    }),
  );
}

/** The compiler drops the header comment together with an import of types below it. */
function withHeader(compiled: string, text: string): string {
  return compiled.startsWith('/**') ? compiled : `${headerOf(text)}${compiled}`;
}

function headerOf(text: string): string {
  return text.slice(0, text.indexOf('*/') + '*/\n'.length);
}

function declarationsOf(text: string, fileName: string): string {
  return compiler.transpileDeclaration(text, { fileName, compilerOptions: OPTIONS }).outputText;
}

/** Declares the exports of a schema page: single schemas, and two tables of schemas. */
function schemaTypes(text: string, fileName: string): string {
  const page = compiler.createSourceFile(fileName, text, compiler.ScriptTarget.ES2022);
  const names = page.statements.filter(compiler.isVariableStatement).flatMap((statement) => {
    const isExported =
      statement.modifiers?.some(({ kind }) => kind === compiler.SyntaxKind.ExportKeyword) === true;
    return isExported ? statement.declarationList.declarations.map(({ name }) => name.getText(page)) : [];
  });
  const lines = names.map((name) => `export declare const ${name}: ${TABLES.get(name) ?? 'TSchema'};`);
  return `${headerOf(text)}import type { TSchema } from 'typebox';\n${lines.join('\n')}\n`;
}

const TABLES: ReadonlyMap<string, string> = new Map([
  ['handlers', '{ readonly [name: string]: { readonly input: TSchema; readonly output: TSchema } }'],
  ['events', '{ readonly [name: string]: TSchema }'],
]);
