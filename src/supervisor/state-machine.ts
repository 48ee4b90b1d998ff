/**
 * Life: what becomes of a cluster, as one table.
 *
 * Pure: a state and what happened give the next state and what is to be done about it. Nothing is forked, killed
 * or timed here; `SupervisedCluster` does that, and decides nothing. Every state has an answer to everything that
 * can happen, so a cell that says `stay` was thought about.
 *
 * ```text
 *            start           hello            ready
 *   down ──────────▶ starting ─────▶ up ───────────▶ ready
 *    ▲                  ▲  │              │             │ stop, restart
 *    │        backoff   │  │ exit         │ exit        ▼
 *    │        over      │  ▼              │         draining
 *    │                backoff ◀───────────┘             │ drained
 *    │                  │ the budget is spent           ▼
 *    │                  ▼               exit        stopping ── exit ──▶ down, backoff, starting or failed,
 *    └───────────── failed ◀──────────────────────────                   as its goal says
 * ```
 */

/** Where a cluster is in its life. */
export type ClusterState =
  | 'down' // no process, and none is wanted
  | 'starting' // a process that has not said hello
  | 'up' // up: its link is open and its handlers are known; its client is not ready
  | 'ready'
  | 'draining' // gets no new calls; what is in flight may end
  | 'stopping' // was told to finish, or is being killed
  | 'backoff' // died; the next process is started in a while
  | 'failed'; // died too often, or for a reason that starting again does not cure

/** What can happen to a cluster. */
export type ClusterInput =
  | 'start'
  | 'hello'
  | 'ready'
  /** It was not ready in time. */
  | 'readyTimeout'
  /** Discord refuses it for good: starting again would not help. */
  | 'fatal'
  /** Its event loop does not turn. */
  | 'frozen'
  /** Its link has ended: it can serve nobody. */
  | 'linkLost'
  | 'stop'
  /** Stop, then start again: planned, so no backoff. */
  | 'restart'
  /** Stop without asking. */
  | 'kill'
  /** Nothing is in flight any more, or it took too long. */
  | 'drained'
  | 'shutdownTimeout'
  | 'killTimeout'
  | 'backoffOver'
  /** The process is gone. The policy says what is next: another one, ... */
  | 'exitAgain'
  /** ... none, because too many have died, ... */
  | 'exitSpent'
  /** ... or none, because nobody wants another one. */
  | 'exitFinal';

/** What a process that is ending leaves behind when it is gone. `respawn`: what the policy says. */
export type ExitGoal = 'respawn' | 'restart' | 'down' | 'failed';

export interface Lifecycle {
  readonly state: ClusterState;
  /** Counts while `draining` and `stopping`; `respawn` everywhere else. */
  readonly goal: ExitGoal;
}

/** Ends by the input that is named behind it, unless the state it belongs to is left before. */
export type ClusterTimer =
  | 'ready' // readyTimeout
  | 'drain' // drained
  | 'shutdown' // shutdownTimeout
  | 'term' // killTimeout, for a process that ignores SIGTERM
  | 'exit' // killTimeout, for a process that has closed its link and is mostly just exiting
  | 'backoff'; // backoffOver

export type ClusterAction =
  | { readonly do: 'fork' }
  | { readonly do: 'kill'; readonly signal: 'SIGTERM' | 'SIGKILL' }
  /** Tells the process to finish. */
  | { readonly do: 'finish' }
  /** Lets no new calls through. */
  | { readonly do: 'close' }
  | { readonly do: 'time'; readonly timer: ClusterTimer }
  /** Tells of it. Stands before the fork of a successor: its predecessor is to be forgotten first. */
  | { readonly do: 'announce'; readonly what: 'up' | 'ready' | 'died' | 'failed' };

export interface Transition {
  readonly life: Lifecycle;
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

export const INITIAL_LIFECYCLE: Lifecycle = { state: 'down', goal: 'respawn' };

/** What becomes of a life to which something happens. */
export function transition(life: Lifecycle, input: ClusterInput): Transition {
  return TRANSITIONS[life.state][input](life);
}

type Cell = (life: Lifecycle) => Transition;
type Row = Readonly<Record<ClusterInput, Cell>>;

const fork: ClusterAction = { do: 'fork' };
const finish: ClusterAction = { do: 'finish' };
const close: ClusterAction = { do: 'close' };
const kill: ClusterAction = { do: 'kill', signal: 'SIGKILL' };
const terminate: ClusterAction = { do: 'kill', signal: 'SIGTERM' };
const died: ClusterAction = { do: 'announce', what: 'died' };
const failed: ClusterAction = { do: 'announce', what: 'failed' };

const time = (timer: ClusterTimer): ClusterAction => ({ do: 'time', timer });

const stay: Cell = (life) => ({ life, actions: [] });

function go(state: ClusterState, ...actions: ClusterAction[]): Cell {
  return () => ({ life: { state, goal: 'respawn' }, actions });
}

/** The process ends, towards a goal. */
function end(goal: ExitGoal, ...actions: ClusterAction[]): Cell {
  return () => ({ life: { state: 'stopping', goal }, actions });
}

function drain(goal: ExitGoal): Cell {
  return () => ({ life: { state: 'draining', goal }, actions: [close, time('drain')] });
}

/** The process is ending already, and now for another reason. What was asked for first and for good stays. */
function towards(goal: ExitGoal, ...actions: ClusterAction[]): Cell {
  return ({ state, goal: before }) => ({
    life: { state, goal: RANK[before] > RANK[goal] ? before : goal },
    actions,
  });
}

/** Which goal stands when there are two: what ends a cluster outweighs what brings it back. */
const RANK: Readonly<Record<ExitGoal, number>> = { respawn: 0, restart: 1, failed: 2, down: 3 };

const start = go('starting', fork, time('ready'));
const exitAgain = go('backoff', died, time('backoff'));
const exitSpent = go('failed', died, failed);
const exitFinal = go('down', died);

/** Gone as it was meant to be, or on the way there: the goal decides, and only where it does not, the policy. */
function gone(policy: Cell): Cell {
  return (life) => {
    switch (life.goal) {
      case 'down':
        return exitFinal(life);
      case 'failed':
        return exitSpent(life);
      case 'restart':
        return go('starting', died, fork, time('ready'))(life);
      case 'respawn':
        return policy(life);
    }
  };
}

const WITHOUT_PROCESS: Row = {
  start,
  restart: start,
  hello: stay,
  ready: stay,
  readyTimeout: stay,
  fatal: stay,
  frozen: stay,
  linkLost: stay,
  stop: go('down'),
  kill: go('down'),
  drained: stay,
  shutdownTimeout: stay,
  killTimeout: stay,
  backoffOver: stay,
  exitAgain: stay,
  exitSpent: stay,
  exitFinal: stay,
};

const finishing = [finish, time('shutdown')] as const;

const WITH_PROCESS: Row = {
  start: stay,
  hello: stay,
  ready: stay,
  readyTimeout: stay,
  fatal: end('failed', ...finishing),
  frozen: end('respawn', kill),
  linkLost: end('respawn', time('exit')),
  stop: drain('down'),
  restart: drain('restart'),
  kill: end('down', kill),
  drained: stay,
  shutdownTimeout: stay,
  killTimeout: stay,
  backoffOver: stay,
  exitAgain,
  exitSpent,
  exitFinal,
};

const announceReady: ClusterAction = { do: 'announce', what: 'ready' };

const TRANSITIONS: Readonly<Record<ClusterState, Row>> = {
  down: WITHOUT_PROCESS,
  starting: {
    ...WITH_PROCESS,
    hello: go('up', { do: 'announce', what: 'up' }),
    readyTimeout: end('respawn', kill),
    // Nobody has called it yet, so there is nothing to drain; and nobody shall, though its hello may still come.
    stop: end('down', close, ...finishing),
    restart: end('restart', close, ...finishing),
  },
  up: { ...WITH_PROCESS, ready: go('ready', announceReady), readyTimeout: end('respawn', kill) },
  ready: WITH_PROCESS,
  draining: {
    ...WITH_PROCESS,
    fatal: ({ goal }) => ({
      life: { state: 'stopping', goal: RANK[goal] > RANK.failed ? goal : 'failed' },
      actions: finishing,
    }),
    frozen: ({ goal }) => end(goal, kill)({ state: 'draining', goal }),
    linkLost: ({ goal }) => end(goal, time('exit'))({ state: 'draining', goal }),
    stop: towards('down'),
    restart: towards('restart'),
    drained: ({ goal }) => end(goal, ...finishing)({ state: 'draining', goal }),
    exitAgain: gone(exitAgain),
    exitSpent: gone(exitSpent),
    exitFinal: gone(exitFinal),
  },
  stopping: {
    ...WITH_PROCESS,
    fatal: towards('failed'),
    frozen: towards('respawn', kill),
    // It was told to finish and does, or is being killed: both have a timer or need none.
    linkLost: towards('respawn', time('exit')),
    stop: towards('down'),
    restart: towards('restart'),
    kill: towards('down', kill),
    shutdownTimeout: towards('respawn', terminate, time('term')),
    killTimeout: towards('respawn', kill),
    exitAgain: gone(exitAgain),
    exitSpent: gone(exitSpent),
    exitFinal: gone(exitFinal),
  },
  backoff: { ...WITHOUT_PROCESS, backoffOver: start },
  failed: WITHOUT_PROCESS,
};
