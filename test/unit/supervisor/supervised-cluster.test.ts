import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Link } from '../../../src/link/link.js';
import type { ClusterDeath, ProcessExit } from '../../../src/supervisor/cluster-death.js';
import { ClusterHistory } from '../../../src/supervisor/history.js';
import type { ClusterProcess, Launcher, LaunchFacts } from '../../../src/supervisor/launcher.js';
import { resolveRespawn } from '../../../src/supervisor/respawn-policy.js';
import type { RespawnOptions } from '../../../src/supervisor/respawn-policy.js';
import { SupervisedCluster } from '../../../src/supervisor/supervised-cluster.js';
import type { SupervisionOptions, Supervisor } from '../../../src/supervisor/supervisor.js';
import type { MessageToCluster } from '../../../src/wire/control/to-cluster.js';

const READY_TIMEOUT_MS = 1000;
const DRAIN_TIMEOUT_MS = 2000;
const SHUTDOWN_TIMEOUT_MS = 3000;
const BACKOFF_MS = 500;

/** A process that ends when the test says so. */
class FakeProcess implements ClusterProcess {
  readonly link = {} as Link;
  readonly generation: number;
  readonly signals: string[] = [];
  exit!: (exit: ProcessExit) => void;
  readonly #gone = new Promise<ProcessExit>((resolve) => (this.exit = resolve));

  constructor({ generation }: LaunchFacts) {
    this.generation = generation;
  }

  get pid(): number {
    return 1000 + this.generation;
  }

  kill(signal: NodeJS.Signals): void {
    this.signals.push(signal);
  }

  gone(): Promise<ProcessExit> {
    return this.#gone;
  }
}

class FakeLauncher implements Launcher {
  readonly processes: FakeProcess[] = [];
  readonly launched: LaunchFacts[] = [];
  /** What the next launch throws. */
  failure: Error | undefined;

  launch(facts: LaunchFacts): ClusterProcess {
    this.launched.push(facts);
    const { failure } = this;
    this.failure = undefined;
    if (failure !== undefined) throw failure;
    const process = new FakeProcess(facts);
    this.processes.push(process);
    return process;
  }

  /** The process that was launched last. */
  get last(): FakeProcess {
    return this.processes.at(-1) as FakeProcess;
  }
}

/** Records what a cluster announces, in order. */
class RecordingSupervisor implements Supervisor<SupervisedCluster> {
  readonly announced: string[] = [];
  readonly deaths: ClusterDeath[] = [];
  isBusy = false;
  /** Runs within the announcement of a death. */
  onDeath: (() => void) | undefined;

  onClusterStarted(cluster: SupervisedCluster, { generation }: ClusterProcess): void {
    this.announced.push(`started ${generation} in ${cluster.state}`);
  }

  onClusterReady(): void {
    this.announced.push('ready');
  }

  onClusterDraining(_cluster: SupervisedCluster, next: string): void {
    this.announced.push(`closed, ${next}`);
  }

  isIdle(): boolean {
    return !this.isBusy;
  }

  onClusterDied(cluster: SupervisedCluster, death: ClusterDeath, next: string): void {
    this.announced.push(`died of ${death.reason} in ${cluster.state}, ${next}`);
    this.deaths.push(death);
    const { onDeath } = this;
    this.onDeath = undefined;
    onDeath?.();
  }

  onClusterFailed(): void {
    this.announced.push('failed');
  }

  send(_cluster: SupervisedCluster, { kind }: MessageToCluster): void {
    if (kind === 'shutdown') this.announced.push('asked to finish');
  }

  log(): void {}
}

const PLAN = { id: 3, shardList: [6, 7], totalShards: 8, totalClusters: 4 };

function make(options: SupervisionOptions & { readonly respawn?: RespawnOptions | false } = {}) {
  const { respawn = { initialDelay: BACKOFF_MS }, ...supervision } = options;
  const launcher = new FakeLauncher();
  const supervisor = new RecordingSupervisor();
  const settings = {
    respawn: resolveRespawn(respawn),
    readyTimeoutMs: READY_TIMEOUT_MS,
    drainTimeoutMs: DRAIN_TIMEOUT_MS,
    shutdownTimeoutMs: SHUTDOWN_TIMEOUT_MS,
  };
  const deps = { settings, launcher, supervisor, history: new ClusterHistory() };
  const cluster = new SupervisedCluster(PLAN, deps, supervision);
  return { cluster, launcher, supervisor };
}

/** A cluster whose first process is ready, and nothing announced so far. */
async function makeReady(options: Parameters<typeof make>[0] = {}) {
  const made = make(options);
  const started = made.cluster.start();
  comeUp(made.cluster);
  await started;
  made.supervisor.announced.length = 0;
  return made;
}

function comeUp(cluster: SupervisedCluster): void {
  cluster.onHello();
  cluster.onReady();
}

/** Ends the last process, and waits until the cluster has noticed. */
async function exit({ last }: FakeLauncher, code: number | null, signal: NodeJS.Signals | null = null) {
  last.exit({ code, signal });
  await vi.advanceTimersByTimeAsync(0);
}

beforeEach(() => {
  vi.useFakeTimers();
  // The longest delay, always.
  vi.spyOn(Math, 'random').mockReturnValue(1);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('a supervised cluster', () => {
  it('starts a process of its plan, and resolves when that is ready', async () => {
    const { cluster, launcher, supervisor } = make();
    expect([cluster.state, cluster.generation, cluster.pid]).toEqual(['down', 0, undefined]);

    const started = cluster.start();
    expect(launcher.launched).toEqual([{ ...PLAN, generation: 1, standby: false }]);
    comeUp(cluster);

    await started;
    expect(supervisor.announced).toEqual(['started 1 in starting', 'ready']);
    expect([cluster.state, cluster.generation, cluster.pid]).toEqual(['ready', 1, 1001]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('starts another process after a crash, when its backoff is over', async () => {
    const { cluster, launcher, supervisor } = await makeReady();

    await exit(launcher, 7);
    expect(supervisor.deaths).toMatchObject([{ reason: 'exit', code: 7, pid: 1001, generation: 1 }]);
    await vi.advanceTimersByTimeAsync(BACKOFF_MS - 1);
    expect(launcher.processes).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);

    comeUp(cluster);
    expect(supervisor.announced).toEqual([
      'died of exit in backoff, starting',
      'started 2 in starting',
      'ready',
    ]);
    expect([cluster.restarts, cluster.pid]).toEqual([1, 1002]);
  });

  it('keeps the last facts of a process that died until the next one starts, but neither pid nor uptime', async () => {
    const { cluster, launcher } = await makeReady();
    const pong = { meanLagMs: 1, maxLagMs: 2 } as NonNullable<SupervisedCluster['lastPong']>;
    cluster.onPong(pong);
    await vi.advanceTimersByTimeAsync(50);
    expect([cluster.uptimeMs, cluster.lastPong]).toEqual([50, pong]);

    await exit(launcher, 7);
    expect([cluster.pid, cluster.uptimeMs]).toEqual([undefined, 0]);
    expect([cluster.generation, cluster.lastPong, cluster.lastDeath?.code]).toEqual([1, pong, 7]);

    await vi.advanceTimersByTimeAsync(BACKOFF_MS);
    expect([cluster.generation, cluster.lastPong, cluster.lastDeath?.code]).toEqual([2, undefined, 7]);
  });

  it('treats a failed launch as a death like any other', async () => {
    const { cluster, launcher, supervisor } = make();
    launcher.failure = new Error('no descriptors');

    const started = cluster.start();

    expect(supervisor.announced).toEqual(['died of not-started in backoff, starting']);
    expect(supervisor.deaths).toMatchObject([
      { detail: 'Error: no descriptors', pid: undefined, generation: 1 },
    ]);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(BACKOFF_MS);
    comeUp(cluster);
    await started;
    expect(cluster.generation).toBe(2);
  });

  it('fails when its first processes die, and rejects a pending start with the reason', async () => {
    const { cluster, launcher, supervisor } = make({ respawn: { startAttempts: 1 } });
    const started = expect(cluster.start()).rejects.toThrow(/exited before it was ready \(exit code 1\)/);

    await exit(launcher, 1);

    await started;
    expect(supervisor.announced.slice(1)).toEqual(['died of exit in failed, stopped', 'failed']);
  });

  it('kills a process that is not ready in time', async () => {
    const { cluster, launcher, supervisor } = make();
    void cluster.start();
    cluster.onHello();

    await vi.advanceTimersByTimeAsync(READY_TIMEOUT_MS);
    expect(launcher.last.signals).toEqual(['SIGKILL']);

    await exit(launcher, null, 'SIGKILL');
    expect(supervisor.deaths).toMatchObject([{ reason: 'ready-timeout' }]);
  });
});

describe('a restart', () => {
  it('lets calls in flight end, asks the process to finish, and starts the next one at once', async () => {
    const { cluster, launcher, supervisor } = await makeReady();
    supervisor.isBusy = true;

    const restarted = cluster.restart();
    await vi.advanceTimersByTimeAsync(100);
    expect([cluster.state, supervisor.announced]).toEqual(['draining', ['closed, starting']]);
    supervisor.isBusy = false;
    await vi.advanceTimersByTimeAsync(10);
    expect([cluster.state, supervisor.announced.at(-1)]).toEqual(['stopping', 'asked to finish']);
    await exit(launcher, 0);
    comeUp(cluster);

    await restarted;
    expect(supervisor.announced.slice(2)).toEqual([
      'died of stopped in starting, starting',
      'started 2 in starting',
      'ready',
    ]);
  });

  it('waits for calls in flight for `drainTimeout` at most', async () => {
    const { cluster, supervisor } = await makeReady();
    supervisor.isBusy = true;
    void cluster.restart();

    await vi.advanceTimersByTimeAsync(DRAIN_TIMEOUT_MS);

    expect(cluster.state).toBe('stopping');
  });

  it('of a cluster without a process starts one, and resets the restart budget', async () => {
    const { cluster, launcher } = await makeReady({ respawn: { maxRestarts: 0 } });
    await exit(launcher, 1);
    expect(cluster.state).toBe('failed');

    const restarted = cluster.restart();
    comeUp(cluster);

    await restarted;
    expect(cluster.generation).toBe(2);
  });
});

describe('a stop', () => {
  it('of a process that ignores it ends in SIGTERM, then SIGKILL', async () => {
    const { cluster, launcher } = await makeReady();
    const stopped = cluster.stop();
    await vi.advanceTimersByTimeAsync(SHUTDOWN_TIMEOUT_MS + 2000);
    expect(launcher.last.signals).toEqual(['SIGTERM', 'SIGKILL']);

    await exit(launcher, null, 'SIGKILL');

    await stopped;
    expect([cluster.state, vi.getTimerCount()]).toEqual(['down', 0]);
  });

  it('rejects a pending start', async () => {
    const { cluster, launcher } = make();
    const started = expect(cluster.start()).rejects.toThrow('Cluster 3 was stopped before it was ready.');

    void cluster.stop();
    await exit(launcher, 0);

    await started;
  });
});

describe('within the announcement of a death,', () => {
  it('a stop is done when the announcement is over: no backoff follows, and no timer is left', async () => {
    const { cluster, launcher, supervisor } = await makeReady();
    const stopped = vi.fn<() => void>();
    supervisor.onDeath = () => {
      void cluster.stop().then(stopped);
      expect(cluster.state).toBe('backoff');
    };

    await exit(launcher, 1);

    expect(stopped).toHaveBeenCalledOnce();
    expect([cluster.state, vi.getTimerCount()]).toEqual(['down', 0]);
    expect(supervisor.announced).toEqual(['died of exit in backoff, starting']);
  });

  it('a stop ends the process that a restart has started meanwhile, as one that was stopped', async () => {
    const { cluster, launcher, supervisor } = await makeReady();
    const restarted = expect(cluster.restart()).rejects.toThrow('stopped before it was ready');
    supervisor.announced.length = 0;
    supervisor.onDeath = () => void cluster.stop();

    await exit(launcher, 0);
    await exit(launcher, 0);

    await restarted;
    expect(supervisor.announced).toEqual([
      'died of stopped in starting, starting',
      'started 2 in starting',
      'closed, stopped',
      'asked to finish',
      'died of stopped in down, stopped',
    ]);
  });

  it('a restart brings back a cluster that has failed, and is not rejected by its failure', async () => {
    const { cluster, launcher, supervisor } = await makeReady({ respawn: { maxRestarts: 0 } });
    let restarted: Promise<void> | undefined;
    supervisor.onDeath = () => void (restarted = cluster.restart());

    await exit(launcher, 1);
    comeUp(cluster);

    await restarted;
    expect(supervisor.announced).toEqual([
      'died of exit in failed, stopped',
      'failed',
      'started 2 in starting',
      'ready',
    ]);
  });

  it('a launch that fails comes before a stop that was asked for meanwhile', async () => {
    const { cluster, launcher, supervisor } = await makeReady();
    void cluster.restart();
    supervisor.announced.length = 0;
    launcher.failure = new Error('no descriptors');
    supervisor.onDeath = () => void cluster.stop();

    await exit(launcher, 0);

    expect(supervisor.announced).toEqual([
      'died of stopped in starting, starting',
      'died of not-started in backoff, starting',
    ]);
    expect([cluster.state, vi.getTimerCount()]).toEqual(['down', 0]);
  });
});

describe('a candidate', () => {
  it('is not respawned when it dies', async () => {
    const { launcher, supervisor } = await makeReady({ isCandidate: true, standby: true });
    expect(launcher.launched).toMatchObject([{ standby: true }]);

    await exit(launcher, 1);

    expect(supervisor.announced).toEqual(['died of exit in down, stopped']);
  });

  it('is respawned like any other cluster after promote(), and its next process is no standby', async () => {
    const { cluster, launcher } = await makeReady({ isCandidate: true, standby: true });
    cluster.promote();

    await exit(launcher, 1);
    await vi.advanceTimersByTimeAsync(BACKOFF_MS);

    expect(launcher.launched.at(-1)).toMatchObject({ generation: 2, standby: false });
  });

  it('a retired cluster gets no process any more, not even one that was planned', async () => {
    const { cluster, launcher } = await makeReady();
    void cluster.restart();
    cluster.retire();

    await exit(launcher, 0);

    expect(cluster.state).toBe('down');
    expect(launcher.processes).toHaveLength(1);
  });
});
