/**
 * Messages: the texts in the source that a user may read.
 *
 * A text counts as a message when it reads as words: two of them at least, beside code that the generator writes. What
 * is imported, a key, or a part of a regular expression is no message.
 */
import { ts } from 'ts-morph';

export interface Message {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/** @param path - Where the source is, for whoever looks a message up. */
export function messagesIn(path: string, source: string): Message[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const messages: Message[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isLiteralTypeNode(node)) return;
    const text = textOf(node);
    if (text !== undefined && readsAsWords(text)) {
      messages.push({ path, line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1, text });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return messages;
}

/** The text of a literal; a template's with `…` for each value in it. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…');
}

function readsAsWords(text: string): boolean {
  const words = text.split(/\s+/).filter((word) => /^[('"`*]?[A-Za-z][a-z'-]*[)'"`*,.:;?!]*$/.test(word));
  return words.length >= 2 && !/[;{}]\s*$|=>|^\s*(export|import|const|return|type|if) /.test(text);
}
