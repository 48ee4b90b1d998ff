/**
 * Whatever users can import says in an editor what it is.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { publicDocsOf } from './architecture/public-docs.js';

const ROOT = join(import.meta.dirname, '../..');

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly 'shardwire-source': string }>>;
}

it('every public name and member has a doc comment', () => {
  const { exports } = JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8')) as Manifest;
  const entries = Object.values(exports).flatMap((entry) =>
    typeof entry === 'string' ? [] : [entry['shardwire-source'].slice(2)],
  );

  const { total, undocumented } = publicDocsOf(ROOT, entries);

  expect(total).toBeGreaterThan(400);
  expect(undocumented).toEqual([]);
});
