import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PinnedArea } from '../../../src/cli/bots/table/pinned-area.js';
import { SmallScreen } from './small-screen.js';

const ROWS = 8;

function scene() {
  const screen = new SmallScreen(ROWS);
  const area = new PinnedArea();
  return {
    screen,
    draw: (...lines: string[]) => screen.write(area.draw(lines, ROWS)),
    release: () => screen.write(area.release()),
  };
}

describe('a pinned area', () => {
  it('stays at the bottom while others write above it', () => {
    const { screen, draw } = scene();
    screen.write('one\ntwo\n');

    draw('A', 'B');
    for (const word of ['three', 'four', 'five', 'six', 'seven']) screen.write(`${word}\n`);
    draw('A2', 'B2');

    expect(screen.lines).toEqual(['three', 'four', 'five', 'six', 'seven', '', 'A2', 'B2']);
  });

  it('makes room where the screen is full already', () => {
    const { screen, draw } = scene();
    screen.write('1\n2\n3\n4\n5\n6\n7\n8\n');

    draw('A', 'B');
    screen.write('9\n');

    expect(screen.lines).toEqual(['5', '6', '7', '8', '9', '', 'A', 'B']);
  });

  it('grows and shrinks, and loses nothing of what others wrote', () => {
    const { screen, draw } = scene();
    draw('A');
    screen.write('1\n2\n3\n4\n5\n6\n');

    draw('A', 'B', 'C');
    screen.write('7\n');
    expect(screen.lines).toEqual(['4', '5', '6', '7', '', 'A', 'B', 'C']);

    draw('A');
    screen.write('8\n9\n');
    expect(screen.lines).toEqual(['4', '5', '6', '7', '8', '9', '', 'A']);
  });

  it('is gone without a trace when it is given up', () => {
    const { screen, draw, release } = scene();
    screen.write('1\n2\n');
    draw('A', 'B');
    screen.write('3\n');

    release();
    screen.write('4\n5\n6\n7\n8\n');

    expect(screen.lines).toEqual(['2', '3', '4', '5', '6', '7', '8', '']);
  });

  it('moves with the bottom when the terminal changes its size', () => {
    const area = new PinnedArea();
    area.draw(['A', 'B'], ROWS);
    const larger = new SmallScreen(12);

    larger.write(area.draw(['A', 'B'], 12));
    larger.write('after\n');

    expect(larger.lines.slice(-4)).toEqual(['after', '', 'A', 'B']);
  });

  it('never mixes with what others write, whatever happens in which order', () => {
    const step = fc.oneof(
      fc.record({ say: fc.constant(true) }),
      fc.record({ height: fc.integer({ min: 0, max: 4 }) }),
    );

    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { screen, draw } = scene();
        let said = 0;
        let height = 0;
        for (const one of steps) {
          if ('height' in one) height = one.height;
          else screen.write(`said ${said++}\n`);
          draw(...Array.from({ length: height }, (_, index) => `line ${index}`));
        }

        const above = screen.lines.slice(0, ROWS - height).filter((line) => line !== '');
        expect(screen.lines.slice(ROWS - height)).toEqual(
          Array.from({ length: height }, (_, index) => `line ${index}`),
        );
        expect(above).toEqual(
          Array.from({ length: above.length }, (_, index) => `said ${said - above.length + index}`),
        );
        expect(above.length).toBeGreaterThanOrEqual(Math.min(said, 3));
      }),
    );
  });
});
