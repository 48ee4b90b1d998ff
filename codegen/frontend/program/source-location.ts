/**
 * Source locations: turns nodes of the compiler into the ranges that messages show.
 */
import type { ts } from 'ts-morph';
import type { SourceLocation } from '../../diagnostics/diagnostics.js';
import { relativePath } from '../../relative-path.js';

export function locationOf(node: ts.Node, root: string): SourceLocation {
  const file = node.getSourceFile();
  const start = node.getStart(file);
  return locationAt(file, start, node.getEnd() - start, root);
}

export function locationAt(file: ts.SourceFile, start: number, length: number, root: string): SourceLocation {
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  const lineStart = file.getPositionOfLineAndCharacter(line, 0);
  const [lineText = ''] = file.text.slice(lineStart).split(/\r?\n/, 1);
  return { file: relativePath(root, file.fileName), line: line + 1, column: character + 1, length, lineText };
}
