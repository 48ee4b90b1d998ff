import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startMemoryBot } from '../../support/memory-bot.js';
import type { MemoryBot, MemoryProcess } from '../../support/memory-bot.js';
import { turn } from '../../support/turns.js';
import { runs } from '../runs.js';

const CLUSTERS = 3;

/** What may happen next; numbers are used modulo what there is. */
type Step =
  | { readonly what: 'call'; readonly from: number; readonly to: number; readonly how: 'one' | 'any' | 'all' }
  | { readonly what: 'answer' | 'fail' | 'cancel'; readonly which: number }
  | { readonly what: 'kill' | 'stop' | 'respawn'; readonly id: number }
  | { readonly what: 'handover'; readonly id: number; readonly reach: 'up' | 'ready' }
  | { readonly what: 'turns'; readonly count: number };

const id = fc.nat(CLUSTERS - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constant('call' as const),
      from: id,
      to: id,
      how: fc.constantFrom('one' as const, 'any' as const, 'all' as const),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ what: fc.constantFrom('answer' as const, 'fail' as const), which: fc.nat(50) }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('cancel' as const), which: fc.nat(50) }) },
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constantFrom('kill' as const, 'stop' as const, 'respawn' as const), id }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('handover' as const),
      id,
      reach: fc.constantFrom('up' as const, 'ready' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ what: fc.constant('turns' as const), count: fc.integer({ min: 1, max: 4 }) }),
  },
);

/** A call that was made, and how often and how it has settled. */
interface Made {
  readonly input: number;
  readonly how: 'one' | 'any' | 'all';
  readonly controller: AbortController;
  readonly ends: unknown[];
}

interface Work {
  readonly input: number;
  readonly finish: (value: unknown) => void;
  readonly fail: (error: Error) => void;
}

class History {
  readonly made: Made[] = [];
  readonly #bot: MemoryBot;
  readonly #work: Work[];
  readonly #up = new Set<number>([0, 1, 2]);

  constructor(bot: MemoryBot, work: Work[]) {
    this.#bot = bot;
    this.#work = work;
  }

  async run(next: Step): Promise<void> {
    switch (next.what) {
      case 'call':
        return this.#call(next.from, next.to, next.how);
      case 'answer':
      case 'fail':
        return this.#end(next.which, next.what);
      case 'cancel':
        return this.made[next.which % Math.max(1, this.made.length)]?.controller.abort('enough');
      case 'kill':
      case 'stop':
        return this.#kill(next.id, next.what === 'kill' ? 'starting' : 'stopped');
      case 'respawn':
        return this.#respawn(next.id);
      case 'handover':
        if (this.#up.has(next.id)) await this.#bot.handover(next.id, next.reach);
        return;
      case 'turns':
        for (let count = 0; count < next.count; count += 1) await turn();
    }
  }

  /** Starts every cluster again and answers every call. */
  async finish(): Promise<void> {
    for (let cluster = 0; cluster < CLUSTERS; cluster += 1) {
      this.#respawn(cluster);
      this.#bot.makeReady(cluster);
    }
    do {
      while (this.#work.length > 0) this.#end(0, 'answer');
      await this.#bot.idle();
    } while (this.#work.length > 0);
  }

  #call(from: number, to: number, how: 'one' | 'any' | 'all'): void {
    if (!this.#up.has(from)) return;
    const { ipc } = this.#bot.cluster(from);
    const input = this.made.length;
    const controller = new AbortController();
    const made: Made = { input, how, controller, ends: [] };
    const options = { signal: controller.signal };
    this.made.push(made);
    void promiseOf(how, ipc, { to, input, options }).then(
      (value) => made.ends.push(value),
      (error: unknown) => made.ends.push(error),
    );
  }

  #end(which: number, how: 'answer' | 'fail'): void {
    const [work] = this.#work.splice(which % Math.max(1, this.#work.length), 1);
    if (work === undefined) return;
    if (how === 'answer') work.finish(`answer ${work.input}`);
    else work.fail(new Error(`failure ${work.input}`));
  }

  async #kill(cluster: number, next: 'starting' | 'stopped'): Promise<void> {
    if (!this.#up.delete(cluster)) return;
    await this.#bot.kill(cluster, next);
  }

  #respawn(cluster: number): void {
    if (this.#up.has(cluster)) return;
    this.#up.add(cluster);
    this.#bot.spawn(cluster);
  }
}

type Options = { readonly signal: AbortSignal };

function promiseOf(
  how: 'one' | 'any' | 'all',
  ipc: MemoryProcess['ipc'],
  { to, input, options }: { readonly to: number; readonly input: number; readonly options: Options },
): Promise<unknown> {
  if (how === 'one') return ipc.requestTo(to, 'work', input, options);
  if (how === 'any') return ipc.request('work', input, options);
  return ipc.requestAll('work', input, options);
}

/** How a call may end, apart from its own answer; another call's answer is never among them. */
const codes = new Set(['CLUSTER_DIED', 'CLUSTER_UNAVAILABLE', 'CANCELLED', 'SHUTTING_DOWN']);

function isOwnEnd(input: number, end: unknown): boolean {
  if (end === `answer ${input}`) return true;
  if (!(end instanceof Error)) return false;
  return end.message === `failure ${input}` || codes.has((end as Error & { code?: string }).code ?? '');
}

describe('calls between clusters', () => {
  it('settle exactly once and with their own answer, whatever the order of answers, deaths, respawns, handovers and cancels', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
        const work: Work[] = [];
        const bot = await startMemoryBot(CLUSTERS, {
          setup: ({ ipc }) =>
            ipc.handle('work', (input: number) => {
              return new Promise((finish, fail) => void work.push({ input, finish, fail }));
            }),
        });
        const history = new History(bot, work);

        for (const next of steps) await history.run(next);
        await history.finish();

        for (const { input, how, ends } of history.made) {
          expect(ends).toHaveLength(1);
          const [end] = ends;
          const all = how === 'all' ? [...(end as Iterable<{ data?: unknown; error?: unknown }>)] : undefined;
          expect(all?.length ?? CLUSTERS).toBe(CLUSTERS);
          for (const each of all?.map((entry) => entry.data ?? entry.error) ?? [end]) {
            expect([input, each, isOwnEnd(input, each)]).toEqual([input, each, true]);
          }
        }
        expect([bot.router.inFlightCount, bot.router.waitingCount]).toEqual([0, 0]);
        expect(bot.clusters.map(({ endpoint }) => endpoint.stats().pendingCalls)).toEqual([0, 0, 0]);
        bot.stop();
      }),
      { numRuns: runs(150) },
    );
  });
});
