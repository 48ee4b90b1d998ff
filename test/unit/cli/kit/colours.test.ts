import { expect, it } from 'vitest';
import { hasColours } from '../../../../src/cli/kit/colours.js';

type Case = [isTTY: boolean | undefined, env: Record<string, string>, isColoured: boolean];

it.each<Case>([
  [true, {}, true],
  [false, {}, false],
  [undefined, {}, false],
  [true, { TERM: 'xterm-256color' }, true],
  [false, { TERM: 'xterm-256color' }, false],
  [true, { TERM: 'dumb' }, false],
])('depends on the terminal: isTTY %s, %j', (isTTY, env, isColoured) => {
  expect(hasColours({ isTTY }, env)).toBe(isColoured);
});

it.each<Case>([
  [true, { NO_COLOR: '1' }, false],
  [true, { NO_COLOR: 'anything', TERM: 'xterm' }, false],
  [true, { NO_COLOR: '' }, true],
  [false, { NO_COLOR: '' }, false],
  [true, { NO_COLOR: '', TERM: 'dumb' }, false],
])('NO_COLOR turns colours off, unless it is empty: isTTY %s, %j', (isTTY, env, isColoured) => {
  expect(hasColours({ isTTY }, env)).toBe(isColoured);
});

it.each<Case>([
  [false, { FORCE_COLOR: '1' }, true],
  [false, { FORCE_COLOR: '' }, true],
  [false, { FORCE_COLOR: 'true', TERM: 'dumb' }, true],
  [false, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
  [true, { FORCE_COLOR: '0' }, false],
  [true, { FORCE_COLOR: 'false' }, false],
])('FORCE_COLOR overrides everything else: isTTY %s, %j', (isTTY, env, isColoured) => {
  expect(hasColours({ isTTY }, env)).toBe(isColoured);
});
