/**
 * Bench of the generator: cold runs of the built command over many contracts, and the memory that they take.
 *
 * Each run is a process of its own, as in a build. Usage: npm run bench -- gen [--rounds 5]
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from './kit/statistics.mjs';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const rounds = Number(values.rounds);
const root = fileURLToPath(new URL('../', import.meta.url));

/** Says at the end how much memory the process held at most, and how long processors worked for it. */
const report = `data:text/javascript,${encodeURIComponent(
  `process.on("exit", () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    process.stderr.write("peak " + maxRSS + " cpu " + (userCPUTime + systemCPUTime));
  })`,
)}`;

const sizes = [
  { files: 50, limitMs: 1_500 },
  { files: 200, limitMs: 4_000 },
];

/** Five handlers and ten types, of which some mention each other. */
function contract(number) {
  const types = Array.from({ length: 10 }, (_, i) => {
    const inner = i === 0 ? 'string' : `Type${i - 1} | null`;
    return `
/** What is known about something, part ${i}. */
export interface Type${i} {
  id: Snowflake;
  kind: 'guild' | 'user' | 'channel${i}';
  names: string[];
  at?: Date;
  inner: ${inner};
}`;
  });
  const handlers = Array.from({ length: 5 }, (_, i) => {
    return `
  /** Asks for something. */
  getThing${i}(data: { guildId: Snowflake; limit?: UInt }): Promise<Type${i * 2}[] | null>;`;
  });
  return `import type { Handlers, Snowflake, UInt } from 'shardwire/contract';
${types.join('\n')}

export interface Contract${number} extends Handlers {${handlers.join('')}
}
`;
}

function project(files) {
  const folder = mkdtempSync(join(tmpdir(), 'shardwire-bench-'));
  mkdirSync(join(folder, 'node_modules'));
  mkdirSync(join(folder, 'contracts'));
  symlinkSync(root, join(folder, 'node_modules/shardwire'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  for (let i = 0; i < files; i++) writeFileSync(join(folder, `contracts/things${i}.ts`), contract(i));
  return folder;
}

function run(files) {
  const folder = project(files);
  try {
    const start = performance.now();
    const args = ['--import', report, join(root, 'dist/codegen/bin.js'), 'gen'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    const ms = performance.now() - start;
    if (status !== 0) throw new Error(stdout + stderr);
    const [, peak, cpu] = /peak (\d+) cpu (\d+)/.exec(stderr) ?? [];
    return { ms, peakMb: Number(peak) / 1024, cpuMs: Number(cpu) / 1000 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const rows = sizes.map(({ files, limitMs }) => {
  const runs = Array.from({ length: rounds }, () => run(files));
  const times = runs.map(({ ms }) => ms);
  return {
    contracts: files,
    handlers: files * 5,
    types: files * 10,
    'median ms': Math.round(median(times)),
    'best-worst': `${Math.round(Math.min(...times))}-${Math.round(Math.max(...times))}`,
    'cpu ms': Math.round(median(runs.map(({ cpuMs }) => cpuMs))),
    'peak MB': Math.round(median(runs.map(({ peakMb }) => peakMb))),
    promise: `under ${limitMs} ms`,
    kept: median(times) < limitMs,
  };
});
console.table(rows);
