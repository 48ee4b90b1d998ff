import { PassThrough, Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { colourVariables, forwardLines, stdioFor } from '../../../src/supervisor/child-output.js';
import { turnUntil } from '../../support/turns.js';

/** Takes what is written when the test says so. */
class SlowWritable extends Writable {
  readonly written: string[] = [];
  #done: (() => void) | undefined;
  isOpen = false;

  constructor() {
    super({ highWaterMark: 16 });
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.written.push(chunk.toString());
    if (this.isOpen) done();
    else this.#done = done;
  }

  open(): void {
    this.isOpen = true;
    this.#done?.();
  }
}

function source(): PassThrough & { unref(): void } {
  return Object.assign(new PassThrough({ highWaterMark: 64 }), { unref: () => {} });
}

let destination: SlowWritable;

beforeEach(() => void (destination = new SlowWritable()));

async function wrote(...lines: readonly string[]): Promise<void> {
  await turnUntil(() => destination.written.join('').length >= lines.join('').length, lines.at(-1) ?? '');
  expect(destination.written.join('')).toBe(lines.join(''));
}

describe('what clusters write', () => {
  it('comes out in whole lines, each with the name of its cluster, however they take turns', async () => {
    const [one, two] = [source(), source()];
    destination.open();
    forwardLines(one, destination, '[cluster 1] ');
    forwardLines(two, destination, '[cluster 2] ');

    one.write('begin');
    two.write('hello\n');
    await wrote('[cluster 2] hello\n');
    one.write(' and end\n');

    await wrote('[cluster 2] hello\n', '[cluster 1] begin and end\n');
  });

  it('ends with the last line, finished or not', async () => {
    const from = source();
    destination.open();
    const end = forwardLines(from, destination, '> ');

    from.end('last words');
    await end();

    await wrote('> last words\n');
  });

  it('is not waited for where somebody else holds the pipe; what that writes still comes out', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const from = source();
    destination.open();
    const end = forwardLines(from, destination, '> ');
    from.write('unfinished');
    await turnUntil(() => from.readableLength === 0, 'the reading');

    const ended = end();
    vi.advanceTimersByTime(500);
    await ended;
    vi.useRealTimers();
    await wrote('> unfinished\n');
    from.end('later');

    await wrote('> unfinished\n', '> later\n');
  });

  it('is read no further than its destination takes, and goes on then, for all clusters', async () => {
    const [one, two] = [source(), source()];
    for (const each of [one, two]) forwardLines(each, destination, '> ');
    one.write('a line that fills it up\n');
    two.write('another that fills it up\n');
    await turnUntil(() => one.isPaused() && two.isPaused(), 'both to be paused');

    one.write('more\n');
    const kept = one.readableLength;
    const listeners = destination.listenerCount('drain');
    destination.open();

    await turnUntil(() => destination.written.join('').endsWith('more\n'), 'the rest');
    expect([kept, listeners, destination.listenerCount('drain')]).toEqual([5, 1, 0]);
  });

  it('is thrown away where its destination is closed: no cluster waits for that', async () => {
    const from = source();
    forwardLines(from, destination, '> ');
    from.write('a line that fills it up\n');
    await turnUntil(() => from.isPaused(), 'the pause');

    destination.destroy();
    await turnUntil(() => !from.isPaused(), 'the reading');
    from.end('nobody reads this\n');

    await turnUntil(() => from.readableEnded, 'the end');
    expect(destination.written).toHaveLength(1);
  });
});

describe('where clusters write', () => {
  const before = Object.getOwnPropertyDescriptors(process.stdout);

  afterEach(() => {
    for (const name of ['isTTY', 'getColorDepth'] as const) {
      Reflect.deleteProperty(process.stdout, name);
      if (before[name] !== undefined) Object.defineProperty(process.stdout, name, before[name]);
    }
  });

  it('is where the manager does, nowhere, or a pipe', () => {
    expect([stdioFor('inherit'), stdioFor('ignore'), stdioFor('prefix')]).toEqual([
      'inherit',
      'ignore',
      'pipe',
    ]);
  });

  it.each<[string, 'inherit' | 'prefix', boolean, NodeJS.ProcessEnv, object]>([
    ['as the terminal has them', 'prefix', true, {}, { FORCE_COLOR: '2' }],
    ['none without a terminal', 'prefix', false, {}, {}],
    ['as they are where nothing is in between', 'inherit', true, {}, {}],
    ['as the user wants them', 'prefix', true, { FORCE_COLOR: '0' }, {}],
    ['none where the user wants none', 'prefix', true, { NO_COLOR: '1' }, {}],
  ])('has colours: %s', (_what, output, isTerminal, env, variables) => {
    Object.assign(process.stdout, { isTTY: isTerminal, getColorDepth: () => 8 });

    expect(colourVariables(output, env)).toEqual(variables);
  });
});
