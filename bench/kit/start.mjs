/**
 * Start-up: fresh processes that import something, beside one that imports nothing; and the size of the package.
 *
 * What counts is the difference between lower quartiles: whoever else uses the machine makes a start slower, never
 * quicker. Processor time stands beside time, since the others show less in it.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { lowerQuartile } from './statistics.mjs';
import { figure } from './table.mjs';

const bench = fileURLToPath(new URL('../', import.meta.url));
const LIMIT = { ms: 30, bytes: 4_000_000 };
const FIGURES = ['ms', 'cpuMs', 'bytes', 'heapBytes'];

/** The time since the process was started, and its memory, when all is imported. */
const REPORT = `
  const { rss, heapUsed, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const ms = performance.now();
  console.log(JSON.stringify({ ms, cpuMs: (user + system) / 1000, bytes: rss, heapBytes: heapUsed + external }));
`;

/** Libraries and pages are to stay within the limit; Node's own modules are there to compare with. */
function subjects() {
  return [
    { name: 'shardwire', modules: ['shardwire'], limit: LIMIT },
    { name: 'shardwire/runtime', modules: ['shardwire/runtime'], limit: LIMIT },
    { name: 'a page of 20 handlers', modules: ['../twenty/twenty.js'], limit: LIMIT },
    { name: 'the Node modules that shardwire loads, alone', modules: builtinsOf('index.js') },
    { name: 'shardwire, in a forked process', modules: ['shardwire'], limit: LIMIT, isForked: true },
  ];
}

/** What of Node is loaded with a file of the build and the chunks that it needs. */
function builtinsOf(file) {
  const source = readFileSync(new URL(`../../dist/src/${file}`, import.meta.url), 'utf8');
  const imported = [...source.matchAll(/^(?:import|\}) .*"(.+)";$/gm)].map(([, module]) => module);
  const found = imported.flatMap((module) => (module.startsWith('./') ? builtinsOf(module) : module));
  return [...new Set(found)].filter((module) => module.startsWith('node:'));
}

/** @returns What each import takes over bare Node, and what is packed. */
export async function measureStart(rounds) {
  const folder = `${bench}generated/start/`;
  mkdirSync(folder, { recursive: true });
  const measured = subjects().map((subject, i) => ({ ...subject, file: `${folder}${i}.mjs`, runs: [] }));
  for (const { file, modules } of measured) {
    writeFileSync(file, `${modules.map((module) => `import '${module}';`).join('\n')}${REPORT}`);
  }
  const bare = { file: `${folder}bare.mjs`, alone: [], forked: [] };
  writeFileSync(bare.file, REPORT);
  for (let round = 0; round < rounds; round++) {
    bare.alone.push(await startOnce(bare.file, false));
    bare.forked.push(await startOnce(bare.file, true));
    for (const { file, isForked = false, runs } of measured) runs.push(await startOnce(file, isForked));
  }
  const alone = typical(bare.alone);
  const forked = typical(bare.forked);
  const over = measured.map(({ name, limit, isForked, runs }) => ({
    name,
    limit,
    ...less(typical(runs), isForked ? forked : alone),
  }));
  return { rounds, bare: alone, over, packed: pack() };
}

function typical(runs) {
  return Object.fromEntries(FIGURES.map((key) => [key, lowerQuartile(runs.map((run) => run[key]))]));
}

function less(figures, base) {
  return Object.fromEntries(FIGURES.map((key) => [key, figures[key] - base[key]]));
}

/** Forked, as clusters are: Node has then loaded what it needs for its own channel. */
async function startOnce(file, isForked) {
  const child = spawn(process.execPath, [file], {
    cwd: bench,
    stdio: ['ignore', 'pipe', 'inherit', ...(isForked ? ['ipc'] : [])],
  });
  const [output, [status]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  if (status !== 0) throw new Error(`${file} ended with ${status}`);
  return JSON.parse(output);
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
      title: 'Start-up, compared with bare Node',
      columns: ['import', 'ms', 'CPU ms', 'MB', 'heap and buffers MB', 'under 30 ms and 4 MB'],
      rows: over.map(({ name, limit, ms, cpuMs, bytes, heapBytes }) => [
        name,
        figure(ms),
        figure(cpuMs),
        figure(bytes / 1e6),
        figure(heapBytes / 1e6),
        limit === undefined ? '' : ms < limit.ms && bytes < limit.bytes ? 'met' : 'NOT MET',
      ]),
      notes: [
        `Lower quartiles of ${rounds} fresh processes each, minus those of empty processes of the same kind; bare Node took ${figure(bare.ms)} ms (${figure(bare.cpuMs)} ms of CPU time) and ${figure(bare.bytes / 1e6)} MB. MB: resident memory, which includes heap and buffers. On a busy machine, CPU time is more reliable than elapsed time.`,
      ],
    },
    {
      title: 'Size of the package',
      columns: ['tarball kB', 'unpacked kB', 'files'],
      rows: [[figure(packed.size / 1000), figure(packed.unpackedSize / 1000), String(packed.entryCount)]],
    },
  ];
}
