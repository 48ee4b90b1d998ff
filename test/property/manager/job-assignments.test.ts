/**
 * Work leases, whatever happens in whichever order: never do two processes work at once, and work that somebody could
 * do is not left undone.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { JobAssignments } from '../../../src/router/job-assignments.js';
import { runs } from '../runs.js';

const PROCESSES = 4;

class Scene {
  readonly leases: JobAssignments<{ readonly id: number }>;
  readonly processes = Array.from({ length: PROCESSES }, (_, id) => ({ id, isReady: false, offer: 0 }));
  /** Who was told to begin and has neither stopped nor gone. */
  readonly working = new Set<number>();
  readonly asked = new Set<number>();
  #lastOffer = 0;

  constructor() {
    this.leases = new JobAssignments({
      mayRun: ({ id }) => this.processes[id]?.isReady === true,
      tell: ({ id }, order) => {
        if (order.do === 'stop') this.asked.add(id);
        else {
          expect([...this.working]).toEqual([]);
          this.working.add(id);
        }
      },
      news: () => {},
    });
  }

  do(what: string, id: number): void {
    const process = this.processes[id] as (typeof this.processes)[number];
    const say = (is: 'offered' | 'withdrawn' | 'stopped'): void =>
      this.leases.heard(process, { name: 'work', offer: process.offer, is });
    switch (what) {
      case 'offer':
        if (process.offer !== 0) return;
        this.#lastOffer += 1;
        process.offer = this.#lastOffer;
        return say('offered');
      case 'ready':
      case 'unready':
        process.isReady = what === 'ready';
        return this.leases.review();
      case 'stopped':
        if (!this.asked.delete(id)) return;
        this.working.delete(id);
        return say('stopped');
      case 'withdraw':
        if (process.offer === 0) return;
        this.#end(id);
        say('withdrawn');
        process.offer = 0;
        return;
      case 'die':
        this.#end(id);
        Object.assign(process, { isReady: false, offer: 0 });
        return this.leases.gone(process);
    }
  }

  #end(id: number): void {
    this.working.delete(id);
    this.asked.delete(id);
  }
}

it('never have two processes work at once, and leave nothing undone', () => {
  const step = fc.tuple(
    fc.constantFrom('offer', 'offer', 'ready', 'ready', 'unready', 'stopped', 'withdraw', 'die'),
    fc.nat(PROCESSES - 1),
  );
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 80, size: 'max' }), (steps) => {
      const scene = new Scene();
      for (const [what, id] of steps) {
        scene.do(what, id);
        const isPossible = scene.processes.some(({ isReady, offer }) => isReady && offer !== 0);
        if (isPossible) expect(scene.working.size).toBe(1);
        else expect([...scene.working].every((worker) => scene.asked.has(worker))).toBe(true);
      }
    }),
    { numRuns: runs(500) },
  );
});
