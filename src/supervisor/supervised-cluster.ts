/**
 * Supervised cluster: one process for one cluster id, kept as the table of its life says.
 *
 * `life.ts` decides what becomes of it, `respawn-policy.ts` whether a death is followed by a start; this forks,
 * kills, runs the timers and tells the manager. There is never more than one process behind one of these.
 */
import { deferred } from '../async/deferred.js';
import type { Deferred } from '../async/deferred.js';
import { Kind } from '../wire/frame.js';
import type { CrashReport, Pong } from '../wire/control.js';
import { describeFailure } from './cluster-death.js';
import type { ClusterDeath, ProcessExit } from './cluster-death.js';
import { ClusterHistory } from './history.js';
import type { ClusterPlan } from './plan.js';
import { ClusterProcess } from './process.js';
import { DeathEvidence } from './death-evidence.js';
import { ClusterTimers } from './timers.js';
import { transition, INITIAL_LIFECYCLE, STATES_WITH_PROCESS, TIMERS_OF } from './state-machine.js';
import type { Lifecycle, ClusterAction, ClusterInput, ClusterState, ClusterTimer } from './state-machine.js';
import type { LogEvent } from '../log/log-events.js';
import type { SupervisorSettings } from './settings.js';

/** What a cluster needs done by the manager. */
export interface Supervisor {
  started(cluster: SupervisedCluster, process: ClusterProcess): void;
  ready(cluster: SupervisedCluster): void;
  /** No new calls are to be let through; `next` says whether they may wait for another process. */
  closed(cluster: SupervisedCluster, next: 'starting' | 'stopped'): void;
  /** Whether nothing is in flight to it or from it. */
  isIdle(cluster: SupervisedCluster): boolean;
  /** The process is gone; `next` says whether another one comes. */
  died(cluster: SupervisedCluster, death: ClusterDeath, next: 'starting' | 'stopped'): void;
  /** It died too often, or for good. */
  failed(cluster: SupervisedCluster, error: Error): void;
  tell(cluster: SupervisedCluster, kind: Kind): void;
  log(cluster: SupervisedCluster, event: LogEvent, reason: string): void;
}

/** What makes one differ from a cluster of its own. */
export interface SupervisionOptions {
  /** It stands in for nobody yet: its death is the end of it, until it is made `lasting`. */
  readonly onTrial?: boolean | undefined;
  /** Its first process holds back what it hears of Discord until it is told to go on. */
  readonly standby?: boolean | undefined;
}

/** What a process that has closed its link gets before SIGKILL: mostly it is just exiting. */
const EXIT_GRACE_MS = 500;
/** What a process gets between SIGTERM and SIGKILL. */
const TERM_GRACE_MS = 2000;
const IDLE_CHECK_MS = 10;

export class SupervisedCluster {
  readonly plan: ClusterPlan;
  readonly #settings: SupervisorSettings;
  readonly #supervisor: Supervisor;
  readonly #ledger: ClusterHistory;
  readonly #timers = new ClusterTimers((timer) => this.#expired(timer));
  readonly #standby: boolean;
  #isLasting: boolean;
  #life: Lifecycle = INITIAL_LIFECYCLE;
  #process: ClusterProcess | undefined;
  #generation = 0;
  /** Who waits for it to be ready, and for its end. */
  #becomingReady: Deferred<void> | undefined;
  #ending: Deferred<void> | undefined;
  /** Somebody who is told of a step may ask for another: not before this one is done. */
  #isActing = false;
  #backoffMs = 0;
  #startedAt = 0;
  #readyAt: number | undefined;
  #notes = new DeathEvidence();
  /** Until when a drain may take. */
  #drainUntil = 0;
  #lastDeath: ClusterDeath | undefined;
  #pulse: Pong | undefined;

  constructor(
    plan: ClusterPlan,
    settings: SupervisorSettings,
    supervisor: Supervisor,
    ledger = new ClusterHistory(),
    options: SupervisionOptions = {},
  ) {
    this.plan = plan;
    this.#settings = settings;
    this.#supervisor = supervisor;
    this.#ledger = ledger;
    this.#isLasting = options.onTrial !== true;
    this.#standby = options.standby === true;
  }

  get id(): number {
    return this.plan.id;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Of its process, or of the last one it had; 0 before the first. */
  get generation(): number {
    return this.#generation;
  }

  get state(): ClusterState {
    return this.#life.state;
  }

  get hasProcess(): boolean {
    return STATES_WITH_PROCESS.has(this.#life.state);
  }

  /** Whether its death brings another process. */
  get isLasting(): boolean {
    return this.#isLasting;
  }

  /** Its trial is over, well: from now on it is supervised as any other. */
  makeLasting(): void {
    this.#isLasting = true;
  }

  /** Another has its place: when its process ends, nothing follows. */
  retire(): void {
    this.#isLasting = false;
    // Not even the process that a restart or its backoff would have brought.
    if (this.#life.goal === 'restart' || this.#life.state === 'backoff') this.#handle('stop');
  }

  /** In any of its processes. */
  get wasEverReady(): boolean {
    return this.#ledger.wasEverReady;
  }

  /** How many processes came after the first. */
  get restarts(): number {
    return this.#ledger.restarts;
  }

  /** Milliseconds since its process was started; 0 without one. */
  get uptimeMs(): number {
    return this.hasProcess ? performance.now() - this.#startedAt : 0;
  }

  /** How its last process ended, if it has. */
  get lastDeath(): ClusterDeath | undefined {
    return this.#lastDeath;
  }

  /** What the process last said of itself. */
  get pulse(): Pong | undefined {
    return this.#pulse;
  }

  /** Starts a process if there is none. Resolves when it is ready; rejects when the cluster has failed or is stopped. */
  start(): Promise<void> {
    this.#becomingReady ??= quietDeferred();
    const { promise } = this.#becomingReady;
    this.#handle('start');
    return promise;
  }

  /** Stops the process, if there is one, and starts another: at once, as this is planned. */
  restart(): Promise<void> {
    if (this.#isActing) return afterwards(() => this.restart());
    // Whoever waits for a process that never got ready waits for the next.
    this.#becomingReady ??= quietDeferred();
    const { promise } = this.#becomingReady;
    this.#notes.recordCause('stopped', 'restarted');
    if (!this.hasProcess) this.#ledger.forgive();
    this.#handle('restart');
    return promise;
  }

  /** Lets what is in flight end, asks the process to finish, then makes it. Resolves when there is none any more. */
  stop(): Promise<void> {
    this.#notes.recordCause('stopped', '');
    return this.#end('stop');
  }

  /** Ends the process without asking. Resolves when there is none any more. */
  kill(): Promise<void> {
    this.#notes.recordCause('stopped', 'killed');
    return this.#end('kill');
  }

  /** Its process has said hello. */
  noteHello(): void {
    this.#handle('hello');
  }

  /** Its client is ready. */
  noteReady(): void {
    this.#handle('ready');
  }

  notePulse(pulse: Pong): void {
    this.#pulse = pulse;
  }

  /** What its process says it is about to die of. */
  noteLastWords(words: CrashReport): void {
    this.#notes.heard(words);
  }

  /** Discord refuses it for good. @param sentence - Why, and what to do about it. */
  noteFatal(sentence: string): void {
    this.#notes.recordCause('fatal-login', sentence);
    this.#handle('fatal');
  }

  /** Its process did not answer for too long. */
  noteFrozen(silentMs: number): void {
    this.#notes.recordCause('frozen', `its event loop did not turn for ${Math.round(silentMs)} ms`);
    this.#handle('frozen');
  }

  /** The link has ended, so the process can serve nobody. @param why - Where it is known. */
  noteLinkLost(why: string): void {
    this.#notes.recordCause('link-lost', why);
    this.#handle('linkLost');
  }

  /** Time spent waiting for a turn to identify is not the cluster's own. */
  pauseReadyTimer(): void {
    this.#timers.pauseReady();
  }

  resumeReadyTimer(): void {
    this.#timers.resumeReady();
  }

  async #end(input: 'stop' | 'kill'): Promise<void> {
    if (this.#isActing) return afterwards(() => this.#end(input));
    this.#ending ??= deferred();
    const { promise } = this.#ending;
    this.#handle(input);
    if (!this.hasProcess) this.#ending?.resolve();
    await promise;
  }

  #handle(input: ClusterInput): void {
    const { life, actions } = transition(this.#life, input);
    this.#life = life;
    this.#timers.stopBut(TIMERS_OF[life.state]);
    const wasActing = this.#isActing;
    this.#isActing = true;
    try {
      for (const action of actions) this.#act(action);
    } finally {
      this.#isActing = wasActing;
    }
    if (life !== this.#life || this.hasProcess || life.state === 'backoff') return;
    this.#ending?.resolve();
    this.#ending = undefined;
    this.#becomingReady?.reject(new Error(this.#whyNotReady(input)));
    this.#becomingReady = undefined;
  }

  #whyNotReady(input: ClusterInput): string {
    const death = this.#lastDeath;
    // Without a process, its last death is not why.
    const wasAskedTo = input === 'stop' || input === 'kill';
    if (wasAskedTo || death === undefined || death.reason === 'stopped')
      return `Cluster ${this.id} was stopped before it was ready.`;
    return this.#whyFailed();
  }

  #act(action: ClusterAction): void {
    switch (action.do) {
      case 'fork':
        return this.#fork();
      case 'kill':
        this.#notes.wasKilled = true;
        this.#supervisor.log(this, 'killed', `${action.signal}, ${this.#notes.why}`);
        // By this a cluster knows whose SIGTERM it is: service managers send theirs to every process.
        if (action.signal === 'SIGTERM') this.#supervisor.tell(this, Kind.shutdown);
        this.#process?.kill(action.signal);
        return;
      case 'finish':
        this.#supervisor.log(this, 'finishing', this.#notes.why);
        return this.#supervisor.tell(this, Kind.shutdown);
      case 'close':
        return this.#supervisor.closed(this, this.#life.goal === 'restart' ? 'starting' : 'stopped');
      case 'time':
        return this.#startTimer(action.timer);
      case 'announce':
        return this.#announce(action.what);
    }
  }

  #announce(what: 'up' | 'ready' | 'died' | 'failed'): void {
    switch (what) {
      case 'up':
        return this.#supervisor.log(this, 'up', `after ${Math.round(this.uptimeMs)} ms`);
      case 'ready':
        this.#readyAt = performance.now();
        this.#ledger.noteReady();
        this.#supervisor.ready(this);
        this.#becomingReady?.resolve();
        this.#becomingReady = undefined;
        return;
      case 'died':
        return this.#tellOfDeath();
      case 'failed':
        return this.#fail();
    }
  }

  #startTimer(timer: ClusterTimer): void {
    const { readyTimeoutMs, drainTimeoutMs, shutdownTimeoutMs } = this.#settings;
    switch (timer) {
      case 'ready':
        // A fork that failed has ended this state already.
        if (this.#life.state === 'starting') this.#timers.start(timer, readyTimeoutMs);
        return;
      case 'drain':
        this.#drainUntil = performance.now() + drainTimeoutMs;
        return this.#drain();
      case 'shutdown':
        return this.#timers.start(timer, shutdownTimeoutMs);
      case 'term':
        return this.#timers.start(timer, TERM_GRACE_MS);
      case 'exit':
        return this.#timers.start(timer, EXIT_GRACE_MS);
      case 'backoff':
        this.#supervisor.log(this, 'backoff', `in ${Math.round(this.#backoffMs)} ms`);
        return this.#timers.start(timer, this.#backoffMs);
    }
  }

  #expired(timer: ClusterTimer): void {
    switch (timer) {
      case 'ready':
        this.#notes.recordCause('ready-timeout', `not ready within ${this.#settings.readyTimeoutMs} ms`);
        return this.#handle('readyTimeout');
      case 'drain':
        return this.#drain();
      case 'shutdown':
        return this.#handle('shutdownTimeout');
      case 'term':
      case 'exit':
        return this.#handle('killTimeout');
      case 'backoff':
        return this.#handle('backoffOver');
    }
  }

  /** Nothing tells of the last call's end, as that would cost every call: so it is looked at now and then. */
  #drain(): void {
    const isOver = this.#supervisor.isIdle(this) || performance.now() >= this.#drainUntil;
    if (isOver) this.#handle('drained');
    else this.#timers.start('drain', IDLE_CHECK_MS);
  }

  #fork(): void {
    this.#generation = this.#ledger.start();
    this.#notes = new DeathEvidence();
    this.#pulse = undefined;
    this.#readyAt = undefined;
    this.#startedAt = performance.now();
    let process: ClusterProcess;
    try {
      process = new ClusterProcess(this.#settings, {
        ...this.plan,
        generation: this.#generation,
        standby: this.#standby && !this.#isLasting,
      });
    } catch (error) {
      // `fork` itself can fail (no descriptors left, say): that is a death like any other.
      this.#notes.recordCause('not-started', String(error));
      this.#exited({ code: null, signal: null });
      return;
    }
    this.#process = process;
    this.#supervisor.started(this, process);
    void process.gone().then((exit) => this.#exited(exit));
  }

  #exited(exit: ProcessExit): void {
    const { reason: kind, detail } = this.#notes.explain(exit);
    const { pid, generation } = this;
    this.#lastDeath = { ...exit, reason: kind, detail, pid, generation };
    this.#handle(this.#verdict());
  }

  /** Whether another process is to come. Asked of the policy only where nobody has decided already. */
  #verdict(): 'exitAgain' | 'exitSpent' | 'exitFinal' {
    if (this.#life.goal !== 'respawn' || !this.#isLasting) return 'exitFinal';
    const now = performance.now();
    const readyForMs = this.#readyAt === undefined ? undefined : now - this.#readyAt;
    const verdict = this.#ledger.planRespawn({ now, readyForMs }, this.#settings.respawn);
    if (!verdict.respawn) return verdict.why === 'off' && this.wasEverReady ? 'exitFinal' : 'exitSpent';
    this.#backoffMs = verdict.delayMs;
    return 'exitAgain';
  }

  #tellOfDeath(): void {
    const death = this.#lastDeath;
    this.#process = undefined;
    const next = this.#life.state === 'backoff' || this.#life.state === 'starting' ? 'starting' : 'stopped';
    if (death !== undefined) this.#supervisor.died(this, death, next);
  }

  #fail(): void {
    const error = new Error(this.#whyFailed());
    this.#becomingReady?.reject(error);
    this.#becomingReady = undefined;
    this.#supervisor.failed(this, error);
  }

  #whyFailed(): string {
    const death = this.#lastDeath as ClusterDeath;
    const wasReady = this.#readyAt !== undefined;
    return describeFailure({ id: this.id, death, wasReady, restarts: this.#ledger.respawns });
  }
}

function afterwards(act: () => Promise<void>): Promise<void> {
  const end = Promise.resolve().then(act);
  end.catch(() => {});
  return end;
}

/** Whoever does not wait for it is told by events; this must not be an unhandled rejection. */
function quietDeferred(): Deferred<void> {
  const waiting = deferred();
  waiting.promise.catch(() => {});
  return waiting;
}
