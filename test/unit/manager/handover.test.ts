import { beforeEach, describe, expect, it, vi } from 'vitest';
import { deferred } from '../../../src/async/deferred.js';
import { Handover } from '../../../src/manager/rollout/handover.js';
import type { HandoverDeps, HandoverMode } from '../../../src/manager/rollout/handover.js';
import type { Watcher } from '../../../src/manager/processes.js';
import type { SupervisedCluster } from '../../../src/supervisor/supervised-cluster.js';
import type { HandoverStep } from '../../../src/wire/control/to-cluster.js';
import { runningTimers } from '../../support/timers.js';
import { turn, turnUntil } from '../../support/turns.js';

/** What happened, in order. */
let log: string[];
let watchers: Map<unknown, Watcher>;
/** Steps that the old process does not answer. */
let unanswered: Set<HandoverStep['step']>;
/** The step that the new process dies of. */
let deadly: HandoverStep['step'] | undefined;

beforeEach(() => {
  log = [];
  watchers = new Map();
  unanswered = new Set();
  deadly = undefined;
});

/** A cluster that does what it is told, and writes it down. */
function party(name: string) {
  const becomingReady = deferred();
  becomingReady.promise.catch(() => {});
  const cluster = {
    id: 1,
    name,
    state: 'ready',
    generation: 7,
    becomingReady,
    start: () => {
      log.push(`${name} starts`);
      return becomingReady.promise;
    },
    stop: async () => void log.push(`${name} stops`),
  };
  return cluster;
}

type Party = ReturnType<typeof party>;

/** Its process is gone, and those who watch it hear of it. */
function die(cluster: Party): void {
  cluster.state = 'backoff';
  watchers.get(cluster)?.died?.(new Error('dead'));
}

function nameOf(cluster: SupervisedCluster): string {
  return (cluster as unknown as Party).name;
}

const processes: HandoverDeps = {
  watch: (cluster, watcher) => void watchers.set(cluster, watcher),
  send: (cluster, message) => {
    const { step } = message as HandoverStep;
    log.push(`${nameOf(cluster)} ${step}`);
    if (nameOf(cluster) === 'old' && unanswered.has(step)) return;
    if (nameOf(cluster) === 'new' && step === deadly) return die(cluster as unknown as Party);
    queueMicrotask(() => watchers.get(cluster)?.handoverDone?.({ step, at: 0, handled: ['event'] }));
  },
  holdIdentifies: (cluster) => void log.push(`${nameOf(cluster)} may not identify`),
  releaseIdentifies: (cluster) => void log.push(`${nameOf(cluster)} may identify`),
  hasNoWork: () => true,
  forget: () => {},
};

interface Circumstances {
  readonly signal?: AbortSignal;
  readonly settleMs?: number;
  /** What the manager waits for before the switch. */
  readonly quiet?: Promise<void>;
}

function handover(
  old: Party,
  next: Party,
  mode: HandoverMode,
  { signal = new AbortController().signal, settleMs = 0, quiet = Promise.resolve() }: Circumstances = {},
) {
  const plan = {
    old: [old as unknown as SupervisedCluster],
    replacements: [next as unknown as SupervisedCluster],
    promote: async (begin: () => void) => {
      await quiet;
      begin();
      log.push('switch');
    },
  };
  const settings = { mode, settleMs, drainTimeoutMs: 100, signal, onProgress: () => {} };
  const end = new Handover(processes, plan, settings).run().catch((error: unknown) => error);
  return { end };
}

describe('a sequential handover', () => {
  it('lets the new one identify when the old one has ended, and not before', async () => {
    const [old, next] = [party('old'), party('new')];
    const { end } = handover(old, next, 'sequential');
    watchers.get(next)?.loaded?.();
    await turnUntil(() => log.includes('new may identify'), 'the grant');
    next.becomingReady.resolve();

    expect(await end).toEqual({ gapMs: undefined });
    expect(log).toEqual(['new may not identify', 'new starts', 'switch', 'old stops', 'new may identify']);
  });

  it('ends the new one and touches nothing when that dies before the switch', async () => {
    const [old, next] = [party('old'), party('new')];
    const { end } = handover(old, next, 'sequential');
    watchers.get(next)?.died?.(new Error('dead'));

    expect(await end).toMatchObject({ rolledBack: true, clusterIds: [1], cause: { message: 'dead' } });
    expect(log).toEqual(['new may not identify', 'new starts', 'new stops']);
  });

  it('says so when there is no way back any more', async () => {
    const [old, next] = [party('old'), party('new')];
    const { end } = handover(old, next, 'sequential');
    watchers.get(next)?.loaded?.();
    await turnUntil(() => log.includes('new may identify'), 'the grant');
    watchers.get(next)?.died?.(new Error('dead'));

    expect(await end).toMatchObject({ rolledBack: false });
    expect(log).not.toContain('new stops');
  });
});

describe('an overlapping handover', () => {
  it('has the old one fall quiet before anybody is switched, and the new one listen after', async () => {
    const [old, next] = [party('old'), party('new')];
    const { end } = handover(old, next, 'overlap');
    next.becomingReady.resolve();

    expect(await end).toEqual({ gapMs: 0 });
    expect(log).toEqual([
      'new starts',
      'old record',
      'new buffer',
      'old quiet',
      'switch',
      'new open',
      'old stops',
    ]);
  });

  it('lets the old one go on when it does not answer, or is not wanted any more', async () => {
    const [old, next] = [party('old'), party('new')];
    const abort = new AbortController();
    unanswered.add('quiet');
    const { end } = handover(old, next, 'overlap', { signal: abort.signal });
    next.becomingReady.resolve();
    await vi.waitFor(() => expect(log).toContain('old quiet'), 5000);
    watchers.get(old)?.died?.(new Error('dead'));

    expect(await end).toMatchObject({ rolledBack: true, cause: { message: 'dead' } });
    expect(log.slice(-2)).toEqual(['old resume', 'new stops']);
    expect(log).not.toContain('switch');
  });

  it('ends an old one that is just leaving before the new one listens', async () => {
    const [old, next] = [{ ...party('old'), state: 'draining' }, party('new')];
    const { end } = handover(old, next, 'overlap');
    next.becomingReady.resolve();

    await end;

    expect(log).toEqual(['new starts', 'switch', 'old stops', 'new buffer', 'new open', 'old stops']);
  });

  it('is rolled back when the old one began anew while it waited: what it handled nobody knows', async () => {
    const [old, next] = [party('old'), party('new')];
    const { end } = handover(old, next, 'overlap');
    next.becomingReady.resolve();
    await turnUntil(() => log.includes('new buffer'), 'the buffer');

    old.generation = 8;

    expect(await end).toMatchObject({ rolledBack: true });
    expect(log).not.toContain('switch');
    expect(log.at(-1)).toBe('new stops');
  });

  it('is rolled back when the new one dies while both note what they hear', async () => {
    const [old, next] = [party('old'), party('new')];
    const { end } = handover(old, next, 'overlap');
    next.becomingReady.resolve();
    await turnUntil(() => log.includes('new buffer'), 'the buffer');

    die(next);

    expect(await end).toMatchObject({ rolledBack: true });
    expect(log).not.toContain('switch');
    expect(log.slice(-2)).toEqual(['old resume', 'new stops']);
  });

  it.each<HandoverMode>(['sequential', 'overlap'])(
    'is rolled back when the new one dies while the manager waits for the moment of the switch: %s',
    async (mode) => {
      const [old, next] = [{ ...party('old'), state: 'draining' }, party('new')];
      const quiet = deferred();
      const { end } = handover(old, next, mode, { quiet: quiet.promise });
      watchers.get(next)?.loaded?.();
      next.becomingReady.resolve();
      await turn();

      die(next);
      quiet.resolve();

      expect(await end).toMatchObject({ rolledBack: true });
      expect(log).not.toContain('switch');
    },
  );

  it('ends the old one, too, when the new one dies right after the switch', async () => {
    const [old, next] = [party('old'), party('new')];
    const { end } = handover(old, next, 'overlap');
    deadly = 'open';

    next.becomingReady.resolve();

    expect(await end).toMatchObject({ rolledBack: false, cause: { message: 'dead' } });
    expect(log.at(-1)).toBe('old stops');
  });

  it('leaves no timer of its settling when it has failed', async () => {
    const before = runningTimers();
    const [old, next] = [party('old'), party('new')];
    const { end } = handover(old, next, 'overlap', { settleMs: 100_000 });
    next.becomingReady.resolve();
    await turnUntil(() => runningTimers() > before, 'the settling');

    die(next);
    await end;

    expect(runningTimers()).toBe(before);
  });

  it('does not begin when it was aborted before', async () => {
    const abort = new AbortController();
    abort.abort(new Error('never'));
    const { end } = handover(party('old'), party('new'), 'overlap', { signal: abort.signal });

    expect(await end).toMatchObject({ rolledBack: true, cause: { message: 'never' } });
    expect(log).toEqual(['new stops']);
  });
});
