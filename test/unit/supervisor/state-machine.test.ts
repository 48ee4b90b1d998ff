import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  transition,
  INITIAL_LIFECYCLE,
  STATES_WITH_PROCESS,
  TIMERS_OF,
} from '../../../src/supervisor/state-machine.js';
import type {
  Lifecycle,
  ClusterAction,
  ExitGoal,
  ClusterInput,
  ClusterState,
  ClusterTimer,
} from '../../../src/supervisor/state-machine.js';

const STATES: readonly ClusterState[] = [
  'down',
  'starting',
  'up',
  'ready',
  'draining',
  'stopping',
  'backoff',
  'failed',
];
const INPUTS: readonly ClusterInput[] = [
  'start',
  'hello',
  'ready',
  'readyTimeout',
  'fatal',
  'frozen',
  'linkLost',
  'stop',
  'restart',
  'kill',
  'drained',
  'shutdownTimeout',
  'killTimeout',
  'backoffOver',
  'exitAgain',
  'exitSpent',
  'exitFinal',
];
const GOALS: readonly ExitGoal[] = ['respawn', 'restart', 'down', 'failed'];
const ENDING: ReadonlySet<ClusterState> = new Set(['draining', 'stopping']);

/** Every life there can be. */
const LIVES: readonly Lifecycle[] = STATES.flatMap((state) =>
  (ENDING.has(state) ? GOALS : (['respawn'] as const)).map((goal) => ({ state, goal })),
);

function show({ state, goal }: Lifecycle): string {
  return ENDING.has(state) ? `${state}→${goal}` : state;
}

function showAction(action: ClusterAction): string {
  switch (action.do) {
    case 'kill':
      return action.signal;
    case 'time':
      return `time ${action.timer}`;
    case 'announce':
      return action.what;
    default:
      return action.do;
  }
}

/** What an input does to each life it changes anything for. */
function row(input: ClusterInput): Record<string, string> {
  const changes = LIVES.flatMap((life) => {
    const step = transition(life, input);
    const actions = step.actions.map(showAction).join(', ');
    const isStill = show(step.life) === show(life) && actions === '';
    return isStill ? [] : [[show(life), `${show(step.life)}${actions && `: ${actions}`}`]];
  });
  return Object.fromEntries(changes) as Record<string, string>;
}

describe('the table of a life', () => {
  it.each(INPUTS.map((input) => [input]))('has an answer in every state to: %s', (input) => {
    for (const life of LIVES) {
      const step = transition(life, input);
      expect(STATES).toContain(step.life.state);
      expect(ENDING.has(step.life.state) || step.life.goal === 'respawn', show(life)).toBe(true);
    }
    expect(row(input)).toMatchSnapshot();
  });

  it('starts in no state that has a process already, and leaves no state with a process but by its exit', () => {
    for (const life of LIVES) {
      for (const input of INPUTS) {
        const { life: next, actions } = transition(life, input);
        const hadProcess = STATES_WITH_PROCESS.has(life.state);
        const exits = input.startsWith('exit');
        const forks = actions.some((action) => action.do === 'fork');
        const where = `${show(life)} × ${input}`;

        if (forks) expect(!hadProcess || exits, where).toBe(true);
        if (hadProcess && !exits) expect(STATES_WITH_PROCESS.has(next.state), where).toBe(true);
        if (!hadProcess && !forks) expect(STATES_WITH_PROCESS.has(next.state), where).toBe(false);
        if (hadProcess && exits) expect(actions.map(showAction), where).toContain('died');
      }
    }
  });

  it('times only what belongs to the state it enters', () => {
    for (const life of LIVES) {
      for (const input of INPUTS) {
        const { life: next, actions } = transition(life, input);
        for (const action of actions) {
          if (action.do === 'time')
            expect(TIMERS_OF[next.state], `${show(life)} × ${input}`).toContain(action.timer);
        }
      }
    }
  });
});

/** A world that does what the table says, as the real one does, and that a test can look at. */
class World {
  life = INITIAL_LIFECYCLE;
  processes = 0;
  mostProcesses = 0;
  isOrderedDown = false;
  readonly timers = new Set<ClusterTimer>();

  happen(input: ClusterInput): void {
    if (input.startsWith('exit')) {
      if (this.processes === 0) return;
      this.processes -= 1;
    }
    if (input === 'stop' || input === 'kill') this.isOrderedDown = true;
    if (input === 'start' && !STATES_WITH_PROCESS.has(this.life.state)) this.isOrderedDown = false;
    if (input === 'restart' && !STATES_WITH_PROCESS.has(this.life.state)) this.isOrderedDown = false;
    const { life, actions } = transition(this.life, input);
    this.life = life;
    for (const timer of this.timers) if (!TIMERS_OF[life.state].includes(timer)) this.timers.delete(timer);
    for (const action of actions) {
      if (action.do === 'fork') this.processes += 1;
      if (action.do === 'time') this.timers.add(action.timer);
    }
    this.mostProcesses = Math.max(this.mostProcesses, this.processes);
  }

  /** Lets time pass: the next timer ends; a process that is told to die does in the end. */
  pass(): void {
    const [timer] = this.timers;
    if (timer === undefined) {
      if (this.processes > 0) this.happen('exitAgain');
      return;
    }
    this.timers.delete(timer);
    this.happen(ENDS[timer]);
  }
}

const ENDS: Readonly<Record<ClusterTimer, ClusterInput>> = {
  ready: 'readyTimeout',
  drain: 'drained',
  shutdown: 'shutdownTimeout',
  term: 'killTimeout',
  exit: 'killTimeout',
  backoff: 'backoffOver',
};

describe('any life', () => {
  const inputs = fc.array(fc.constantFrom(...INPUTS), { maxLength: 60 });

  it('never has two processes, whatever happens in whatever order', () => {
    fc.assert(
      fc.property(inputs, (happenings) => {
        const world = new World();
        for (const input of happenings) world.happen(input);

        expect(world.mostProcesses).toBeLessThanOrEqual(1);
        expect(world.processes === 1).toBe(STATES_WITH_PROCESS.has(world.life.state));
      }),
    );
  });

  it('ends without a process once it is stopped, even if the process does nothing that it is asked', () => {
    fc.assert(
      fc.property(inputs, fc.constantFrom('stop' as const, 'kill' as const), (happenings, how) => {
        const world = new World();
        for (const input of happenings) world.happen(input);

        world.happen(how);
        for (let turn = 0; turn < 8; turn += 1) world.pass();

        expect(world.processes).toBe(0);
        expect(world.life.state).toBe('down');
      }),
    );
  });
});
