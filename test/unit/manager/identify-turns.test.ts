import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IdentifyTurns } from '../../../src/manager/identify/turns.js';
import type { TurnCluster } from '../../../src/manager/identify/turns.js';

const WINDOW_MS = 1000;
const RESET_MS = 60_000;

interface ClusterFacts {
  readonly id: number;
  readonly state?: TurnCluster['state'];
  readonly wasEverReady?: boolean;
  readonly isPermanent?: boolean;
}

/** A cluster of two shards that is starting, unless `state` says otherwise. */
function clusterOf({ id, state = 'up', wasEverReady = false, isPermanent = true }: ClusterFacts) {
  const plan = { id, shardList: [id * 2, id * 2 + 1], totalShards: 8, totalClusters: 4 };
  return {
    plan,
    state,
    wasEverReady,
    isPermanent,
    pauseReadyTimer: vi.fn<() => void>(),
    resumeReadyTimer: vi.fn<() => void>(),
    onLoginRejected: vi.fn<(sentence: string) => void>(),
  };
}

type Cluster = ReturnType<typeof clusterOf>;

function turnsOf(...clusters: Cluster[]) {
  const granted: number[] = [];
  const logged: string[] = [];
  const turns = new IdentifyTurns<Cluster>(WINDOW_MS, {
    all: () => clusters,
    send: (_cluster, message) => granted.push((message as { shardId: number }).shardId),
    log: ({ plan }, event) => logged.push(`${plan.id} ${event}`),
  });
  for (const cluster of clusters) turns.onStarted(cluster);
  return { turns, granted, logged };
}

/** A request of one shard; `remaining` is what Discord has said of the session starts that are left. */
function ask(shardId: number, remaining?: number) {
  return {
    shardId,
    maxConcurrency: 1,
    ...(remaining !== undefined && { remaining, resetAfterMs: RESET_MS }),
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a cluster that waits for its turn', () => {
  it('does not use up its readyTimeout', () => {
    const [first, second] = [clusterOf({ id: 0 }), clusterOf({ id: 1 })];
    const { turns, granted } = turnsOf(first, second);

    turns.request(first, ask(0));
    turns.request(second, ask(2));

    expect(granted).toEqual([0]);
    expect(first.resumeReadyTimer).toHaveBeenCalledOnce();
    expect(second.pauseReadyTimer).toHaveBeenCalledOnce();
    expect(second.resumeReadyTimer).not.toHaveBeenCalled();

    turns.onIdentified(first, ask(0));
    vi.advanceTimersByTime(WINDOW_MS * 1.1);

    expect(granted).toEqual([0, 2]);
    expect(second.resumeReadyTimer).toHaveBeenCalledOnce();
  });

  it('uses it up again when it cancels its request', () => {
    const [first, second] = [clusterOf({ id: 0 }), clusterOf({ id: 1 })];
    const { turns } = turnsOf(first, second);
    turns.request(first, ask(0));
    turns.request(second, ask(2));

    turns.cancel(second, ask(2));

    expect(second.resumeReadyTimer).toHaveBeenCalledOnce();
  });
});

describe('a cluster that is held', () => {
  it('stays held in its next process, until it is released', () => {
    const cluster = clusterOf({ id: 0 });
    const { turns, granted } = turnsOf(cluster);
    turns.hold(cluster);
    turns.request(cluster, ask(0));

    turns.onDied(cluster);
    turns.onStarted(cluster);
    turns.request(cluster, ask(1));
    expect(granted).toEqual([]);

    turns.release(cluster);
    expect(granted).toEqual([1]);
  });
});

describe('a start for which too few session starts are left', () => {
  it('is refused as a whole: every cluster that is starting fails with the reason', () => {
    const [first, second] = [clusterOf({ id: 0 }), clusterOf({ id: 1, state: 'starting' })];
    const working = clusterOf({ id: 2, state: 'ready', wasEverReady: true });
    const { turns, granted } = turnsOf(first, second, working);

    expect(turns.request(first, ask(0, 3))).toBe(false);

    expect(granted).toEqual([]);
    for (const { onLoginRejected } of [first, second])
      expect(onLoginRejected).toHaveBeenCalledExactlyOnceWith(
        expect.stringMatching(/^4 shards need .* only 3 left/),
      );
    expect(working.onLoginRejected).not.toHaveBeenCalled();
  });

  it('is allowed when enough are left for the shards that have not identified yet', () => {
    const [first, second] = [clusterOf({ id: 0 }), clusterOf({ id: 1 })];
    const { turns, granted } = turnsOf(first, second);

    expect(turns.request(first, ask(0, 4))).toBe(true);
    // Shard 0 has had its start: three are left for three shards.
    expect(turns.request(second, ask(2, 3))).toBe(true);
    expect(turns.request(first, ask(1, 2))).toBe(false);

    expect(granted).toEqual([0]);
  });

  it('lets a cluster that has been ready before wait until Discord has more', () => {
    const back = clusterOf({ id: 0, wasEverReady: true });
    const { turns, granted, logged } = turnsOf(back);

    expect(turns.request(back, ask(0, 1))).toBe(true);
    vi.advanceTimersByTime(RESET_MS - 1);
    expect([granted, logged]).toEqual([[], ['0 identify-waits']]);

    vi.advanceTimersByTime(1);
    expect(granted).toEqual([0]);
    expect(back.onLoginRejected).not.toHaveBeenCalled();
  });

  it('refuses a candidate, though its id has been ready before', () => {
    const candidate = clusterOf({ id: 0, wasEverReady: true, isPermanent: false });
    const working = clusterOf({ id: 0, state: 'ready', wasEverReady: true });
    const { turns } = turnsOf(working, candidate);

    expect(turns.request(candidate, ask(0, 1))).toBe(false);

    expect(candidate.onLoginRejected).toHaveBeenCalledOnce();
    expect(working.onLoginRejected).not.toHaveBeenCalled();
  });

  it('is not checked for a shard that reconnects: the number that its client knows is old', () => {
    const cluster = clusterOf({ id: 0, state: 'ready', wasEverReady: true });
    const { turns, granted } = turnsOf(cluster);

    expect(turns.request(cluster, ask(0, 0))).toBe(true);

    expect(granted).toEqual([0]);
  });
});
