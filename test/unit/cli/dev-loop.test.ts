import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deferred } from '../../../src/async/deferred.js';
import { DevLoop, QUIET_MS } from '../../../src/cli/bots/dev/dev-loop.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A bot whose restarts end when the test says so, and a generator that can be told to fail. */
function scene({ pages = false } = {}) {
  const said: string[] = [];
  const restarts: { readonly end: () => void; readonly interrupt: AbortSignal }[] = [];
  const generator = { isRight: true, until: Promise.resolve() };
  const loop = new DevLoop(
    {
      onChanges: (paths) => said.push(`noticed ${[...paths].join(' ')}`),
      generate: async () => {
        said.push('gen');
        await generator.until;
        return generator.isRight;
      },
      restart: async (interrupt) => {
        said.push('restart');
        const restart = deferred();
        restarts.push({ end: restart.resolve, interrupt });
        await restart.promise;
      },
    },
    { pages },
  );
  const quiet = () => vi.advanceTimersByTimeAsync(QUIET_MS);
  const endRestart = async () => {
    restarts.at(-1)?.end();
    await quiet();
  };
  const said_ = () => said.splice(0);
  return { loop, restarts, generator, quiet, endRestart, said: said_ };
}

describe('the development loop', () => {
  it('writes the pages before the first start', async () => {
    const { loop, said, quiet } = scene({ pages: true });

    loop.start();
    await quiet();

    expect(said()).toEqual(['gen', 'restart']);
  });

  it('starts anew once for all that changes together', async () => {
    const { loop, said, quiet } = scene();

    loop.onChange('source', 'a.ts');
    await vi.advanceTimersByTimeAsync(QUIET_MS - 1);
    loop.onChange('source', 'b.ts');
    loop.onChange('source', 'a.ts');
    await vi.advanceTimersByTimeAsync(QUIET_MS - 1);
    expect(said()).toEqual([]);
    await quiet();

    expect(said()).toEqual(['noticed a.ts b.ts', 'restart']);
  });

  it('writes the pages first when a contract has changed, and only then', async () => {
    const { loop, said, quiet, endRestart } = scene();

    loop.onChange('source', 'a.ts');
    loop.onChange('contract', 'c.ts');
    await quiet();
    await endRestart();
    loop.onChange('source', 'a.ts');
    await quiet();

    expect(said()).toEqual(['noticed a.ts c.ts', 'gen', 'restart', 'noticed a.ts', 'restart']);
  });

  it('leaves the bot as it is while the pages cannot be written, also when its source changes', async () => {
    const { loop, said, quiet, generator } = scene();
    generator.isRight = false;

    loop.onChange('contract', 'c.ts');
    await quiet();
    loop.onChange('source', 'a.ts');
    await quiet();
    expect(said()).toEqual(['noticed c.ts', 'gen', 'noticed a.ts', 'gen']);

    generator.isRight = true;
    loop.onChange('contract', 'c.ts');
    await quiet();
    expect(said()).toEqual(['noticed c.ts', 'gen', 'restart']);
  });

  it('interrupts a start that is useless by now, and follows it by exactly one, however much has changed', async () => {
    const { loop, said, restarts, quiet, endRestart } = scene();
    loop.start();
    await quiet();

    for (const path of ['a.ts', 'b.ts', 'c.ts']) {
      loop.onChange('source', path);
      await quiet();
    }
    expect(restarts.map(({ interrupt }) => interrupt.aborted)).toEqual([true]);
    await endRestart();
    await endRestart();

    expect(said()).toEqual(['restart', 'noticed a.ts', 'noticed b.ts', 'noticed c.ts', 'restart']);
    expect(restarts.map(({ interrupt }) => interrupt.aborted)).toEqual([true, false]);
  });

  it('starts the bot once when its source changes while the pages are written', async () => {
    const { loop, said, generator, restarts, quiet } = scene({ pages: true });
    const writing = deferred();
    generator.until = writing.promise;
    loop.start();

    loop.onChange('source', 'a.ts');
    await quiet();
    expect(said()).toEqual(['gen', 'noticed a.ts']);
    writing.resolve();
    await quiet();

    expect(said()).toEqual(['restart']);
    expect(restarts.map(({ interrupt }) => interrupt.aborted)).toEqual([false]);
  });

  it('rests when nothing changes', async () => {
    const { loop, said, quiet, endRestart } = scene();
    loop.start();
    await quiet();
    await endRestart();

    expect(vi.getTimerCount()).toBe(0);
    expect(said()).toEqual(['restart']);
  });
});
