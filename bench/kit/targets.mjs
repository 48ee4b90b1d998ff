/**
 * Targets: what the library is to reach, each a ratio of figures of one round.
 *
 * `floor` must hold, `reach` is where more work stops to pay. Where less is better, `atMost`.
 */
import { median, medianRatio, pick } from './statistics.mjs';
import { times } from './table.mjs';

const OURS = 'shardwire-typed';
const BEST_PEER = 'the best other library';

const targets = [
  { load: '64', to: 'raw', floor: 1.5, reach: 1.8 },
  { load: '64', to: BEST_PEER, floor: 2.5, reach: 3 },
  { load: '1000', to: 'raw', floor: 3.3, reach: 4 },
  { load: 'tell-1', to: 'raw', floor: 4, reach: 5 },
  { load: 'large', to: 'raw', floor: 2, reach: 2.5 },
  { load: 'serial', figure: 'p50', to: 'raw', floor: 1.05, reach: 1.05, atMost: true },
  { load: '1000', figure: 'managerMicros', to: 'raw', floor: 1 / 4, reach: 1 / 5, atMost: true },
  { load: '64', to: 'shardwire', floor: 0.95, reach: 0.95 },
  { load: '1000', to: 'shardwire', floor: 0.95, reach: 0.95 },
  { load: '1000', to: 'limit', floor: 1 / 2.5, reach: 1 / 2 },
];

const figures = { perSecond: 'per second', p50: 'p50', managerMicros: 'manager time each' };

/** The table of targets. What was not measured is left out. */
export function judgeTargets(results, peers = []) {
  const rows = targets.flatMap(({ load, figure = 'perSecond', to, floor, reach, atMost = false }) => {
    const opponent = to === BEST_PEER ? bestPeer(results, peers, load) : to;
    const own = results.get(OURS)?.loads[load];
    const other = results.get(opponent)?.loads[load];
    if (own === undefined || other === undefined) return [];
    const ratio = medianRatio(pick(own, figure), pick(other, figure));
    const met = (target) => (atMost ? ratio <= target : ratio >= target);
    const verdict = met(reach) ? 'reached' : met(floor) ? 'floor holds' : 'NOT MET';
    const against = to === BEST_PEER ? `${to} (${opponent})` : to;
    return [
      [
        `${load}, ${figures[figure]}, of ${against}`,
        times(ratio),
        sign(floor, atMost),
        sign(reach, atMost),
        verdict,
      ],
    ];
  });
  return {
    title: 'Targets: typed calls with validation enabled',
    columns: ['what', 'is', 'floor', 'reach', ''],
    rows,
  };
}

function bestPeer(results, peers, load) {
  const speeds = peers.flatMap((name) => {
    const own = results.get(name)?.loads[load];
    return own === undefined ? [] : [{ name, speed: median(pick(own, 'perSecond')) }];
  });
  return speeds.toSorted((one, other) => other.speed - one.speed)[0]?.name;
}

function sign(target, atMost) {
  return `${atMost ? '≤' : '≥'} ${times(target)}`;
}
