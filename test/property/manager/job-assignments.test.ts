/**
 * Job assignments, whatever happens in whichever order: a job never runs in two processes at once, and a job that a
 * process could run is assigned.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { JobAssignments } from '../../../src/manager/jobs/assignments.js';
import { runs } from '../runs.js';

const PROCESSES = 4;

class Scene {
  readonly assignments: JobAssignments<{ readonly id: number }>;
  readonly processes = Array.from({ length: PROCESSES }, (_, id) => ({
    id,
    isReady: false,
    registrationId: 0,
  }));
  /** Processes that the job was assigned to and that have neither stopped nor gone. */
  readonly running = new Set<number>();
  readonly revoked = new Set<number>();
  #lastRegistrationId = 0;

  constructor() {
    this.assignments = new JobAssignments({
      mayRun: ({ id }) => this.processes[id]?.isReady === true,
      send: ({ id }, order) => {
        if (order.action === 'revoke') this.revoked.add(id);
        else {
          expect([...this.running]).toEqual([]);
          this.running.add(id);
        }
      },
      onUpdate: () => {},
    });
  }

  do(what: string, id: number): void {
    const process = this.processes[id] as (typeof this.processes)[number];
    const report = (status: 'registered' | 'withdrawn' | 'stopped'): void =>
      this.assignments.onReport(process, { name: 'job', registrationId: process.registrationId, status });
    switch (what) {
      case 'register':
        if (process.registrationId !== 0) return;
        this.#lastRegistrationId += 1;
        process.registrationId = this.#lastRegistrationId;
        return report('registered');
      case 'ready':
      case 'unready':
        process.isReady = what === 'ready';
        return this.assignments.review();
      case 'stopped':
        if (!this.revoked.delete(id)) return;
        this.running.delete(id);
        return report('stopped');
      case 'withdraw':
        if (process.registrationId === 0) return;
        this.#end(id);
        report('withdrawn');
        process.registrationId = 0;
        return;
      case 'die':
        this.#end(id);
        Object.assign(process, { isReady: false, registrationId: 0 });
        return this.assignments.onGone(process);
    }
  }

  #end(id: number): void {
    this.running.delete(id);
    this.revoked.delete(id);
  }
}

it('never run a job in two processes at once, and leave none unassigned', () => {
  const step = fc.tuple(
    fc.constantFrom('register', 'register', 'ready', 'ready', 'unready', 'stopped', 'withdraw', 'die'),
    fc.nat(PROCESSES - 1),
  );
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 80, size: 'max' }), (steps) => {
      const scene = new Scene();
      for (const [what, id] of steps) {
        scene.do(what, id);
        const isPossible = scene.processes.some(
          ({ isReady, registrationId }) => isReady && registrationId !== 0,
        );
        if (isPossible) expect(scene.running.size).toBe(1);
        else expect([...scene.running].every((id) => scene.revoked.has(id))).toBe(true);
      }
    }),
    { numRuns: runs(500) },
  );
});
