import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';

it('holds under load, kills and stops: flat memory, empty tables, callers told at once', async () => {
  const soak = spawn(process.execPath, ['--expose-gc', 'bench/soak/run.mjs', '--minutes', '0.6'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [soak.stdout, soak.stderr]) stream.on('data', (text) => (output += String(text)));

  const [code] = (await once(soak, 'exit')) as [number | null];

  expect(output).toContain('The soak held.');
  expect(code).toBe(0);
}, 180_000);
