import { describe, expect, it, vi } from 'vitest';
import { ResultCollection } from '../../../src/ipc/client/result-collection.js';
import type { ClusterResult } from '../../../src/ipc/client/result-collection.js';

const broken = new Error('broken');
const mixed: readonly ClusterResult<unknown>[] = [
  { clusterId: 0, status: 'ok', data: undefined },
  { clusterId: 1, status: 'error', error: broken },
  { clusterId: 2, status: 'ok', data: 3 },
  { clusterId: 5, status: 'ok', data: 'four' },
  { clusterId: 6, status: 'error', error: undefined },
  { clusterId: 7, status: 'ok', data: 0.5 },
];
const results = new ResultCollection(mixed);
const none = new ResultCollection<number>([]);

describe('ResultCollection', () => {
  it('counts what it has', () => {
    expect([results.size, results.successCount, results.errorCount]).toEqual([6, 4, 2]);
    expect([none.size, none.successCount, none.errorCount]).toEqual([0, 0, 0]);
  });

  it('keeps undefined among the values, in id order', () => {
    expect(results.values()).toEqual([undefined, 3, 'four', 0.5]);
  });

  it('gives arrays of its own: changing them changes nothing', () => {
    results.values().length = 0;
    results.errors().length = 0;

    expect([results.values().length, results.errors().length]).toEqual([4, 2]);
  });

  it('keeps array results whole', () => {
    const arrays = new ResultCollection([{ clusterId: 0, status: 'ok', data: [1, [2]] }]);

    expect(arrays.values()).toEqual([[1, [2]]]);
  });

  it('lists errors under their clusters, also one that is undefined', () => {
    expect(results.errors()).toEqual([
      { clusterId: 1, error: broken },
      { clusterId: 6, error: undefined },
    ]);
  });

  it('is all right only without any error', () => {
    expect(results.allOk()).toBe(false);
    expect(new ResultCollection(mixed.slice(2, 4)).allOk()).toBe(true);
  });

  it('sums the numbers and passes over the rest', () => {
    expect([results.sum(), none.sum()]).toEqual([3.5, 0]);
  });

  it('gives the entry of one cluster, and undefined for one that was not asked', () => {
    expect([results.get(0), results.get(1), results.get(3)]).toEqual([mixed[0], mixed[1], undefined]);
  });

  it('gives the first success, even where it is undefined', () => {
    expect(results.first()).toBeUndefined();
    expect(new ResultCollection(mixed.slice(1)).first()).toBe(3);
    expect(none.first()).toBeUndefined();
  });

  it('finds a result by data and cluster, and asks no failed one', () => {
    const predicate = vi.fn<(data: unknown, clusterId: number) => boolean>(
      (_data, clusterId) => clusterId > 2,
    );

    const found = results.find(predicate);

    expect(found).toBe('four');
    expect(predicate.mock.calls).toEqual([
      [undefined, 0],
      [3, 2],
      ['four', 5],
    ]);
  });

  it('finds nothing where nothing fits', () => {
    expect(results.find(() => false)).toBeUndefined();
  });

  it('is iterable, again and again', () => {
    expect([...results]).toEqual(mixed);
    expect([...results]).toEqual(mixed);
  });

  it('throws every failure at once, and says whose', () => {
    const failure = catching(() => results.throwIfAny());

    expect(failure).toBeInstanceOf(AggregateError);
    expect(failure).toMatchObject({ errors: [broken, undefined], message: '2 of 6 clusters failed: 1, 6' });
  });

  it('throws nothing when all is well', () => {
    expect(() => none.throwIfAny()).not.toThrow();
  });
});

function catching(action: () => void): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
