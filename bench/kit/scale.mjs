/**
 * Scale: figures for more and more clusters.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startBot } from './bot.mjs';
import { figure } from './table.mjs';

const PROCESSES = [2, 4, 8, 16, 32];
const SIMULATED = [2, 4, 8, 16, 32, 64, 128, 256];
const bench = fileURLToPath(new URL('../', import.meta.url));

/** One row per number of clusters, each a process: rates, and the manager's processor time in microseconds. */
export async function measureProcesses(contender, { ms, tell }) {
  const rows = [];
  for (const clusters of PROCESSES) {
    tell(`${clusters} clusters as processes`);
    const bot = await startBot(contender, clusters);
    try {
      const run = (load) => warmed(bot, { clusters, ms, ...load });
      const call = await run({ name: 'call', verb: 'ask', inFlight: 64 });
      const all = await run({ name: 'all', verb: 'askAll', inFlight: 4 });
      const event = await run({ name: 'event', verb: 'tellAll', receivers: clusters - 1 });
      rows.push({ clusters, startMs: bot.startMs, call, all, event, peaks: await bot.peaks() });
    } finally {
      await bot.stop();
    }
  }
  return rows;
}

async function warmed(bot, load) {
  await bot.run({ ...load, ms: load.ms / 3, isWarmUp: true });
  return bot.run(load);
}

/** One row per number of clusters on in-memory links, each size in a fresh process; see `scale-simulation.mjs`. */
export function simulate(ms, tell) {
  return SIMULATED.map((clusters) => {
    tell(`${clusters} clusters on in-memory links`);
    const file = fileURLToPath(new URL('scale-simulation.mjs', import.meta.url));
    const args = ['--expose-gc', file, String(clusters), String(ms)];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: bench,
      encoding: 'utf8',
      env: { ...process.env, NODE_ENV: 'production' },
    });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout);
  });
}

export function scaleTables({ processes, simulation }) {
  return [
    {
      title: 'Clusters as processes',
      columns: [
        'clusters',
        'start ms',
        'calls/s',
        'us',
        'requestAll/s',
        'us per entry',
        'events/s',
        'us per receiver',
        'manager MB',
      ],
      rows: processes.map(({ clusters, startMs, call, all, event, peaks }) => [
        String(clusters),
        figure(startMs),
        figure(call.perSecond),
        figure(call.managerMicros),
        figure(all.perSecond),
        figure(all.managerMicros / clusters),
        figure(event.perSecond),
        figure(event.managerMicros / (clusters - 1)),
        figure(peaks.manager / 1e6),
      ]),
      notes: [
        'us: CPU time of the manager for one call from cluster 0 to cluster 1, for one entry of a requestAll, for one receiver of a broadcast.',
      ],
    },
    {
      title: 'Clusters on in-memory links: manager and clusters in one process',
      columns: [
        'clusters',
        'us per call',
        'us per entry',
        'frames per requestAll',
        'us per receiver',
        'broadcast to all ms',
        'kB per cluster',
      ],
      rows: simulation.map((row) => [
        String(row.clusters),
        figure(row.callMicros),
        figure(row.entryMicros),
        figure(row.frames),
        figure(row.receiverMicros),
        figure(row.broadcastMs),
        figure(row.bytesPerCluster / 1000),
      ]),
      notes: [
        'us: CPU time of all sides together. Frames: what the manager sends to clusters for one requestAll of cluster 0. kB: heap and buffers of one idle cluster, including both ends of its link and its client.',
      ],
    },
  ];
}
