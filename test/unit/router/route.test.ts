import { describe, expect, it } from 'vitest';
import { routeToAny, routeToOne } from '../../../src/router/route.js';
import type { Candidate } from '../../../src/router/route.js';
import type { PeerState } from '../../../src/wire/control.js';

const NAME = 'work';

function candidate(id: number, state: PeerState, has = true, inFlight = 0): Candidate {
  return { id, state, handlers: new Set(has ? [NAME] : []), inFlight };
}

describe('routeToOne', () => {
  it.each<[PeerState, boolean, string]>([
    ['ready', true, 'cluster 0'],
    ['ready', false, 'cluster 0'],
    ['up', true, 'cluster 0'],
    ['up', false, 'wait'],
    ['starting', true, 'wait'],
    ['starting', false, 'wait'],
    ['stopped', true, 'refuse CLUSTER_UNAVAILABLE'],
    ['stopped', false, 'refuse CLUSTER_UNAVAILABLE'],
  ])('sends a call to one that is %s, its handler there: %s, to: %s', (state, has, expected) => {
    expect(wordsOf(routeToOne(candidate(0, state, has), NAME))).toBe(expected);
  });
});

describe('routeToAny', () => {
  it.each<[string, Candidate[], string]>([
    ['nobody is there at all', [], 'refuse CLUSTER_UNAVAILABLE'],
    ['all are stopped', [candidate(0, 'stopped')], 'refuse CLUSTER_UNAVAILABLE'],
    ['the only able one is starting', [candidate(0, 'starting')], 'wait'],
    [
      'one starts and a ready one has no such handler',
      [candidate(0, 'starting'), candidate(1, 'ready', false)],
      'wait',
    ],
    ['one may still register it', [candidate(0, 'up', false), candidate(1, 'ready', false)], 'wait'],
    ['all are ready and none has it', [candidate(0, 'ready', false)], 'refuse NO_HANDLER'],
    [
      'none that is left has it',
      [candidate(0, 'ready', false), candidate(1, 'stopped')],
      'refuse NO_HANDLER',
    ],
    ['only one has it', [candidate(0, 'ready', false), candidate(1, 'ready')], 'cluster 1'],
    ['it is up and not ready yet', [candidate(0, 'up'), candidate(1, 'starting')], 'cluster 0'],
    ['a stopped one has it, too', [candidate(0, 'stopped'), candidate(1, 'up')], 'cluster 1'],
    ['another is busier', [candidate(0, 'ready', true, 2), candidate(1, 'ready', true, 1)], 'cluster 1'],
  ])('decides where %s', (_when, candidates, expected) => {
    expect(wordsOf(routeToAny(candidates, NAME, -1))).toBe(expected);
  });

  it.each([
    [-1, 0],
    [0, 1],
    [1, 3],
    [2, 3],
    [3, 0],
    [99, 0],
  ])('goes on in turn behind cluster %d: cluster %d', (lastId, expected) => {
    const equals = [
      candidate(0, 'ready'),
      candidate(1, 'ready'),
      candidate(2, 'ready', false),
      candidate(3, 'ready'),
    ];

    expect(wordsOf(routeToAny(equals, NAME, lastId))).toBe(`cluster ${expected}`);
  });

  it('prefers fewer flights to the turn', () => {
    const candidates = [
      candidate(0, 'ready', true, 1),
      candidate(1, 'ready', true, 5),
      candidate(2, 'ready', true, 1),
    ];

    expect([0, 2].map((lastId) => wordsOf(routeToAny(candidates, NAME, lastId)))).toEqual([
      'cluster 2',
      'cluster 0',
    ]);
  });
});

type Decision = ReturnType<typeof routeToOne>;

function wordsOf(route: Decision): string {
  switch (route.to) {
    case 'cluster':
      return `cluster ${route.target.id}`;
    case 'refuse':
      return `refuse ${route.code}`;
    case 'wait':
      return 'wait';
  }
}
