/**
 * Layout: text that knows where it may break.
 *
 * A group goes on one line if it fits, otherwise one item a line; that is all a generated page needs to look as if
 * a formatter had been there.
 */
export type Doc = string | readonly Doc[] | Group;

export interface Group {
  readonly open: string;
  readonly close: string;
  readonly items: readonly Doc[];
  /** What separates the items: on one line, and at the ends of lines. */
  readonly between: string;
  /** What follows the last item when it stands on a line of its own. */
  readonly trailing: string;
  /** What replaces `open` and `close` on one line. */
  readonly flatOpen: string;
  readonly flatClose: string;
}

const MAX_COLUMN = 110;
const STEP = '  ';

/** `open a, b, c close` */
export function list(open: string, items: readonly Doc[], close: string): Doc {
  if (items.length === 0) return open + close;
  return { open, close, items, between: ',', trailing: ',', flatOpen: open, flatClose: close };
}

/** `Name<a, b>` */
export function typeArguments(name: string, items: readonly Doc[]): Doc {
  return {
    open: `${name}<`,
    close: '>',
    items,
    between: ',',
    trailing: '',
    flatOpen: `${name}<`,
    flatClose: '>',
  };
}

/** `{ a, b }` */
export function braces(items: readonly Doc[]): Doc {
  if (items.length === 0) return '{}';
  return { open: '{', close: '}', items, between: ',', trailing: ',', flatOpen: '{ ', flatClose: ' }' };
}

/** `{ a; b }` */
export function typeBraces(items: readonly Doc[]): Doc {
  if (items.length === 0) return '{}';
  return { open: '{', close: '}', items, between: ';', trailing: ';', flatOpen: '{ ', flatClose: ' }' };
}

/** `a && b`, in parentheses where it takes several lines. */
export function chain(items: readonly Doc[], operator: '&&' | '||'): Doc {
  const [only] = items;
  if (only !== undefined && items.length === 1) return only;
  return { open: '(', close: ')', items, between: ` ${operator}`, trailing: '', flatOpen: '', flatClose: '' };
}

/** `(a || b)` */
export function parenthesised(doc: Doc): Doc {
  if (typeof doc === 'object' && 'items' in doc && doc.open === '(')
    return { ...doc, flatOpen: '(', flatClose: ')' };
  return ['(', doc, ')'];
}

/** The text, for a place `column` characters into a line that is indented by `indent`. */
export function render(doc: Doc, indent: string, column: number): string {
  if (typeof doc === 'string') return doc;
  if (roomAfter(doc, MAX_COLUMN - column) >= 0) return flatten(doc);
  return 'items' in doc ? renderBroken(doc, indent) : renderParts(doc, indent, column);
}

/** What is left of a line when all of it stands there; below zero as soon as it is too much. */
function roomAfter(doc: Doc, room: number): number {
  if (typeof doc === 'string') return room - doc.length;
  let left = room;
  if ('items' in doc) left -= doc.flatOpen.length + doc.flatClose.length + separatorsIn(doc);
  for (const part of 'items' in doc ? doc.items : doc) {
    if (left < 0) return left;
    left = roomAfter(part, left);
  }
  return left;
}

function separatorsIn({ items, between }: Group): number {
  return Math.max(0, items.length - 1) * (between.length + 1);
}

function flatten(doc: Doc): string {
  if (typeof doc === 'string') return doc;
  if (!('items' in doc)) return doc.map(flatten).join('');
  return `${doc.flatOpen}${doc.items.map(flatten).join(`${doc.between} `)}${doc.flatClose}`;
}

function renderBroken(group: Group, indent: string): string {
  const inner = indent + STEP;
  const items = group.items.map((item) => inner + render(item, inner, inner.length + group.between.length));
  return `${group.open}\n${items.join(`${group.between}\n`)}${group.trailing}\n${indent}${group.close}`;
}

function renderParts(parts: readonly Doc[], indent: string, column: number): string {
  let text = '';
  for (const [i, part] of parts.entries()) {
    const lineStart = text.lastIndexOf('\n');
    const at = lineStart === -1 ? column + text.length : text.length - lineStart - 1;
    text += render(part, indent, at + plainLength(parts, i + 1));
  }
  return text;
}

/** How long the parts are that cannot break, from one of them on. */
function plainLength(parts: readonly Doc[], from: number): number {
  return parts.slice(from).reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 0), 0);
}
