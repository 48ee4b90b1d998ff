import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { live, NEW_LIFE, STATES_WITH_PROCESS, TIMERS_OF } from '../../../src/supervisor/state-machine.js';
import type {
  Life,
  LifeAction,
  LifeGoal,
  LifeInput,
  LifeState,
  LifeTimer,
} from '../../../src/supervisor/state-machine.js';

const STATES: readonly LifeState[] = [
  'down',
  'starting',
  'connected',
  'ready',
  'draining',
  'stopping',
  'backoff',
  'failed',
];
const INPUTS: readonly LifeInput[] = [
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
const GOALS: readonly LifeGoal[] = ['respawn', 'restart', 'down', 'failed'];
const ENDING: ReadonlySet<LifeState> = new Set(['draining', 'stopping']);

/** Every life there can be. */
const LIVES: readonly Life[] = STATES.flatMap((at) =>
  (ENDING.has(at) ? GOALS : (['respawn'] as const)).map((goal) => ({ at, goal })),
);

function show({ at, goal }: Life): string {
  return ENDING.has(at) ? `${at}→${goal}` : at;
}

function showAction(action: LifeAction): string {
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
function row(input: LifeInput): Record<string, string> {
  const changes = LIVES.flatMap((life) => {
    const step = live(life, input);
    const actions = step.actions.map(showAction).join(', ');
    const isStill = show(step.life) === show(life) && actions === '';
    return isStill ? [] : [[show(life), `${show(step.life)}${actions && `: ${actions}`}`]];
  });
  return Object.fromEntries(changes) as Record<string, string>;
}

describe('the table of a life', () => {
  it.each(INPUTS.map((input) => [input]))('has an answer in every state to: %s', (input) => {
    for (const life of LIVES) {
      const step = live(life, input);
      expect(STATES).toContain(step.life.at);
      expect(ENDING.has(step.life.at) || step.life.goal === 'respawn', show(life)).toBe(true);
    }
    expect(row(input)).toMatchSnapshot();
  });

  it('starts in no state that has a process already, and leaves no state with a process but by its exit', () => {
    for (const life of LIVES) {
      for (const input of INPUTS) {
        const { life: next, actions } = live(life, input);
        const hadProcess = STATES_WITH_PROCESS.has(life.at);
        const exits = input.startsWith('exit');
        const forks = actions.some((action) => action.do === 'fork');
        const where = `${show(life)} × ${input}`;

        if (forks) expect(!hadProcess || exits, where).toBe(true);
        if (hadProcess && !exits) expect(STATES_WITH_PROCESS.has(next.at), where).toBe(true);
        if (!hadProcess && !forks) expect(STATES_WITH_PROCESS.has(next.at), where).toBe(false);
        if (hadProcess && exits) expect(actions.map(showAction), where).toContain('died');
      }
    }
  });

  it('times only what belongs to the state it enters', () => {
    for (const life of LIVES) {
      for (const input of INPUTS) {
        const { life: next, actions } = live(life, input);
        for (const action of actions) {
          if (action.do === 'time')
            expect(TIMERS_OF[next.at], `${show(life)} × ${input}`).toContain(action.timer);
        }
      }
    }
  });
});

/** A world that does what the table says, as the real one does, and that a test can look at. */
class World {
  life = NEW_LIFE;
  processes = 0;
  mostProcesses = 0;
  isOrderedDown = false;
  readonly timers = new Set<LifeTimer>();

  happen(input: LifeInput): void {
    if (input.startsWith('exit')) {
      if (this.processes === 0) return;
      this.processes -= 1;
    }
    if (input === 'stop' || input === 'kill') this.isOrderedDown = true;
    if (input === 'start' && !STATES_WITH_PROCESS.has(this.life.at)) this.isOrderedDown = false;
    if (input === 'restart' && !STATES_WITH_PROCESS.has(this.life.at)) this.isOrderedDown = false;
    const { life, actions } = live(this.life, input);
    this.life = life;
    for (const timer of this.timers) if (!TIMERS_OF[life.at].includes(timer)) this.timers.delete(timer);
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

const ENDS: Readonly<Record<LifeTimer, LifeInput>> = {
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
        expect(world.processes === 1).toBe(STATES_WITH_PROCESS.has(world.life.at));
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
        expect(world.life.at).toBe('down');
      }),
    );
  });
});
