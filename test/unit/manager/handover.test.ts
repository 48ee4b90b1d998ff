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

/** A cluster that does what it is asked, and logs it. */
function fakeCluster(name: string) {
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

type FakeCluster = ReturnType<typeof fakeCluster>;

/** Ends the cluster's process and notifies its watchers. */
function die(cluster: FakeCluster): void {
  cluster.state = 'backoff';
  watchers.get(cluster)?.onDied?.(new Error('dead'));
}

function nameOf(cluster: SupervisedCluster): string {
  return (cluster as unknown as FakeCluster).name;
}

const processes: HandoverDeps = {
  watch: (cluster, watcher) => void watchers.set(cluster, watcher),
  send: (cluster, message) => {
    const { step } = message as HandoverStep;
    log.push(`${nameOf(cluster)} ${step}`);
    if (nameOf(cluster) === 'old' && unanswered.has(step)) return;
    if (nameOf(cluster) === 'new' && step === deadly) return die(cluster as unknown as FakeCluster);
    queueMicrotask(() => watchers.get(cluster)?.onHandoverDone?.({ step, at: 0, handled: ['event'] }));
  },
  holdIdentifies: (cluster) => void log.push(`${nameOf(cluster)} may not identify`),
  releaseIdentifies: (cluster) => void log.push(`${nameOf(cluster)} may identify`),
  hasNoWork: () => true,
  forget: () => {},
};

interface HandoverOverrides {
  readonly signal?: AbortSignal;
  readonly settleMs?: number;
  /** What the manager waits for before the switch. */
  readonly quiet?: Promise<void>;
}

function handover(
  old: FakeCluster,
  next: FakeCluster,
  mode: HandoverMode,
  { signal = new AbortController().signal, settleMs = 0, quiet = Promise.resolve() }: HandoverOverrides = {},
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
  it('lets the new process identify when the old one has ended, and not before', async () => {
    const [old, next] = [fakeCluster('old'), fakeCluster('new')];
    const { end } = handover(old, next, 'sequential');
    watchers.get(next)?.onLoaded?.();
    await turnUntil(() => log.includes('new may identify'), 'the grant');
    next.becomingReady.resolve();

    expect(await end).toEqual({ gapMs: undefined });
    expect(log).toEqual(['new may not identify', 'new starts', 'switch', 'old stops', 'new may identify']);
  });

  it('ends the new process and changes nothing else when it dies before the switch', async () => {
    const [old, next] = [fakeCluster('old'), fakeCluster('new')];
    const { end } = handover(old, next, 'sequential');
    watchers.get(next)?.onDied?.(new Error('dead'));

    expect(await end).toMatchObject({ rolledBack: true, clusterIds: [1], cause: { message: 'dead' } });
    expect(log).toEqual(['new may not identify', 'new starts', 'new stops']);
  });

  it('reports that it was not rolled back when the new process dies after the switch', async () => {
    const [old, next] = [fakeCluster('old'), fakeCluster('new')];
    const { end } = handover(old, next, 'sequential');
    watchers.get(next)?.onLoaded?.();
    await turnUntil(() => log.includes('new may identify'), 'the grant');
    watchers.get(next)?.onDied?.(new Error('dead'));

    expect(await end).toMatchObject({ rolledBack: false });
    expect(log).not.toContain('new stops');
  });
});

describe('an overlapping handover', () => {
  it('has the old process fall quiet before the switch, and the new one open after it', async () => {
    const [old, next] = [fakeCluster('old'), fakeCluster('new')];
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

  it('resumes the old process when it dies without answering', async () => {
    const [old, next] = [fakeCluster('old'), fakeCluster('new')];
    const abort = new AbortController();
    unanswered.add('quiet');
    const { end } = handover(old, next, 'overlap', { signal: abort.signal });
    next.becomingReady.resolve();
    await vi.waitFor(() => expect(log).toContain('old quiet'), 5000);
    watchers.get(old)?.onDied?.(new Error('dead'));

    expect(await end).toMatchObject({ rolledBack: true, cause: { message: 'dead' } });
    expect(log.slice(-2)).toEqual(['old resume', 'new stops']);
    expect(log).not.toContain('switch');
  });

  it('ends an old process that is already ending before the new one opens', async () => {
    const [old, next] = [{ ...fakeCluster('old'), state: 'draining' }, fakeCluster('new')];
    const { end } = handover(old, next, 'overlap');
    next.becomingReady.resolve();

    await end;

    expect(log).toEqual(['new starts', 'switch', 'old stops', 'new buffer', 'new open', 'old stops']);
  });

  it('is rolled back when the old process was restarted meanwhile: its records are lost', async () => {
    const [old, next] = [fakeCluster('old'), fakeCluster('new')];
    const { end } = handover(old, next, 'overlap');
    next.becomingReady.resolve();
    await turnUntil(() => log.includes('new buffer'), 'the buffer');

    old.generation = 8;

    expect(await end).toMatchObject({ rolledBack: true });
    expect(log).not.toContain('switch');
    expect(log.at(-1)).toBe('new stops');
  });

  it('is rolled back when the new process dies while the old one records', async () => {
    const [old, next] = [fakeCluster('old'), fakeCluster('new')];
    const { end } = handover(old, next, 'overlap');
    next.becomingReady.resolve();
    await turnUntil(() => log.includes('new buffer'), 'the buffer');

    die(next);

    expect(await end).toMatchObject({ rolledBack: true });
    expect(log).not.toContain('switch');
    expect(log.slice(-2)).toEqual(['old resume', 'new stops']);
  });

  it.each<HandoverMode>(['sequential', 'overlap'])(
    'is rolled back when the new process dies while the manager waits for the switch: %s',
    async (mode) => {
      const [old, next] = [{ ...fakeCluster('old'), state: 'draining' }, fakeCluster('new')];
      const quiet = deferred();
      const { end } = handover(old, next, mode, { quiet: quiet.promise });
      watchers.get(next)?.onLoaded?.();
      next.becomingReady.resolve();
      await turn();

      die(next);
      quiet.resolve();

      expect(await end).toMatchObject({ rolledBack: true });
      expect(log).not.toContain('switch');
    },
  );

  it('ends the old process, too, when the new one dies right after the switch', async () => {
    const [old, next] = [fakeCluster('old'), fakeCluster('new')];
    const { end } = handover(old, next, 'overlap');
    deadly = 'open';

    next.becomingReady.resolve();

    expect(await end).toMatchObject({ rolledBack: false, cause: { message: 'dead' } });
    expect(log.at(-1)).toBe('old stops');
  });

  it('leaves no timer of its settling time when it fails', async () => {
    const before = runningTimers();
    const [old, next] = [fakeCluster('old'), fakeCluster('new')];
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
    const { end } = handover(fakeCluster('old'), fakeCluster('new'), 'overlap', { signal: abort.signal });

    expect(await end).toMatchObject({ rolledBack: true, cause: { message: 'never' } });
    expect(log).toEqual(['new stops']);
  });
});
