import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { UsageError } from '../../../src/cli/kit/usage-error.js';
import { execArgvFor, findBotFile, capabilitiesFor } from '../../../src/cli/bots/resolve-bot-file.js';

const NOTHING = { execArgv: ['--enable-source-maps'], stripsTypes: false, tsx: undefined };

describe('a bot file', () => {
  it('that does not exist is reported, with one that does', () => {
    const folder = mkdtempSync(join(tmpdir(), 'shardwire-bot-file-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'bot.ts'), '');

    expect(findBotFile('bot.ts', folder)).toBe(join(folder, 'bot.ts'));
    expect(() => findBotFile('bot.js', folder)).toThrow(' Did you mean bot.ts?');
    expect(() => findBotFile('boot.js', folder)).toThrow(
      new UsageError(`Bot file not found: ${join(folder, 'boot.js')}.`),
    );
  });

  it('in JavaScript runs as this process does', () => {
    expect(execArgvFor('/bot.mjs', { ...NOTHING, tsx: '/node_modules/tsx/loader.mjs' })).toEqual(
      NOTHING.execArgv,
    );
  });

  it('in TypeScript runs with the tsx of its project', () => {
    expect(execArgvFor('/bot.ts', { ...NOTHING, tsx: '/node_modules/tsx/dist/loader.mjs' })).toEqual([
      '--enable-source-maps',
      '--import',
      'file:///node_modules/tsx/dist/loader.mjs',
    ]);
  });

  it('in TypeScript runs with the tsx of this process, not with two', () => {
    const execArgv = ['--import', 'file:///elsewhere/node_modules/tsx/dist/loader.mjs'];

    expect(execArgvFor('/bot.ts', { ...NOTHING, execArgv, tsx: '/x/tsx/loader.mjs' })).toEqual(execArgv);
  });

  it('in TypeScript runs without tsx where Node strips types', () => {
    expect(execArgvFor('/bot.ts', { ...NOTHING, stripsTypes: true })).toEqual(NOTHING.execArgv);
  });

  it.each(['/bot.ts', '/bot.mts', '/bot.tsx'])(
    'in TypeScript is refused with advice where nothing can run it: %s',
    (file) => {
      expect(() => execArgvFor(file, NOTHING)).toThrow(/npm i -D tsx/);
    },
  );

  it('resolves tsx from its own project', () => {
    expect(capabilitiesFor(join(import.meta.dirname, 'bot.ts')).tsx).toMatch(
      /[\\/]tsx[\\/]dist[\\/]loader\.mjs$/,
    );
    expect(capabilitiesFor(join(tmpdir(), 'bot.ts')).tsx).toBeUndefined();
  });
});
