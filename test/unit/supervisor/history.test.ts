import { describe, expect, it } from 'vitest';
import { ClusterHistory } from '../../../src/supervisor/history.js';
import { resolveRespawn } from '../../../src/supervisor/respawn-policy.js';

const DEATH = { now: 0, readyForMs: undefined };

describe('ClusterHistory', () => {
  it('numbers processes from 1, and again from 1 behind what a header has room for', () => {
    const history = new ClusterHistory();

    const generations = Array.from({ length: 65_537 }, () => history.startProcess());

    expect([generations[0], generations[65_534], generations[65_535], generations[65_536]]).toEqual([
      1, 65_535, 1, 2,
    ]);
    expect(history.restarts).toBe(65_536);
  });

  it('counts respawns, and forgets them after a restart by hand', () => {
    const history = new ClusterHistory();
    const settings = resolveRespawn({ maxRestarts: 2 });
    history.onReady();
    const dies = (): boolean => history.planRespawn(DEATH, settings).respawn;

    expect([dies(), dies(), dies(), history.respawns]).toEqual([true, true, false, 2]);

    history.forgetDeaths();
    expect([history.respawns, dies(), history.wasEverReady]).toEqual([0, true, true]);
  });

  it('spends its attempts while it was never ready', () => {
    const history = new ClusterHistory();
    const settings = resolveRespawn({ startAttempts: 2 });

    expect([DEATH, DEATH].map((death) => history.planRespawn(death, settings))).toMatchObject([
      { respawn: true },
      { respawn: false, reason: 'startAttempts' },
    ]);
  });
});
