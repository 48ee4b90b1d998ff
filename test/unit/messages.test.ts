/**
 * What users read is written in words that users know.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { messagesIn } from './architecture/messages.js';
import type { Message } from './architecture/messages.js';
import { readModules } from './architecture/source-module.js';

const ROOT = join(import.meta.dirname, '../..');

/**
 * Terms for what is inside Shardwire. A user knows clusters, the manager, shards, handlers, events, contracts, calls,
 * payloads, processes, restarts, handovers and jobs, and can look none of these up.
 */
const INTERNAL_TERMS: readonly RegExp[] = [
  /\bagreements?\b/i,
  /\bcaller index\b/i,
  /\bcorrelations?\b/i,
  /\bendpoints?\b/i,
  // "In flight" is what gRPC and HTTP call an open request, too.
  /(?<!\bin )\bflights?\b/i,
  /\bfragments?\b/i,
  /\binbox\b/i,
  /\bkeyed\b/i,
  /\blaid out\b/i,
  /\blaunchers?\b/i,
  /\blayouts?\b/i,
  /\bnegotiat/i,
  /\bpeers?\b/i,
  /\bpongs?\b/i,
  /\bregistry\b/i,
  /\brosters?\b/i,
  /\brows?\b/i,
  /\bseats?\b/i,
  /\bshapes?\b/i,
  /\buplinks?\b/i,
  /\bwalkers?\b/i,
];

function internalTermsIn({ path, line, text }: Message): string[] {
  return INTERNAL_TERMS.flatMap((term) => {
    const found = term.exec(text);
    return found === null ? [] : [`${path}:${line}: '${found[0]}' in: ${text}`];
  });
}

const messages = [...readModules(ROOT, 'src'), ...readModules(ROOT, 'codegen')]
  .filter(({ path }) => !path.startsWith('src/testing/local-discord/'))
  .flatMap(({ path }) => messagesIn(path, readFileSync(join(ROOT, path), 'utf8')));

it('reads the messages of the whole source', () => {
  expect(messages.length).toBeGreaterThan(300);
  expect(messages.map(({ text }) => text)).toContainEqual(expect.stringContaining('no answer within'));
});

it('no message names a term that only this source knows', () => {
  expect(messages.flatMap(internalTermsIn)).toEqual([]);
});

describe('an internal term in a message', () => {
  it.each([
    ['of an error', "throw new Error('The peer has no link any more');", 'peer'],
    ['of a template', 'warn(`cluster ${id} has ${count} flights open`);', 'flights'],
    ['at the beginning', "const hint = 'Rows must be of one length';", 'Rows'],
  ])('is found: %s', (_where, source, term) => {
    const [found] = messagesIn('x.ts', source).flatMap(internalTermsIn);

    expect(found).toContain(`x.ts:1: '${term}'`);
  });

  it.each([
    ['an import', "import { peers } from './peers and others.js';"],
    ['a key', "const table = { 'row-format': 1 };"],
    ['code that is written to a page', "page.line('export const row = shape;');"],
  ])('is not looked for in %s', (_what, source) => {
    expect(messagesIn('x.ts', source)).toEqual([]);
  });
});
