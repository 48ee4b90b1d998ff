import { describe, expect, it } from 'vitest';
import { ClusterHistory } from '../../../src/supervisor/history.js';
import { resolveRespawn } from '../../../src/supervisor/respawn-policy.js';

const DEATH = { now: 0, readyForMs: undefined };

describe('ClusterLedger', () => {
  it('numbers processes from 1, and again from 1 behind what a header has room for', () => {
    const ledger = new ClusterHistory();

    const generations = Array.from({ length: 65_537 }, () => ledger.startProcess());

    expect([generations[0], generations[65_534], generations[65_535], generations[65_536]]).toEqual([
      1, 65_535, 1, 2,
    ]);
    expect(ledger.restarts).toBe(65_536);
  });

  it('counts the deaths that are followed by another process, and forgives them', () => {
    const ledger = new ClusterHistory();
    const settings = resolveRespawn({ maxRestarts: 2 });
    ledger.onReady();
    const dies = (): boolean => ledger.planRespawn(DEATH, settings).respawn;

    expect([dies(), dies(), dies(), ledger.respawns]).toEqual([true, true, false, 2]);

    ledger.forgetDeaths();
    expect([ledger.respawns, dies(), ledger.wasEverReady]).toEqual([0, true, true]);
  });

  it('spends its attempts while it was never ready', () => {
    const ledger = new ClusterHistory();
    const settings = resolveRespawn({ startAttempts: 2 });

    expect([DEATH, DEATH].map((death) => ledger.planRespawn(death, settings))).toMatchObject([
      { respawn: true },
      { respawn: false, reason: 'startAttempts' },
    ]);
  });
});
