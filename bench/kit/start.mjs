/**
 * Start-up: fresh processes that import something, beside one that imports nothing; and the size of the package.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median } from './statistics.mjs';
import { figure } from './table.mjs';

const bench = fileURLToPath(new URL('../', import.meta.url));
const LIMIT = { ms: 30, bytes: 4_000_000 };

/** What is imported, by the name it has in the table. */
const imports = {
  'bare Node': '',
  shardwire: "await import('shardwire');",
  'shardwire/runtime': "await import('shardwire/runtime');",
  'a page of 20 handlers': "await import('./generated/twenty/twenty.js');",
};

/** @returns Medians of what each import takes over bare Node, and what is packed. */
export function measureStart(rounds) {
  const measured = Object.fromEntries(Object.keys(imports).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, text] of Object.entries(imports)) measured[name].push(startOnce(text));
  }
  const medians = Object.entries(measured).map(([name, runs]) => ({
    name,
    ms: median(runs.map(({ ms }) => ms)),
    bytes: median(runs.map((run) => run.bytes)),
    heapBytes: median(runs.map((run) => run.heapBytes)),
  }));
  const [bare, ...loaded] = medians;
  const over = loaded.map((one) => ({
    name: one.name,
    ms: one.ms - bare.ms,
    bytes: one.bytes - bare.bytes,
    heapBytes: one.heapBytes - bare.heapBytes,
  }));
  return { rounds, bare, over, packed: pack() };
}

/** The time since the process was started, and its memory, when all is imported. */
function startOnce(text) {
  const report = `
    const { rss, heapUsed, external } = process.memoryUsage();
    console.log(JSON.stringify({ ms: performance.now(), bytes: rss, heapBytes: heapUsed + external }));`;
  const args = ['--input-type=module', '--eval', text + report];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: bench, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** What `npm publish` would send, in bytes. */
function pack() {
  const args = ['pack', '--dry-run', '--ignore-scripts', '--json'];
  const { stdout } = spawnSync('npm', args, {
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
    encoding: 'utf8',
  });
  const [{ size, unpackedSize, entryCount }] = JSON.parse(stdout);
  return { size, unpackedSize, entryCount };
}

export function startTables({ rounds, bare, over, packed }) {
  return [
    {
      title: 'Start-up: over bare Node',
      columns: ['import', 'ms', 'MB', 'of which heap MB', 'under 30 ms and 4 MB'],
      rows: over.map(({ name, ms, bytes, heapBytes }) => [
        name,
        figure(ms),
        figure(bytes / 1e6),
        figure(heapBytes / 1e6),
        ms < LIMIT.ms && bytes < LIMIT.bytes ? 'met' : 'NOT MET',
      ]),
      notes: [
        `Medians of ${rounds} fresh processes each; bare Node took ${figure(bare.ms)} ms and ${figure(bare.bytes / 1e6)} MB. MB: resident memory.`,
      ],
    },
    {
      title: 'Size of the package',
      columns: ['tarball kB', 'unpacked kB', 'files'],
      rows: [[figure(packed.size / 1000), figure(packed.unpackedSize / 1000), String(packed.entryCount)]],
    },
  ];
}
