import { describe, expect, it } from 'vitest';
import { changeKindOf } from '../../../src/cli/bots/dev/watched-project.js';
import type { ProjectFiles } from '../../../src/cli/bots/dev/watched-project.js';

const FILES: ProjectFiles = {
  bot: '/p/src/bot.ts',
  contracts: '/p/contracts',
  out: '/p/src/generated',
  reachable: new Set([
    '/p/src/bot.ts',
    '/p/shared/words.ts',
    '/p/src/texts.json',
    '/p/src/generated/index.ts',
  ]),
  reachableFromContracts: new Set(['/p/contracts/guilds.ts', '/p/types/ids.ts']),
};

describe('a change', () => {
  it.each([
    ['the bot file', '/p/src/bot.ts', 'source'],
    [
      'a file below it that nothing imports by name, as commands are loaded',
      '/p/src/commands/ping.ts',
      'source',
    ],
    ['JavaScript', '/p/src/commands/ping.mjs', 'source'],
    ['a file elsewhere that the bot imports', '/p/shared/words.ts', 'source'],
    ['data that the bot imports', '/p/src/texts.json', 'source'],
    ['data that the bot may have written itself', '/p/src/state.json', undefined],
    ['a file elsewhere that nothing imports', '/p/shared/other.ts', undefined],
    ['what the generator writes', '/p/src/generated/index.ts', undefined],
    ['a package', '/p/src/node_modules/x/index.js', undefined],
    ['build output', '/p/src/dist/bot.js', undefined],
    ['what is hidden', '/p/src/.cache/x.js', undefined],
    ['what an editor keeps beside', '/p/src/bot.ts~', undefined],
    ['a contract', '/p/contracts/guilds.ts', 'contract'],
    ['a contract that is new', '/p/contracts/shop.ts', 'contract'],
    ['what a contract imports', '/p/types/ids.ts', 'contract'],
    ['a neighbour of the folder', '/p/src2/bot.ts', undefined],
  ])('of %s: %s is %s', (_what, path, kind) => {
    expect(changeKindOf(path, FILES)).toBe(kind);
  });

  it('in a folder called like build output counts where the bot file is in it', () => {
    const built = { ...FILES, bot: '/p/dist/bot.js' };

    expect(changeKindOf('/p/dist/commands/ping.js', built)).toBe('source');
  });

  it('of a contract is one of source where no pages are written', () => {
    const plain: ProjectFiles = {
      ...FILES,
      contracts: undefined,
      reachableFromContracts: new Set(),
      bot: '/p/bot.ts',
    };

    expect(changeKindOf('/p/contracts/guilds.ts', plain)).toBe('source');
  });
});
