/**
 * State machine: the states of a cluster and the transitions between them, as one table.
 *
 * Pure: a lifecycle and an input give the next lifecycle and the actions to take. Nothing is launched, killed or timed
 * here; `SupervisedCluster` does that, and decides nothing. Every state has an answer to everything that can happen,
 * so a cell that says `stay` was thought about.
 *
 * ```text
 *            start           hello            ready
 *   down ──────────▶ starting ─────▶ up ───────────▶ ready
 *    ▲                  ▲  │              │             │ stop, restart
 *    │        backoff   │  │ exit         │ exit        ▼
 *    │        elapsed   │  ▼              │         draining
 *    │                backoff ◀───────────┘             │ drained
 *    │                  │ the budget is spent           ▼
 *    │                  ▼               exit        stopping ── exit ──▶ down, backoff, starting or failed,
 *    └───────────── failed ◀──────────────────────────                   as its exit goal says
 * ```
 */

/**
 * The state of a cluster.
 *
 * - `'down'`: there is no process, and none will be started by itself: before `spawn()`, after `shutdown()`, or
 *   after a death with `respawn: false`.
 * - `'starting'`: a process was started and has not connected to the manager yet.
 * - `'up'`: the process is connected and its handlers are known; its discord.js client is not ready yet.
 * - `'ready'`: the client is ready.
 * - `'draining'`: the cluster gets no new calls; calls in flight may end.
 * - `'stopping'`: the process was asked to shut down, or is being killed.
 * - `'backoff'`: the process died; the next one is started after a delay.
 * - `'failed'`: the process died too often, or for a reason that a restart does not fix. It stays down until
 *   `manager.restart(id)`.
 */
export type ClusterState =
  'down' | 'starting' | 'up' | 'ready' | 'draining' | 'stopping' | 'backoff' | 'failed';

/** What can happen to a cluster. */
export type ClusterInput =
  | 'start'
  /** The process has said hello. */
  | 'hello'
  /** The client of the process is ready. */
  | 'ready'
  /** The client was not ready in time. */
  | 'readyTimeout'
  /** Discord refuses the login for good, or the protocol version differs: starting again would not help. */
  | 'refused'
  /** The event loop of the process does not turn. */
  | 'frozen'
  /** The link has ended: the process can serve no call. */
  | 'linkLost'
  | 'stop'
  /** Stop, then start again: planned, so no backoff. */
  | 'restart'
  /** Stop without asking. */
  | 'kill'
  /** No call is in flight any more, or the calls took too long. */
  | 'drained'
  | 'shutdownTimeout'
  | 'killTimeout'
  | 'backoffElapsed'
  /** The process is gone. The respawn policy says what is next: another process, ... */
  | 'exitRespawn'
  /** ... none, because too many have died, ... */
  | 'exitFailed'
  /** ... or none, because none is wanted. */
  | 'exitDown';

/** What follows when a process that is ending is gone. `respawn`: the respawn policy decides. */
export type ExitGoal = 'respawn' | 'restart' | 'down' | 'failed';

export interface Lifecycle {
  readonly state: ClusterState;
  /** Counts while `draining` and `stopping`; `respawn` everywhere else. */
  readonly exitGoal: ExitGoal;
}

/** `term` is for a process that ignores SIGTERM, `exit` for one that has closed its link and is mostly just exiting. */
export type ClusterTimer = 'ready' | 'drain' | 'shutdown' | 'term' | 'exit' | 'backoff';

/** The input that a timer ends in, unless the state that the timer belongs to is left before. */
export const INPUT_OF: Readonly<Record<ClusterTimer, ClusterInput>> = {
  ready: 'readyTimeout',
  drain: 'drained',
  shutdown: 'shutdownTimeout',
  term: 'killTimeout',
  exit: 'killTimeout',
  backoff: 'backoffElapsed',
};

export type ClusterAction =
  | { readonly kind: 'launch' }
  | { readonly kind: 'kill'; readonly signal: 'SIGTERM' | 'SIGKILL' }
  /** Asks the process to shut down. */
  | { readonly kind: 'requestShutdown' }
  /** Lets no new calls through to the process. */
  | { readonly kind: 'stopNewCalls' }
  | { readonly kind: 'startTimer'; readonly timer: ClusterTimer }
  /** Tells the supervisor. `died` comes before the launch of the next process, which would be mistaken for it. */
  | { readonly kind: 'notify'; readonly event: 'up' | 'ready' | 'died' | 'failed' };

export interface Transition {
  readonly lifecycle: Lifecycle;
  readonly actions: readonly ClusterAction[];
}

/** Which timers may run in which state; all others are stopped on entering it. */
export const TIMERS_OF: Readonly<Record<ClusterState, readonly ClusterTimer[]>> = {
  down: [],
  starting: ['ready'],
  up: ['ready'],
  ready: [],
  draining: ['drain'],
  stopping: ['shutdown', 'term', 'exit'],
  backoff: ['backoff'],
  failed: [],
};

/** The states in which there is a process. */
export const STATES_WITH_PROCESS: ReadonlySet<ClusterState> = new Set([
  'starting',
  'up',
  'ready',
  'draining',
  'stopping',
]);

export const INITIAL_LIFECYCLE: Lifecycle = { state: 'down', exitGoal: 'respawn' };

/** Returns the next lifecycle, and the actions to take on the way, in this order. */
export function transition(lifecycle: Lifecycle, input: ClusterInput): Transition {
  return TRANSITIONS[lifecycle.state][input](lifecycle);
}

type Cell = (lifecycle: Lifecycle) => Transition;
type Row = Readonly<Record<ClusterInput, Cell>>;

const launch: ClusterAction = { kind: 'launch' };
const requestShutdown: ClusterAction = { kind: 'requestShutdown' };
const stopNewCalls: ClusterAction = { kind: 'stopNewCalls' };
const sigkill: ClusterAction = { kind: 'kill', signal: 'SIGKILL' };
const sigterm: ClusterAction = { kind: 'kill', signal: 'SIGTERM' };

const startTimer = (timer: ClusterTimer): ClusterAction => ({ kind: 'startTimer', timer });
const notify = (event: 'up' | 'ready' | 'died' | 'failed'): ClusterAction => ({ kind: 'notify', event });

const stay: Cell = (lifecycle) => ({ lifecycle, actions: [] });

function goTo(state: ClusterState, ...actions: ClusterAction[]): Cell {
  return () => ({ lifecycle: { state, exitGoal: 'respawn' }, actions });
}

/** Waits for the calls in flight; the process ends after them. */
function drain(exitGoal: ExitGoal): Cell {
  const actions = [stopNewCalls, startTimer('drain')];
  return () => ({ lifecycle: { state: 'draining', exitGoal }, actions });
}

/** The process begins to end. */
function endProcess(exitGoal: ExitGoal, ...actions: ClusterAction[]): Cell {
  return () => ({ lifecycle: { state: 'stopping', exitGoal }, actions });
}

/** The process that drains begins to end; its goal stays. */
function endDrained(...actions: ClusterAction[]): Cell {
  return ({ exitGoal }) => ({ lifecycle: { state: 'stopping', exitGoal }, actions });
}

/** The process is ending already, and now for another reason too: the stronger goal stands. */
function raiseGoal(exitGoal: ExitGoal, ...actions: ClusterAction[]): Cell {
  return ({ state, exitGoal: before }) => ({
    lifecycle: { state, exitGoal: strongerGoal(before, exitGoal) },
    actions,
  });
}

/** Which of two goals stands: what ends a cluster outweighs what brings it back. */
const GOAL_STRENGTH: Readonly<Record<ExitGoal, number>> = { respawn: 0, restart: 1, failed: 2, down: 3 };

function strongerGoal(before: ExitGoal, now: ExitGoal): ExitGoal {
  return GOAL_STRENGTH[before] > GOAL_STRENGTH[now] ? before : now;
}

const start = goTo('starting', launch, startTimer('ready'));
const restartAfterExit = goTo('starting', notify('died'), launch, startTimer('ready'));
const exitRespawn = goTo('backoff', notify('died'), startTimer('backoff'));
const exitFailed = goTo('failed', notify('died'), notify('failed'));
const exitDown = goTo('down', notify('died'));

/** A process that was ending is gone: its goal decides, and only where the goal does not, the policy. */
function exitByGoal(byPolicy: Cell): Cell {
  return (lifecycle) => {
    switch (lifecycle.exitGoal) {
      case 'down':
        return exitDown(lifecycle);
      case 'failed':
        return exitFailed(lifecycle);
      case 'restart':
        return restartAfterExit(lifecycle);
      case 'respawn':
        return byPolicy(lifecycle);
    }
  };
}

const WITHOUT_PROCESS: Row = {
  start,
  restart: start,
  hello: stay,
  ready: stay,
  readyTimeout: stay,
  refused: stay,
  frozen: stay,
  linkLost: stay,
  stop: goTo('down'),
  kill: goTo('down'),
  drained: stay,
  shutdownTimeout: stay,
  killTimeout: stay,
  backoffElapsed: stay,
  exitRespawn: stay,
  exitFailed: stay,
  exitDown: stay,
};

const shutDown = [requestShutdown, startTimer('shutdown')] as const;

const WITH_PROCESS: Row = {
  start: stay,
  hello: stay,
  ready: stay,
  readyTimeout: stay,
  refused: endProcess('failed', ...shutDown),
  frozen: endProcess('respawn', sigkill),
  linkLost: endProcess('respawn', startTimer('exit')),
  stop: drain('down'),
  restart: drain('restart'),
  kill: endProcess('down', sigkill),
  drained: stay,
  shutdownTimeout: stay,
  killTimeout: stay,
  backoffElapsed: stay,
  exitRespawn,
  exitFailed,
  exitDown,
};

const TRANSITIONS: Readonly<Record<ClusterState, Row>> = {
  down: WITHOUT_PROCESS,
  starting: {
    ...WITH_PROCESS,
    hello: goTo('up', notify('up')),
    readyTimeout: endProcess('respawn', sigkill),
    // No call has reached the process yet, so there is nothing to drain; and none shall, though its hello may still come.
    stop: endProcess('down', stopNewCalls, ...shutDown),
    restart: endProcess('restart', stopNewCalls, ...shutDown),
  },
  up: {
    ...WITH_PROCESS,
    ready: goTo('ready', notify('ready')),
    readyTimeout: endProcess('respawn', sigkill),
  },
  ready: WITH_PROCESS,
  draining: {
    ...WITH_PROCESS,
    refused: (lifecycle) => endProcess(strongerGoal(lifecycle.exitGoal, 'failed'), ...shutDown)(lifecycle),
    frozen: endDrained(sigkill),
    linkLost: endDrained(startTimer('exit')),
    stop: raiseGoal('down'),
    restart: raiseGoal('restart'),
    drained: endDrained(...shutDown),
    exitRespawn: exitByGoal(exitRespawn),
    exitFailed: exitByGoal(exitFailed),
    exitDown: exitByGoal(exitDown),
  },
  stopping: {
    ...WITH_PROCESS,
    refused: raiseGoal('failed'),
    frozen: raiseGoal('respawn', sigkill),
    // The process was asked to shut down and does, or is being killed: both have a timer or need none.
    linkLost: raiseGoal('respawn', startTimer('exit')),
    stop: raiseGoal('down'),
    restart: raiseGoal('restart'),
    kill: raiseGoal('down', sigkill),
    shutdownTimeout: raiseGoal('respawn', sigterm, startTimer('term')),
    killTimeout: raiseGoal('respawn', sigkill),
    exitRespawn: exitByGoal(exitRespawn),
    exitFailed: exitByGoal(exitFailed),
    exitDown: exitByGoal(exitDown),
  },
  backoff: { ...WITHOUT_PROCESS, backoffElapsed: start },
  failed: WITHOUT_PROCESS,
};
