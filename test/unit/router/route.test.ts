import { describe, expect, it } from 'vitest';
import { routeToAny, routeToOne } from '../../../src/router/route.js';
import type { Candidate } from '../../../src/router/route.js';
import type { PeerState } from '../../../src/wire/control/directory.js';

const NAME = 'work';

function candidate(id: number, state: PeerState, has = true, inFlight = 0): Candidate {
  return { id, state, handlers: new Set(has ? [NAME] : []), inFlight };
}

describe('routeToOne', () => {
  it.each<[PeerState, boolean, string]>([
    ['ready', true, 'forward 0'],
    ['ready', false, 'forward 0'],
    ['up', true, 'forward 0'],
    ['up', false, 'queue'],
    ['starting', true, 'queue'],
    ['starting', false, 'queue'],
    ['stopped', true, 'reject CLUSTER_UNAVAILABLE'],
    ['stopped', false, 'reject CLUSTER_UNAVAILABLE'],
  ])('decides for a cluster that is %s, its handler registered: %s: %s', (state, has, expected) => {
    expect(textOf(routeToOne(candidate(0, state, has), NAME))).toBe(expected);
  });
});

describe('routeToAny', () => {
  it.each<[string, Candidate[], string]>([
    ['there is no cluster', [], 'reject CLUSTER_UNAVAILABLE'],
    ['all clusters are stopped', [candidate(0, 'stopped')], 'reject CLUSTER_UNAVAILABLE'],
    ['the only cluster with the handler is starting', [candidate(0, 'starting')], 'queue'],
    [
      'one is starting and a ready one has no such handler',
      [candidate(0, 'starting'), candidate(1, 'ready', false)],
      'queue',
    ],
    [
      'one that is up may still register it',
      [candidate(0, 'up', false), candidate(1, 'ready', false)],
      'queue',
    ],
    ['all clusters are ready and none has it', [candidate(0, 'ready', false)], 'reject NO_HANDLER'],
    [
      'none of those left has it',
      [candidate(0, 'ready', false), candidate(1, 'stopped')],
      'reject NO_HANDLER',
    ],
    ['only one cluster has it', [candidate(0, 'ready', false), candidate(1, 'ready')], 'forward 1'],
    [
      'the one that has it is up and not ready yet',
      [candidate(0, 'up'), candidate(1, 'starting')],
      'forward 0',
    ],
    ['a stopped cluster has it, too', [candidate(0, 'stopped'), candidate(1, 'up')], 'forward 1'],
    [
      'another cluster is busier',
      [candidate(0, 'ready', true, 2), candidate(1, 'ready', true, 1)],
      'forward 1',
    ],
  ])('decides when %s', (_when, candidates, expected) => {
    expect(textOf(routeToAny(candidates, NAME, -1))).toBe(expected);
  });

  it.each([
    [-1, 0],
    [0, 1],
    [1, 3],
    [2, 3],
    [3, 0],
    [99, 0],
  ])('takes turns: after cluster %d comes cluster %d', (lastId, expected) => {
    const equals = [
      candidate(0, 'ready'),
      candidate(1, 'ready'),
      candidate(2, 'ready', false),
      candidate(3, 'ready'),
    ];

    expect(textOf(routeToAny(equals, NAME, lastId))).toBe(`forward ${expected}`);
  });

  it('prefers fewer calls in flight to the turn', () => {
    const candidates = [
      candidate(0, 'ready', true, 1),
      candidate(1, 'ready', true, 5),
      candidate(2, 'ready', true, 1),
    ];

    expect([0, 2].map((lastId) => textOf(routeToAny(candidates, NAME, lastId)))).toEqual([
      'forward 2',
      'forward 0',
    ]);
  });
});

type Decision = ReturnType<typeof routeToOne>;

function textOf(route: Decision): string {
  switch (route.kind) {
    case 'forward':
      return `forward ${route.target.id}`;
    case 'reject':
      return `reject ${route.code}`;
    case 'queue':
      return 'queue';
  }
}
