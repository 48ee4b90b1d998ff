import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openReader } from '../../../codegen/frontend/contract-reader.js';
import type { Reading } from '../../../codegen/frontend/contract-reader.js';
import { useBotFolder } from './bot-folder.js';

describe("the library's types", () => {
  const bot = useBotFolder();

  /** Reads `contracts/users.ts`, which lies in the bot's folder. */
  function readUsers(text: string): Reading {
    const root = realpathSync(bot.path);
    const opened = openReader(root, join(root, 'tsconfig.json'));
    if (!opened.ok) throw new Error(opened.message);
    const source = 'contracts/users.ts';
    bot.put({ [source]: text });
    return opened.reader.read([{ path: join(root, source), source, text }]);
  }

  it('are recognised in a package that is linked into the project', () => {
    const { contracts, diagnostics } = readUsers(`
      import type { Handlers, Snowflake } from 'shardwire/contract';
      export interface Users extends Handlers { first(): Snowflake }`);

    expect(diagnostics).toEqual([]);
    expect(contracts[0]?.handlers).toMatchObject([{ output: { kind: 'snowflake' } }]);
  });

  it.each(['contract/declare', 'src/contract/declare', 'dist/src/contract/declare'])(
    'are not those of a %s.ts in the project',
    (path) => {
      bot.put({ [`${path}.ts`]: 'export interface Handlers { count: number }' });

      const { contracts, diagnostics } = readUsers(`
        import type { Handlers } from 'shardwire/contract';
        import type { Handlers as Counted } from '../${path}.js';
        export interface Totals extends Counted { sum: number }
        export interface Users extends Handlers { first(): Counted; second(): Totals }`);

      expect(diagnostics).toEqual([]);
      expect(contracts[0]?.handlersType).toBe('Users');
      expect(contracts[0]?.types.map(({ name }) => name)).toEqual(['Handlers', 'Totals']);
    },
  );
});
