/**
 * Bot: the processes of one contender, from fork to the last exit.
 *
 * Only the manager is forked here; the clusters are the contender's work. All of them report over a socket, and all
 * end when it closes, as it does when the bench ends in whatever way. Who has not ended by then is killed by its id.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolder, removeFolder } from './folder.mjs';
import { Member } from './member.mjs';
import { MANAGER } from './participant.mjs';

const START_TIMEOUT_MS = 60_000;
const END_TIMEOUT_MS = 2_000;

/** Starts a contender's manager with so many clusters. Resolves when a call from cluster 0 to cluster 1 was answered. */
export async function startBot(contender, clusters, { profile } = {}) {
  const folder = makeFolder();
  const path = join(folder, 'bench.sock');
  const server = createServer().listen(path);
  await once(server, 'listening');
  const before = performance.now();
  const manager = fork(contender.manager, {
    execArgv: [],
    cwd: contender.folder,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: environment(contender, clusters, path, profile),
  });
  const bot = new Bot({ manager, server, clusters, folder });
  try {
    await bot.complete();
    await bot.cluster(0).ask('reach');
  } catch (error) {
    await bot.stop();
    throw new Error(`${contender.name} is not reachable: ${error.message}; ${bot.lastWords}`, {
      cause: error,
    });
  }
  bot.startMs = performance.now() - before;
  return bot;
}

function environment(contender, clusters, path, profile) {
  const env = { ...process.env, NODE_ENV: 'production', BENCH_CONTENDER: contender.name };
  if (profile !== undefined) env.BENCH_PROFILE = profile;
  return { ...env, BENCH_SOCKET: path, BENCH_CLUSTERS: String(clusters) };
}

class Bot {
  /** From the fork of the manager to the first answer, in milliseconds. */
  startMs = Number.NaN;
  #manager;
  #server;
  #members = new Map();
  #folder;
  #expected;
  /** The end of what its processes wrote to stderr. */
  lastWords = '';

  constructor({ manager, server, clusters, folder }) {
    this.#manager = manager;
    this.#server = server;
    this.#folder = folder;
    this.#expected = clusters + 1;
    manager.stderr.on('data', (text) => (this.lastWords = (this.lastWords + String(text)).slice(-2000)));
    server.on('connection', (socket) => this.#welcome(socket));
  }

  cluster(id) {
    return this.#members.get(id);
  }

  /** Resolves when the manager and all clusters have reported. */
  async complete() {
    const late = AbortSignal.timeout(START_TIMEOUT_MS);
    const fail = () => {
      throw new Error(`${this.#members.size} of ${this.#expected} processes came`);
    };
    const end = once(this.#manager, 'exit', { signal: late }).then(fail, fail);
    await Promise.race([once(this.#server, 'complete'), end]);
    end.catch(() => {});
  }

  /**
   * Runs one load in cluster 0.
   *
   * @returns Calls per second, percentiles in microseconds, the manager's processor time per call in microseconds,
   * and how many one-way messages were lost.
   */
  async run(load) {
    const before = await this.#everyone('prepare', load);
    const { count, seconds, ...times } = await this.cluster(0).ask('load', load);
    const after = await this.#everyone('finish', load);
    const cpu = after.get(MANAGER).cpuMicros - before.get(MANAGER).cpuMicros;
    const lost = load.receivers === undefined ? undefined : count * load.receivers - (await this.#heard());
    return { perSecond: count / seconds, managerMicros: cpu / count, lost, ...times };
  }

  /** The most memory that the manager and the largest cluster ever held, in bytes. */
  async peaks() {
    const all = await this.#everyone('finish', {});
    const clusters = [...all].filter(([id]) => id !== MANAGER);
    return {
      manager: all.get(MANAGER).peakBytes,
      cluster: Math.max(...clusters.map(([, { peakBytes }]) => peakBytes)),
    };
  }

  async stop() {
    this.#server.close();
    const members = [...this.#members.values()];
    for (const { socket } of members) socket.destroy();
    const ended = this.#manager.exitCode !== null || this.#manager.signalCode !== null;
    const end = ended ? Promise.resolve() : once(this.#manager, 'exit');
    await Promise.race([end, sleep(END_TIMEOUT_MS, undefined, { ref: false })]);
    this.#manager.kill('SIGKILL');
    for (const { pid } of members) kill(pid);
    removeFolder(this.#folder);
  }

  #welcome(socket) {
    const lines = createInterface({ input: socket });
    socket.on('error', () => {});
    lines.once('line', (line) => {
      const { id, pid } = JSON.parse(line);
      this.#members.set(id, new Member(socket, lines, pid));
      if (this.#members.size === this.#expected) this.#server.emit('complete');
    });
  }

  async #everyone(order, data) {
    const answers = [...this.#members].map(async ([id, member]) => [id, await member.ask(order, data)]);
    return new Map(await Promise.all(answers));
  }

  /** Messages that arrived at anyone but the sender. */
  async #heard() {
    const others = [...this.#members].filter(([id]) => id > 0);
    const counts = await Promise.all(others.map(([, member]) => member.ask('heard')));
    return counts.reduce((sum, count) => sum + count, 0);
  }
}

function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended, as it should.
  }
}
