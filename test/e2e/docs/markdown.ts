/**
 * Markdown: the code blocks of a page, and the files, headings and scripts that its text refers to. Lines count from 1.
 */

export interface CodeBlock {
  readonly language: string;
  /** What follows the language after the fence. */
  readonly info: string;
  /** The line of the first line of code. */
  readonly line: number;
  readonly text: string;
}

export interface Reference {
  readonly line: number;
  readonly target: string;
}

interface Page {
  readonly blocks: readonly CodeBlock[];
  /** The lines outside of code blocks; lines inside are empty here, so that line numbers stay right. */
  readonly prose: readonly string[];
}

const FENCE = /^(?<indent> *)(?<fence>`{3,})(?<language>\w*) *(?<info>.*)$/;
const SHELL = ['sh', 'bash', 'shell', 'console'];
/** npm's built-in commands, which need no script. */
const NPM_OWN = ['ci', 'i', 'install', 'run', 'exec', 'pack', 'publish'];

export function codeBlocks(markdown: string): readonly CodeBlock[] {
  return readPage(markdown).blocks;
}

/** Links to places within pages: `#d12` has an empty `path`. */
export interface AnchorLink extends Reference {
  readonly path: string;
  readonly anchor: string;
}

/** Links to files of the repository: without a scheme or an anchor. */
export function relativeLinks(markdown: string): Reference[] {
  return readPage(markdown).prose.flatMap((text, index) =>
    [...text.matchAll(/\]\((?![a-z]+:|#)([^)#\s]+)/g)].map(([, target = '']) => ({
      line: index + 1,
      target,
    })),
  );
}

export function anchorLinks(markdown: string): AnchorLink[] {
  return readPage(markdown).prose.flatMap((text, index) =>
    [...text.matchAll(/\]\((?![a-z]+:)([^)#\s]*)#([^)\s]+)/g)].map(([, path = '', anchor = '']) => ({
      line: index + 1,
      target: `${path}#${anchor}`,
      path,
      anchor,
    })),
  );
}

/** What links can lead to: the ids of `<a id="...">`, and headings as GitHub names them. */
export function anchorsIn(markdown: string): ReadonlySet<string> {
  const { prose } = readPage(markdown);
  const ids = prose.flatMap((text) => [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id));
  const headings = prose.flatMap((text) => /^#+ (?<title>.+)$/.exec(text)?.groups?.['title'] ?? []);
  return new Set([...ids, ...headings.map(slugOf)]);
}

function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');
}

/** The npm scripts that a page runs, in shell blocks and in inline code. */
export function npmScripts(markdown: string): Reference[] {
  const { blocks, prose } = readPage(markdown);
  const shell = blocks.filter(({ language }) => SHELL.includes(language));
  const commands = [
    ...shell.flatMap(({ line, text }) =>
      text.split('\n').map((command, index) => ({ line: line + index, command })),
    ),
    ...prose.flatMap((text, index) =>
      [...text.matchAll(/`([^`]+)`/g)].map(([, command = '']) => ({ line: index + 1, command })),
    ),
  ];
  return commands.flatMap(({ line, command }) =>
    [...command.matchAll(/\bnpm (run )?([a-z][\w:-]*)/g)]
      .filter(([, run, name = '']) => run !== undefined || !NPM_OWN.includes(name))
      .map(([, , target = '']) => ({ line, target })),
  );
}

function readPage(markdown: string): Page {
  const blocks: CodeBlock[] = [];
  const prose: string[] = [];
  let open: { readonly fence: RegExpExecArray; readonly line: number; readonly code: string[] } | undefined;
  for (const [index, text] of markdown.split('\n').entries()) {
    const fence = FENCE.exec(text);
    const { indent = '', fence: ticks = '', language = '', info = '' } = open?.fence.groups ?? {};
    prose.push(open === undefined && fence === null ? text : '');
    if (open === undefined) {
      if (fence !== null) open = { fence, line: index + 2, code: [] };
    } else if (text.trim() === ticks) {
      blocks.push({ language, info, line: open.line, text: open.code.join('\n') });
      open = undefined;
    } else {
      open.code.push(text.startsWith(indent) ? text.slice(indent.length) : text);
    }
  }
  if (open !== undefined) throw new Error(`line ${open.line - 1}: this code block has no end`);
  return { blocks, prose };
}
