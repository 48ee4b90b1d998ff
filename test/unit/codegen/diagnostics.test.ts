import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DIAGNOSTICS, compareDiagnostics } from '../../../codegen/diagnostics/diagnostics.js';
import { formatDiagnostic } from '../../../codegen/diagnostics/format-diagnostic.js';
import { ROOT, readTexts } from './read-contract.js';

const BAD = 'test/golden/bad';
const contracts = readdirSync(`${ROOT}/${BAD}`).filter((name) => name.endsWith('.ts'));

describe('what is said about a bad contract', () => {
  it.each(contracts)('%s: is what the page next to it says, its own code among it', async (name) => {
    const source = `${BAD}/${name}`;

    const { diagnostics } = readTexts({ [source]: readFileSync(`${ROOT}/${source}`, 'utf8') });

    const text = diagnostics.toSorted(compareDiagnostics).map((one) => formatDiagnostic(one));
    expect(diagnostics.map(({ code }) => code)).toContain(name.replace('.ts', ''));
    await expect(`${text.join('\n\n')}\n`).toMatchFileSnapshot(
      `${ROOT}/${BAD}/${name.replace('.ts', '.txt')}`,
    );
  });

  it('has a bad contract for every code that a contract alone can cause', () => {
    const ofFolders = ['SW1005', 'SW1006', 'SW1007'];
    const codes = Object.keys(DIAGNOSTICS).filter((code) => code < 'SW5' && !ofFolders.includes(code));

    expect(contracts.map((name) => name.replace('.ts', ''))).toEqual(codes);
  });

  it('reports everything in all files in one run', () => {
    const { diagnostics } = readTexts({
      'contracts/a.ts': readFileSync(`${ROOT}/${BAD}/SW2001.ts`, 'utf8'),
      'contracts/b.ts': readFileSync(`${ROOT}/${BAD}/SW1008.ts`, 'utf8'),
    });

    const found = diagnostics.map(({ code, location }) => `${location?.file} ${code}`);
    expect(found).toEqual([
      'contracts/a.ts SW2001',
      'contracts/a.ts SW2001',
      'contracts/a.ts SW2001',
      'contracts/b.ts SW1008',
      'contracts/b.ts SW1008',
    ]);
  });
});

describe('the page about diagnostics', () => {
  const page = readFileSync(`${ROOT}/docs/diagnostics.md`, 'utf8');

  it.each(Object.keys(DIAGNOSTICS))('explains %s', (code) => {
    expect(page).toContain(`### ${code}`);
  });

  it('explains no code that there is not', () => {
    const explained = [...page.matchAll(/^### (SW\d+)/gm)].map(([, code]) => code);

    expect(explained).toEqual(Object.keys(DIAGNOSTICS));
  });
});
