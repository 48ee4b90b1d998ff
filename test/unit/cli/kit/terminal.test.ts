import { expect, it } from 'vitest';
import { canRedraw } from '../../../../src/cli/kit/terminal.js';

it.each<[isTTY: boolean | undefined, env: Record<string, string>, isRedrawn: boolean]>([
  [true, {}, true],
  [true, { TERM: 'xterm' }, true],
  [true, { TERM: 'xterm', CI: '' }, true],
  [false, { TERM: 'xterm' }, false],
  [undefined, { TERM: 'xterm' }, false],
  [true, { TERM: 'dumb' }, false],
  [true, { TERM: 'xterm', CI: 'true' }, false],
])('text is replaced only where somebody watches: isTTY %s, %j', (isTTY, env, isRedrawn) => {
  expect(canRedraw({ isTTY }, env)).toBe(isRedrawn);
});
