import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_HISTORY, planRespawn, resolveRespawn } from '../../../src/supervisor/respawn-policy.js';
import type { RespawnSettings } from '../../../src/supervisor/respawn-policy.js';

const settings = resolveRespawn() as RespawnSettings;
const MINUTE_MS = 60_000;

/** The longest delays of a cluster that dies again and again, right after it was ready. */
function delays(count: number, given: RespawnSettings = settings): (number | string)[] {
  let history = NO_HISTORY;
  return Array.from({ length: count }, () => {
    const verdict = planRespawn(history, { now: 0, readyForMs: 10, wasEverReady: true }, given, () => 1);
    if (!verdict.respawn) return verdict.reason;
    history = verdict.history;
    return verdict.delayMs;
  });
}

describe('planRespawn', () => {
  it('doubles the longest delay from death to death, up to the longest of all', () => {
    expect(delays(9)).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 64_000, 120_000, 120_000]);
  });

  it('draws a delay from the whole range, so that clusters that died together come back apart', () => {
    const draw = (random: number): unknown =>
      planRespawn(NO_HISTORY, { now: 0, readyForMs: 0, wasEverReady: true }, settings, () => random);

    expect([0, 0.25, 1].map(draw)).toMatchObject([{ delayMs: 0 }, { delayMs: 250 }, { delayMs: 1000 }]);
  });

  it('counts from the beginning again after a process that stayed ready for a while', () => {
    const history = { deaths: 7, restarts: [] };
    const after = (readyForMs: number): unknown =>
      planRespawn(history, { now: 0, readyForMs, wasEverReady: true }, settings, () => 1);

    expect(after(MINUTE_MS - 1)).toMatchObject({ delayMs: 120_000, history: { deaths: 8 } });
    expect(after(MINUTE_MS)).toMatchObject({ delayMs: 1000, history: { deaths: 1 } });
  });

  it('gives up when the budget is spent, and has it again when the window has passed', () => {
    const few = { ...settings, maxRestarts: 2, withinMs: MINUTE_MS };
    const history = { deaths: 1, restarts: [0, 1000] };
    const at = (now: number): unknown =>
      planRespawn(history, { now, readyForMs: 1, wasEverReady: true }, few, () => 1);

    expect(at(MINUTE_MS - 1)).toEqual({ respawn: false, reason: 'budget' });
    expect(at(MINUTE_MS)).toMatchObject({ respawn: true, history: { restarts: [1000, MINUTE_MS] } });
  });

  it('gives up early on a cluster that was never ready', () => {
    const death = { now: 0, readyForMs: undefined, wasEverReady: false };

    expect(planRespawn({ deaths: 1, restarts: [] }, death, settings)).toMatchObject({ respawn: true });
    expect(planRespawn({ deaths: 2, restarts: [] }, death, settings)).toEqual({
      respawn: false,
      reason: 'startAttempts',
    });
  });

  it('starts nothing again where that is switched off', () => {
    const death = { now: 0, readyForMs: 1, wasEverReady: true };

    expect(planRespawn(NO_HISTORY, death, resolveRespawn(false))).toEqual({ respawn: false, reason: 'off' });
  });

  it('never restarts more often within any window than the budget allows', () => {
    const few = { ...settings, maxRestarts: 3, withinMs: 1000 };
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 50 }), (gaps) => {
        let now = 0;
        let history = NO_HISTORY;
        const restarts: number[] = [];
        for (const gap of gaps) {
          now += gap;
          const verdict = planRespawn(history, { now, readyForMs: gap, wasEverReady: true }, few);
          if (!verdict.respawn) continue;
          history = verdict.history;
          restarts.push(now);
        }
        for (const end of restarts) {
          const inWindow = restarts.filter((at) => at > end - few.withinMs && at <= end);
          expect(inWindow.length).toBeLessThanOrEqual(few.maxRestarts);
        }
      }),
    );
  });
});

describe('resolveRespawn', () => {
  it.each([
    [{ factor: 0.5 }, 'respawn.factor must be at least 1, got 0.5'],
    [{ maxRestarts: -1 }, 'respawn.maxRestarts must be a whole number from 1, got -1'],
    [{ startAttempts: 0 }, 'respawn.startAttempts must be a whole number from 1, got 0'],
    [{ initialDelay: Number.NaN }, 'respawn.initialDelay must be a number of milliseconds'],
  ])('refuses %j', (options, sentence) => {
    expect(() => resolveRespawn(options)).toThrow(sentence);
  });

  it('takes a budget of nothing', () => {
    expect(resolveRespawn({ maxRestarts: 0 })).toMatchObject({ maxRestarts: 0 });
  });
});
