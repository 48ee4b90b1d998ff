/**
 * Fragments: source text that knows where it may break.
 *
 * A fragment is a string, which never breaks; an array of fragments, printed one after the other; or a group, which
 * stands on one line if it fits and otherwise prints one item per line. Generated pages need no more than that to look
 * formatted. Emitters build fragments with the functions of this file; `render` turns them into text.
 */
export type Fragment = string | readonly Fragment[] | Group;

export interface Group {
  readonly open: string;
  readonly close: string;
  readonly items: readonly Fragment[];
  /** Separates the items, on one line and at the ends of lines. */
  readonly separator: string;
  /** Follows the last item when that item stands on a line by itself. */
  readonly trailing: string;
  /** Replaces `open` when the group stands on one line. */
  readonly flatOpen: string;
  /** Replaces `close` when the group stands on one line. */
  readonly flatClose: string;
}

const MAX_COLUMN = 110;
const INDENT = '  ';

/** `call('packArray', ['tags', 'packTag'])` prints `packArray(tags, packTag)`. */
export function call(callee: string, args: readonly Fragment[]): Fragment {
  return list(`${callee}(`, args, ')');
}

/** `brackets(['a', 'b'])` prints `[a, b]`: an array literal or a tuple type. */
export function brackets(items: readonly Fragment[]): Fragment {
  return list('[', items, ']');
}

/** `braces(['a', 'b: 1'])` prints `{ a, b: 1 }`: an object literal, a pattern or import names. */
export function braces(items: readonly Fragment[]): Fragment {
  if (items.length === 0) return '{}';
  return { open: '{', close: '}', items, separator: ',', trailing: ',', flatOpen: '{ ', flatClose: ' }' };
}

/** `typeBraces(['a: string', 'b: number'])` prints `{ a: string; b: number }`: an object type. */
export function typeBraces(items: readonly Fragment[]): Fragment {
  if (items.length === 0) return '{}';
  return { open: '{', close: '}', items, separator: ';', trailing: ';', flatOpen: '{ ', flatClose: ' }' };
}

/** `typeArguments('Map', ['string', 'Tag'])` prints `Map<string, Tag>`. */
export function typeArguments(name: string, items: readonly Fragment[]): Fragment {
  const [open, close] = [`${name}<`, '>'];
  return { open, close, items, separator: ',', trailing: '', flatOpen: open, flatClose: close };
}

/** `chain(['a', 'b'], '&&')` prints `a && b`, in parentheses if the chain takes several lines. */
export function chain(items: readonly Fragment[], operator: '&&' | '||'): Fragment {
  const [only] = items;
  if (only !== undefined && items.length === 1) return only;
  const separator = ` ${operator}`;
  return { open: '(', close: ')', items, separator, trailing: '', flatOpen: '', flatClose: '' };
}

/** `parenthesised(chain(['a', 'b'], '||'))` prints `(a || b)`; a chain that takes several lines gets no second pair. */
export function parenthesised(fragment: Fragment): Fragment {
  if (isGroup(fragment) && fragment.open === '(') return { ...fragment, flatOpen: '(', flatClose: ')' };
  return ['(', fragment, ')'];
}

export function isGroup(fragment: Fragment): fragment is Group {
  return typeof fragment === 'object' && 'items' in fragment;
}

function list(open: string, items: readonly Fragment[], close: string): Fragment {
  if (items.length === 0) return open + close;
  return { open, close, items, separator: ',', trailing: ',', flatOpen: open, flatClose: close };
}

/**
 * Returns the text of a fragment.
 *
 * @param indent - The indentation of the line that the fragment begins on.
 * @param column - How many characters of that line precede the fragment.
 */
export function render(fragment: Fragment, indent: string, column: number): string {
  if (typeof fragment === 'string') return fragment;
  if (roomAfter(fragment, MAX_COLUMN - column) >= 0) return flatten(fragment);
  return isGroup(fragment) ? renderBroken(fragment, indent) : renderParts(fragment, indent, column);
}

/** The room left on a line after the whole fragment; negative as soon as the fragment does not fit. */
function roomAfter(fragment: Fragment, room: number): number {
  if (typeof fragment === 'string') return room - fragment.length;
  let left = room;
  if (isGroup(fragment)) {
    left -= fragment.flatOpen.length + fragment.flatClose.length + separatorsLength(fragment);
  }
  for (const part of isGroup(fragment) ? fragment.items : fragment) {
    if (left < 0) return left;
    left = roomAfter(part, left);
  }
  return left;
}

function separatorsLength({ items, separator }: Group): number {
  return Math.max(0, items.length - 1) * (separator.length + 1);
}

function flatten(fragment: Fragment): string {
  if (typeof fragment === 'string') return fragment;
  if (!isGroup(fragment)) return fragment.map(flatten).join('');
  const { flatOpen, items, separator, flatClose } = fragment;
  return `${flatOpen}${items.map(flatten).join(`${separator} `)}${flatClose}`;
}

function renderBroken({ open, items, separator, trailing, close }: Group, indent: string): string {
  const inner = indent + INDENT;
  const lines = items.map((item) => inner + render(item, inner, inner.length + separator.length));
  return `${open}\n${lines.join(`${separator}\n`)}${trailing}\n${indent}${close}`;
}

function renderParts(parts: readonly Fragment[], indent: string, column: number): string {
  let text = '';
  for (const [i, part] of parts.entries()) {
    const lineStart = text.lastIndexOf('\n');
    const at = lineStart === -1 ? column + text.length : text.length - lineStart - 1;
    text += render(part, indent, at + unbreakableLength(parts, i + 1));
  }
  return text;
}

/** The length of the parts from an index on that cannot break. */
function unbreakableLength(parts: readonly Fragment[], from: number): number {
  return parts.slice(from).reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 0), 0);
}
