/**
 * Logs: what the manager says of its clusters, and what becomes of what they say themselves.
 */
import { resolve } from 'node:path';
import type { LogFields } from 'shardwire';
import { beforeAll, describe, expect, it } from 'vitest';
import { BOTS } from '../core/start-bot.js';
import { runNode } from '../setup/run-process.js';
import type { ProcessEnd } from '../setup/run-process.js';

type LogLine = LogFields & { readonly level: string; readonly message: string };

function runLoggingHost(...args: readonly string[]): Promise<ProcessEnd> {
  return runNode([resolve(BOTS, 'logging-host.js'), ...args], {
    env: { SAY: 'one line, \u001B[31mred\u001B[39m' },
  });
}

const SAID = 'one line, \u001B[31mred\u001B[39m';
let end: ProcessEnd;
let lines: string[];
let log: LogLine[];

beforeAll(async () => {
  end = await runLoggingHost('prefix', 'everything');
  lines = end.stdout.split('\n');
  log = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as LogLine);
});

/** The events of one process, in order. */
function eventsOf(cluster: number, generation: number): string[] {
  return log
    .filter((line) => line.cluster === cluster && line.generation === generation && line.level !== 'debug')
    .map(({ event, reason = '' }) => `${event}: ${reason.replace(/\d+(?= ms)/, 'n')}`);
}

describe('the log', () => {
  it('tells the life of a process that is killed, and of its successor, with reasons', () => {
    expect(eventsOf(1, 1).filter((line) => !line.startsWith('job-'))).toEqual([
      'started: first start',
      'ready: after n ms',
      'died: SIGKILL',
      'backoff: in n ms',
    ]);
    expect(eventsOf(1, 2).filter((line) => !line.startsWith('job-'))).toEqual([
      'started: after SIGKILL',
      'ready: after n ms',
      'draining: shutdown',
      'stopping: stopped',
      'stopped: stopped (exit code 0)',
    ]);
  });

  it('tells a handover step by step, on both sides', () => {
    expect(eventsOf(0, 1).filter((line) => !line.startsWith('job-'))).toEqual([
      'started: first start',
      'ready: after n ms',
      'draining: handover',
      'stopping: stopped',
      'stopped: stopped (exit code 0)',
    ]);
    const phases = eventsOf(0, 2).filter((line) => line.startsWith('handover'));
    expect(phases).toEqual(
      ['loaded', 'switched', 'retired', 'ready', 'done'].map((phase) => `handover: sequential, ${phase}`),
    );
    expect(eventsOf(0, 2)).toContain('started: handover');
  });

  it('names cluster, process, generation and reason in every line about a process', () => {
    const about = log.filter(({ cluster }) => cluster !== undefined);

    expect(about.length).toBeGreaterThan(20);
    for (const { clusterPid, generation, reason, cluster, message } of about) {
      if (message.endsWith('sequential, starting')) continue; // There is no process yet.
      expect(message).toMatch(
        new RegExp(String.raw`^cluster ${cluster} \(pid ${clusterPid}, generation ${generation}\) .+: `),
      );
      expect(message.endsWith(`: ${reason}`)).toBe(true);
    }
  });

  it('says the same to the debug event, line by line', () => {
    const debug = lines
      .filter((line) => line.startsWith('debug: '))
      .map((line) => line.slice('debug: '.length));

    expect(debug).toEqual(log.map(({ message }) => message));
    expect(log.filter(({ cluster }) => cluster === undefined).map(({ event }) => event)).toEqual([
      'bot-starting',
      'bot-ready',
      'bot-stopping',
      'bot-stopped',
    ]);
  });

  it('tells of work and who has it', () => {
    expect(log.filter(({ event }) => event === 'job-started').every(({ reason }) => reason === 'stats')).toBe(
      true,
    );
    expect(log.some(({ event }) => event === 'job-stopped')).toBe(true);
  });
});

describe('what clusters write', () => {
  it('comes out with the name of its cluster in front, whole, and with the last line that had no end', () => {
    const said = lines.filter((line) => line.includes(SAID));
    const saidOnError = end.stderr.split('\n').filter((line) => line.includes(SAID));

    expect(end.code).toBe(0);
    for (const all of [said, saidOnError])
      expect(all.toSorted()).toEqual([0, 0, 1, 1].map((id) => `[cluster ${id}] ${SAID}`));
  });

  it('goes where the manager writes, as it stands, unless it is told otherwise', async () => {
    const { stdout, stderr } = await runLoggingHost('inherit');

    expect(stdout.split('\n').filter((line) => line === SAID)).toHaveLength(2);
    expect(stderr).toBe(SAID + SAID);
  });

  it('can be left out', async () => {
    const { stdout, stderr, code } = await runLoggingHost('ignore');

    expect([code, stdout.includes(SAID), stderr]).toEqual([0, false, '']);
  });
});
