import { describe, expect, it } from 'vitest';
import { classifyDeath, describeDeath } from '../../../src/supervisor/cluster-death.js';
import type { DeathCause, ProcessExit } from '../../../src/supervisor/cluster-death.js';

const killed: ProcessExit = { code: null, signal: 'SIGKILL' };
const words = { reason: 'uncaught-exception', detail: 'TypeError: no' } as const;

describe('classifyDeath', () => {
  it.each<[string, ProcessExit, DeathCause | undefined, typeof words | undefined, string]>([
    ['an exit by itself', { code: 7, signal: null }, undefined, undefined, 'exit'],
    ['an exception, by its last words', { code: 1, signal: null }, undefined, words, 'uncaught-exception'],
    ['an exit that was in order, whatever was said', { code: 0, signal: null }, undefined, words, 'exit'],
    ['a signal from outside', killed, undefined, words, 'signal'],
    ['V8 out of memory', { code: null, signal: 'SIGABRT' }, undefined, undefined, 'out-of-memory'],
    ['V8 out of memory, behind a shell', { code: 134, signal: null }, undefined, undefined, 'out-of-memory'],
    ['what the manager did, first of all', killed, { reason: 'frozen', detail: '' }, words, 'frozen'],
    ['a process that was never there', { code: null, signal: null }, undefined, undefined, 'not-started'],
  ])('tells %s', (_what, exit, cause, said, reason) => {
    expect(classifyDeath(exit, cause, said).reason).toBe(reason);
  });
});

describe('describeDeath', () => {
  const facts = { pid: 1, generation: 1, detail: '' };

  it('says it in one line, with what is known', () => {
    expect([
      describeDeath({ ...facts, reason: 'exit', code: 1, signal: null }),
      describeDeath({ ...facts, ...killed, reason: 'signal' }),
      describeDeath({ ...facts, ...words, code: 1, signal: null }),
      describeDeath({ ...facts, reason: 'stopped', code: 0, signal: null }),
      describeDeath({ ...facts, reason: 'not-started', detail: 'EMFILE', code: null, signal: null }),
    ]).toEqual([
      'exit code 1',
      'SIGKILL',
      'uncaught-exception: TypeError: no (exit code 1)',
      'stopped (exit code 0)',
      'not-started: EMFILE',
    ]);
  });
});
