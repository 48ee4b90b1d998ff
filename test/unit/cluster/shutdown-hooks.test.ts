import { describe, expect, it } from 'vitest';
import { ShutdownHooks } from '../../../src/cluster/shutdown-hooks.js';

describe('shutdown hooks', () => {
  it('all run at once, and are all waited for, though one fails', async () => {
    const hooks = new ShutdownHooks();
    const said: string[] = [];
    const failures: unknown[] = [];
    hooks.add(async () => {
      said.push('slow begins');
      await Promise.resolve();
      said.push('slow ends');
    });
    hooks.add(() => {
      throw new Error('this one fails');
    });
    hooks.add(() => said.push('quick'));

    await hooks.run((error) => failures.push(error));

    expect(said).toEqual(['slow begins', 'quick', 'slow ends']);
    expect(failures.map(String)).toEqual(['Error: this one fails']);
  });

  it('can be taken back', async () => {
    const hooks = new ShutdownHooks();
    const said: string[] = [];
    const takeBack = hooks.add(() => said.push('taken back'));

    takeBack();
    await hooks.run(() => {});

    expect(said).toEqual([]);
  });

  it('are functions', () => {
    expect(() => new ShutdownHooks().add('nothing' as never)).toThrow(
      'A shutdown hook must be a function, got string',
    );
  });
});
