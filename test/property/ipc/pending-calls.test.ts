import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { callError } from '../../../src/ipc/client/call-errors.js';
import { PendingCalls } from '../../../src/ipc/client/pending-calls.js';
import { failed } from '../../../src/ipc/client/settlement.js';
import { answered, callTo } from '../../support/calls.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What can happen to a call; several may, in any order, and again. */
const happenings = ['answer', 'error', 'deadline', 'abort', 'hold', 'release', 'link end'] as const;
type Happening = (typeof happenings)[number];

const TIMEOUT_MS = 50;

interface Scene {
  readonly pending: PendingCalls;
  readonly id: number;
  readonly controller: AbortController;
}

function happen({ pending, id, controller }: Scene, what: Happening): void {
  switch (what) {
    case 'answer':
      return void pending.settle(id, 1, answered('answer'));
    case 'error':
      return void pending.settle(id, 1, failed('error'));
    case 'deadline':
      return void vi.advanceTimersByTime(TIMEOUT_MS);
    case 'abort':
      return controller.abort();
    case 'hold':
      return pending.setQueued(id, 1, true);
    case 'release':
      return pending.setQueued(id, 1, false);
    case 'link end':
      return pending.failAll((call) => callError(call, 'SHUTTING_DOWN'));
  }
}

/** How a call must have ended: by the first that can end it. */
function firstEnd(order: readonly Happening[]): string {
  let held = false;
  for (const what of order) {
    if (what === 'hold') held = true;
    else if (what === 'release') held = false;
    else if (what === 'deadline') return held ? 'CLUSTER_UNAVAILABLE' : 'TIMEOUT';
    else if (what === 'abort') return 'CANCELLED';
    else return what === 'link end' ? 'SHUTTING_DOWN' : what;
  }
  return 'open';
}

describe('a call', () => {
  it('settles exactly once and by what came first, whatever the order of answer, deadline, abort and the end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...happenings), { maxLength: 8 }), async (order) => {
        const controller = new AbortController();
        const giveUp = vi.fn<(id: number) => void>();
        const pending = new PendingCalls(giveUp);
        const ends: unknown[] = [];
        const { id, answer } = pending.openSingle(callTo(1, TIMEOUT_MS, controller.signal));
        void answer.then(
          (value) => ends.push(value),
          (error: unknown) => ends.push((error as { code?: string }).code ?? error),
        );

        for (const what of order) happen({ pending, id, controller }, what);
        await vi.advanceTimersByTimeAsync(0);

        const expected = firstEnd(order);
        expect(ends).toEqual(expected === 'open' ? [] : [expected]);
        expect(pending.size).toBe(expected === 'open' ? 1 : 0);
        expect(giveUp.mock.calls.length).toBe(
          ['TIMEOUT', 'CANCELLED', 'CLUSTER_UNAVAILABLE'].includes(expected) ? 1 : 0,
        );
      }),
    );
  });

  it('to all has one entry per cluster, its own, whatever answers in whatever order and how often', async () => {
    const settlement = fc.record({ source: fc.integer({ min: -2, max: 6 }), ok: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(settlement, { maxLength: 20 }),
        async (count, answers) => {
          const pending = new PendingCalls(() => {});
          const ids = Array.from({ length: count }, (_, id) => id);
          const { id, answer } = pending.openFanOut(callTo(-3, TIMEOUT_MS), ids);

          for (const { source, ok } of answers)
            pending.settle(id, source, ok ? answered(source) : failed(source));
          await vi.advanceTimersByTimeAsync(TIMEOUT_MS);

          const results = [...(await answer)];
          expect(results.map(({ clusterId }) => clusterId)).toEqual(ids);
          for (const result of results) {
            const first = answers.find(({ source }) => source === result.clusterId);
            if (first === undefined)
              expect(result).toMatchObject({ status: 'error', error: { code: 'TIMEOUT' } });
            else if (first.ok) expect(result).toMatchObject({ status: 'ok', data: result.clusterId });
            else expect(result).toMatchObject({ status: 'error', error: result.clusterId });
          }
          expect(pending.size).toBe(0);
        },
      ),
    );
  });
});
