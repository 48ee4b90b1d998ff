/**
 * Places: from the compiler's nodes to what a message shows.
 */
import type { ts } from 'ts-morph';
import type { Place } from '../../diagnostics/diagnostics.js';
import { relativePath } from '../../relative-path.js';

export function placeOfNode(node: ts.Node, root: string): Place {
  const file = node.getSourceFile();
  const start = node.getStart(file);
  return placeOf(file, start, node.getEnd() - start, root);
}

export function placeOf(file: ts.SourceFile, start: number, length: number, root: string): Place {
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  const lineStart = file.getPositionOfLineAndCharacter(line, 0);
  const [lineText = ''] = file.text.slice(lineStart).split(/\r?\n/, 1);
  return { file: relativePath(root, file.fileName), line: line + 1, column: character + 1, length, lineText };
}
