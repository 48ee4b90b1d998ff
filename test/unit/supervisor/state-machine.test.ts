import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  transition,
  INITIAL_LIFECYCLE,
  INPUT_OF,
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
  'refused',
  'frozen',
  'linkLost',
  'stop',
  'restart',
  'kill',
  'drained',
  'shutdownTimeout',
  'killTimeout',
  'backoffElapsed',
  'exitRespawn',
  'exitFailed',
  'exitDown',
];
const GOALS: readonly ExitGoal[] = ['respawn', 'restart', 'down', 'failed'];
const ENDING: ReadonlySet<ClusterState> = new Set(['draining', 'stopping']);

/** Every lifecycle there can be. */
const LIFECYCLES: readonly Lifecycle[] = STATES.flatMap((state) =>
  (ENDING.has(state) ? GOALS : (['respawn'] as const)).map((exitGoal) => ({ state, exitGoal })),
);

function show({ state, exitGoal }: Lifecycle): string {
  return ENDING.has(state) ? `${state}→${exitGoal}` : state;
}

function showAction(action: ClusterAction): string {
  switch (action.kind) {
    case 'kill':
      return action.signal;
    case 'startTimer':
      return `start ${action.timer} timer`;
    case 'notify':
      return action.event;
    default:
      return action.kind;
  }
}

/** What an input does to each lifecycle that it changes anything for. */
function row(input: ClusterInput): Record<string, string> {
  const changes = LIFECYCLES.flatMap((lifecycle) => {
    const step = transition(lifecycle, input);
    const actions = step.actions.map(showAction).join(', ');
    const isStill = show(step.lifecycle) === show(lifecycle) && actions === '';
    return isStill ? [] : [[show(lifecycle), `${show(step.lifecycle)}${actions && `: ${actions}`}`]];
  });
  return Object.fromEntries(changes) as Record<string, string>;
}

describe('the table of transitions', () => {
  it.each(INPUTS.map((input) => [input]))('has an answer in every state to: %s', (input) => {
    for (const lifecycle of LIFECYCLES) {
      const step = transition(lifecycle, input);
      expect(STATES).toContain(step.lifecycle.state);
      expect(ENDING.has(step.lifecycle.state) || step.lifecycle.exitGoal === 'respawn', show(lifecycle)).toBe(
        true,
      );
    }
    expect(row(input)).toMatchSnapshot();
  });

  it('launches in no state that has a process already, and leaves no state with a process but by its exit', () => {
    for (const lifecycle of LIFECYCLES) {
      for (const input of INPUTS) {
        const { lifecycle: next, actions } = transition(lifecycle, input);
        const hadProcess = STATES_WITH_PROCESS.has(lifecycle.state);
        const exits = input.startsWith('exit');
        const launches = actions.some((action) => action.kind === 'launch');
        const where = `${show(lifecycle)} × ${input}`;

        if (launches) expect(!hadProcess || exits, where).toBe(true);
        if (hadProcess && !exits) expect(STATES_WITH_PROCESS.has(next.state), where).toBe(true);
        if (!hadProcess && !launches) expect(STATES_WITH_PROCESS.has(next.state), where).toBe(false);
        if (hadProcess && exits) expect(actions.map(showAction), where).toContain('died');
      }
    }
  });

  it('times only what belongs to the state it enters', () => {
    for (const lifecycle of LIFECYCLES) {
      for (const input of INPUTS) {
        const { lifecycle: next, actions } = transition(lifecycle, input);
        for (const action of actions) {
          if (action.kind === 'startTimer')
            expect(TIMERS_OF[next.state], `${show(lifecycle)} × ${input}`).toContain(action.timer);
        }
      }
    }
  });
});

/** A world that does what the table says, as the real one does, and that a test can look at. */
class World {
  lifecycle = INITIAL_LIFECYCLE;
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
    if (input === 'start' && !STATES_WITH_PROCESS.has(this.lifecycle.state)) this.isOrderedDown = false;
    if (input === 'restart' && !STATES_WITH_PROCESS.has(this.lifecycle.state)) this.isOrderedDown = false;
    const { lifecycle, actions } = transition(this.lifecycle, input);
    this.lifecycle = lifecycle;
    for (const timer of this.timers)
      if (!TIMERS_OF[lifecycle.state].includes(timer)) this.timers.delete(timer);
    for (const action of actions) {
      if (action.kind === 'launch') this.processes += 1;
      if (action.kind === 'startTimer') this.timers.add(action.timer);
    }
    this.mostProcesses = Math.max(this.mostProcesses, this.processes);
  }

  /** Lets time pass: the next timer ends; a process that is told to die does in the end. */
  pass(): void {
    const [timer] = this.timers;
    if (timer === undefined) {
      if (this.processes > 0) this.happen('exitRespawn');
      return;
    }
    this.timers.delete(timer);
    this.happen(INPUT_OF[timer]);
  }
}

describe('any lifecycle', () => {
  const inputs = fc.array(fc.constantFrom(...INPUTS), { maxLength: 60 });

  it('never has two processes, whatever happens in whatever order', () => {
    fc.assert(
      fc.property(inputs, (happenings) => {
        const world = new World();
        for (const input of happenings) world.happen(input);

        expect(world.mostProcesses).toBeLessThanOrEqual(1);
        expect(world.processes === 1).toBe(STATES_WITH_PROCESS.has(world.lifecycle.state));
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
        expect(world.lifecycle.state).toBe('down');
      }),
    );
  });
});
