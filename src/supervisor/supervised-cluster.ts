/**
 * Supervised cluster: one cluster id and its process, kept as the state machine says.
 *
 * `state-machine.ts` decides what follows from what happens, `respawn-policy.ts` whether a death is followed by
 * another process; this class launches and kills, runs the timers and notifies the supervisor. It never has more than
 * one process.
 */
import type { CrashReport, Pong } from '../wire/control/to-manager.js';
import type { ClusterDeath, DeathReason, ProcessExit } from './cluster-death.js';
import { EXIT_DOWN, failureOf, judgeDeath, notReadyError } from './death-verdict.js';
import { Inbox } from './inbox.js';
import type { ClusterPlan } from './plan.js';
import { ProcessRun } from './process-run.js';
import type { PastRun } from './process-run.js';
import { INITIAL_LIFECYCLE, INPUT_OF, STATES_WITH_PROCESS, TIMERS_OF, transition } from './state-machine.js';
import type { ClusterAction, ClusterInput, ClusterState, ClusterTimer } from './state-machine.js';
import { nextProcess } from './supervisor.js';
import type { SupervisedClusterDeps, SupervisionOptions } from './supervisor.js';
import { ClusterTimers, timeoutOf } from './timers.js';
import { Waiters } from './waiters.js';

type Deps = SupervisedClusterDeps<SupervisedCluster>;

export class SupervisedCluster {
  readonly plan: ClusterPlan;
  readonly #deps: Deps;
  readonly #timers = new ClusterTimers((timer) => this.#onTimer(timer));
  readonly #inbox = new Inbox();
  /** Callers that wait for the cluster to be ready, and for its end. */
  readonly #untilReady = new Waiters(this.#inbox);
  readonly #untilDown = new Waiters(this.#inbox);
  readonly #standby: boolean;
  #isPermanent: boolean;
  #lifecycle = INITIAL_LIFECYCLE;
  /** The process there is. */
  #run: ProcessRun | undefined;
  /** The last process that died. */
  #pastRun: PastRun | undefined;
  #backoffMs = 0;

  constructor(plan: ClusterPlan, deps: Deps, options: SupervisionOptions = {}) {
    this.plan = plan;
    this.#deps = deps;
    this.#isPermanent = options.isCandidate !== true;
    this.#standby = options.standby === true;
  }

  get id(): number {
    return this.plan.id;
  }

  get pid(): number | undefined {
    return this.#run?.pid;
  }

  /** The generation of the process, or of the last one there was; 0 before the first. */
  get generation(): number {
    return this.#run?.generation ?? this.#pastRun?.death.generation ?? 0;
  }

  get state(): ClusterState {
    return this.#lifecycle.state;
  }

  /** Whether another process may follow the death of this one: not for a candidate, nor after `retire()`. */
  get isPermanent(): boolean {
    return this.#isPermanent;
  }

  /** Whether any process of this id was ready. */
  get wasEverReady(): boolean {
    return this.#deps.history.wasEverReady;
  }

  /** How many processes of this id came after the first. */
  get restarts(): number {
    return this.#deps.history.restarts;
  }

  /** Milliseconds since the process was started; 0 without one. */
  get uptimeMs(): number {
    return this.#run?.uptimeMs ?? 0;
  }

  /** How the last process ended, if one has. */
  get lastDeath(): ClusterDeath | undefined {
    return this.#pastRun?.death;
  }

  /** The last heartbeat answer of the process, or of the last one there was. */
  get lastPong(): Pong | undefined {
    return (this.#run ?? this.#pastRun)?.lastPong;
  }

  /** Makes a candidate permanent: from now on it is respawned. */
  promote(): void {
    this.#isPermanent = true;
  }

  /** Another cluster has replaced this one: when its process ends, no other follows. */
  retire(): void {
    this.#isPermanent = false;
    // Not even the process that a restart or the backoff would have brought.
    const { state, exitGoal } = this.#lifecycle;
    if (exitGoal === 'restart' || state === 'backoff') this.#receive('stop');
  }

  /** Starts a process if there is none. Resolves when it is ready; rejects when the cluster has failed or is stopped. */
  start(): Promise<void> {
    return this.#untilReady.waitAfter(() => this.#step('start'));
  }

  /** Stops the process, if there is one, and starts another: without backoff, as this is planned. */
  restart(): Promise<void> {
    return this.#untilReady.waitAfter(() => {
      this.#recordCause('stopped', 'restarted');
      if (!STATES_WITH_PROCESS.has(this.state)) this.#deps.history.forgetDeaths();
      this.#step('restart');
    });
  }

  /** Lets calls in flight end, asks the process to shut down, then makes it. Resolves when there is no process any more. */
  stop(): Promise<void> {
    return this.#end('stop', '');
  }

  /** Ends the process without asking. Resolves when there is no process any more. */
  kill(): Promise<void> {
    return this.#end('kill', 'killed');
  }

  /** The process has said hello. */
  onHello(): void {
    this.#receive('hello');
  }

  /** The client of the process is ready. */
  onReady(): void {
    this.#receive('ready');
  }

  onPong(pong: Pong): void {
    if (this.#run !== undefined) this.#run.lastPong = pong;
  }

  /** The process has said what it is about to die of. */
  onCrashReport(report: CrashReport): void {
    this.#run?.evidence.recordCrashReport(report);
  }

  /** The process speaks another protocol version. @param mismatch - Which one, and what to do: one sentence. */
  onProtocolMismatch(mismatch: string): void {
    this.#recordCause('protocol-mismatch', mismatch);
    this.#receive('refused');
  }

  /** Discord refuses the login for good. @param sentence - Why, and what to do about it. */
  onLoginRejected(sentence: string): void {
    this.#recordCause('fatal-login', sentence);
    this.#receive('refused');
  }

  /** The process did not answer heartbeats for too long. */
  onFrozen(silentMs: number): void {
    this.#recordCause('frozen', `its event loop did not turn for ${Math.round(silentMs)} ms`);
    this.#receive('frozen');
  }

  /** The link has ended, so the process can serve no call. @param why - Where it is known. */
  onLinkLost(why: string): void {
    this.#recordCause('link-lost', why);
    this.#receive('linkLost');
  }

  /** Time in which a shard waits for its turn to identify does not count for `readyTimeout`. */
  pauseReadyTimer(): void {
    this.#timers.pauseReady();
  }

  resumeReadyTimer(): void {
    this.#timers.resumeReady();
  }

  #end(input: 'stop' | 'kill', detail: string): Promise<void> {
    return this.#untilDown.waitAfter(() => {
      this.#recordCause('stopped', detail);
      this.#step(input);
    });
  }

  #recordCause(reason: DeathReason, detail: string): void {
    this.#run?.evidence.recordCause(reason, detail);
  }

  #receive(input: ClusterInput): void {
    this.#inbox.push(() => this.#step(input));
  }

  #step(input: ClusterInput): void {
    const { lifecycle, actions } = transition(this.#lifecycle, input);
    this.#lifecycle = lifecycle;
    this.#timers.stopBut(TIMERS_OF[lifecycle.state]);
    for (const action of actions) this.#act(action);
    if (STATES_WITH_PROCESS.has(lifecycle.state) || lifecycle.state === 'backoff') return;
    this.#untilDown.resolve();
    this.#untilReady.reject(() => notReadyError(this.id, input, this.#pastRun, this.#deps.history));
  }

  #act(action: ClusterAction): void {
    const { supervisor } = this.#deps;
    switch (action.kind) {
      case 'launch':
        return this.#launch();
      case 'kill':
        return this.#kill(action.signal);
      case 'requestShutdown':
        supervisor.log(this, 'stopping', this.#run?.evidence.summary ?? '');
        return supervisor.send(this, { kind: 'shutdown' });
      case 'stopNewCalls':
        return supervisor.onClusterDraining(this, nextProcess(this.#lifecycle));
      case 'startTimer':
        return this.#startTimer(action.timer);
      case 'notify':
        return this.#notify(action.event);
    }
  }

  #launch(): void {
    const { history, launcher, supervisor } = this.#deps;
    const generation = history.startProcess();
    const standby = this.#standby && !this.#isPermanent;
    const run = new ProcessRun(launcher, { ...this.plan, generation, standby });
    this.#run = run;
    // A launch can fail (no descriptors left, say): that is a death like any other.
    if (run.process === undefined)
      return this.#inbox.pushFirst(() => this.#onExit(run, { code: null, signal: null }));
    supervisor.onClusterStarted(this, run.process);
    void run.process.gone().then((exit) => this.#inbox.push(() => this.#onExit(run, exit)));
  }

  #kill(signal: 'SIGTERM' | 'SIGKILL'): void {
    const { supervisor } = this.#deps;
    supervisor.log(this, 'killed', `${signal}, ${this.#run?.evidence.summary}`);
    // By this a cluster knows whose SIGTERM it is: service managers send theirs to every process.
    if (signal === 'SIGTERM') supervisor.send(this, { kind: 'shutdown' });
    this.#run?.kill(signal);
  }

  #notify(event: 'up' | 'ready' | 'died' | 'failed'): void {
    const { history, supervisor } = this.#deps;
    switch (event) {
      case 'up':
        return supervisor.log(this, 'up', `after ${Math.round(this.uptimeMs)} ms`);
      case 'ready':
        this.#run?.onReady();
        history.onReady();
        supervisor.onClusterReady(this);
        return this.#untilReady.resolve();
      case 'died':
        return supervisor.onClusterDied(this, (this.#pastRun as PastRun).death, nextProcess(this.#lifecycle));
      case 'failed': {
        const error = failureOf(this.id, this.#pastRun as PastRun, history);
        this.#untilReady.reject(() => error);
        return supervisor.onClusterFailed(this, error);
      }
    }
  }

  #startTimer(timer: ClusterTimer): void {
    const { settings, supervisor } = this.#deps;
    switch (timer) {
      case 'drain':
        return this.#timers.startDrain(() => supervisor.isIdle(this), settings.drainTimeoutMs);
      case 'backoff':
        supervisor.log(this, 'backoff', `in ${Math.round(this.#backoffMs)} ms`);
        return this.#timers.start(timer, this.#backoffMs);
      default:
        return this.#timers.start(timer, timeoutOf(timer, settings));
    }
  }

  #onTimer(timer: ClusterTimer): void {
    if (timer === 'ready')
      this.#recordCause('ready-timeout', `not ready within ${this.#deps.settings.readyTimeoutMs} ms`);
    // A cluster may be drained at once: that belongs to the step that has started the timer.
    this.#inbox.pushFirst(() => this.#step(INPUT_OF[timer]));
  }

  #onExit(run: ProcessRun, exit: ProcessExit): void {
    const { history, settings } = this.#deps;
    // The respawn policy is asked only where nothing is decided already.
    const isUndecided = this.#lifecycle.exitGoal === 'respawn' && this.#isPermanent;
    const verdict = isUndecided ? judgeDeath(history, run.readyForMs, settings.respawn) : EXIT_DOWN;
    this.#backoffMs = verdict.backoffMs;
    this.#pastRun = run.end(exit);
    this.#run = undefined;
    this.#step(verdict.input);
  }
}
