import { beforeEach, describe, expect, it } from 'vitest';
import { JobAssignments } from '../../../src/manager/jobs/assignments.js';

interface Process {
  readonly id: number;
  isReady: boolean;
}

let orders: string[];
let updates: string[];
let assignments: JobAssignments<Process>;
let a: Process;
let b: Process;
let c: Process;

beforeEach(() => {
  orders = [];
  updates = [];
  [a, b, c] = [0, 1, 2].map((id): Process => ({ id, isReady: true })) as [Process, Process, Process];
  assignments = new JobAssignments<Process>({
    mayRun: ({ isReady }) => isReady,
    send: ({ id }, order) => orders.push(`${id} ${order.action} ${order.name} ${order.registrationId}`),
    onUpdate: ({ id }, { name, status: is, detail }) =>
      updates.push([id, name, is, detail].filter((x) => x !== undefined).join(' ')),
  });
});

function register(process: Process, name = 'stats', number = 1): void {
  assignments.onReport(process, { name, registrationId: number, status: 'registered' });
}

function stopped(process: Process, is: 'stopped' | 'withdrawn' = 'stopped', number = 1): void {
  assignments.onReport(process, { name: 'stats', registrationId: number, status: is });
}

function setReady(process: Process, isReady: boolean): void {
  process.isReady = isReady;
  assignments.review();
}

describe('JobAssignments', () => {
  it('assigns a job to the first candidate that is ready, and to no other', () => {
    a.isReady = false;

    register(a);
    register(c);
    register(b);

    expect(orders).toEqual(['2 assign stats 1']);
    expect([assignments.assignees, assignments.hasJob(c), assignments.hasJob(b)]).toEqual([
      { stats: 2 },
      true,
      false,
    ]);
  });

  it('assigns a job that no process has to the candidate with the lowest id', () => {
    for (const each of [a, b, c]) each.isReady = false;
    for (const each of [c, b, a]) register(each);

    [a, b, c].forEach((each) => (each.isReady = true));
    assignments.review();

    expect(orders).toEqual(['0 assign stats 1']);
  });

  it('does not revoke a job because a candidate with a lower id is ready', () => {
    a.isReady = false;
    register(a);
    register(b);

    setReady(a, true);

    expect([orders, assignments.assignees]).toEqual([['1 assign stats 1'], { stats: 1 }]);
  });

  it('assigns a revoked job again when it was reported as stopped, not before', () => {
    register(a);
    register(b);
    setReady(a, false);
    assignments.review();
    const before = [...orders];

    stopped(a);

    expect(before).toEqual(['0 assign stats 1', '0 revoke stats 1']);
    expect(orders.slice(2)).toEqual(['1 assign stats 1']);
    expect(updates).toEqual(['0 stats started', '0 stats stopping', '0 stats stopped', '1 stats started']);
  });

  it('assigns the job to another candidate when its process is gone', () => {
    register(a);
    register(b);
    setReady(a, false);

    assignments.onGone(a);

    expect([orders.at(-1), assignments.hasJob(a)]).toEqual(['1 assign stats 1', false]);
  });

  it('assigns a job to the same process again, once it has stopped, when no other candidate is ready', () => {
    register(a);
    setReady(a, false);
    setReady(a, true);
    const before = [...orders];

    stopped(a);

    expect(before).toEqual(['0 assign stats 1', '0 revoke stats 1']);
    expect(orders.slice(2)).toEqual(['0 assign stats 1']);
  });

  it('moves on when a registration is withdrawn, and ignores reports about an earlier registration', () => {
    register(a);
    register(b);

    stopped(a, 'withdrawn');
    stopped(a);
    register(a, 'stats', 2);
    stopped(b, 'stopped', 7);

    expect([orders, assignments.assignees]).toEqual([['0 assign stats 1', '1 assign stats 1'], { stats: 1 }]);
  });

  it('ignores reports of processes that do not have the job', () => {
    register(a);
    register(b);

    stopped(b);
    stopped(c);

    expect([orders, assignments.assignees]).toEqual([['0 assign stats 1'], { stats: 0 }]);
  });

  it('assigns each job independently', () => {
    register(a, 'stats');
    register(b, 'cron');

    setReady(a, false);

    expect(orders).toEqual(['0 assign stats 1', '1 assign cron 1', '0 revoke stats 1']);
    expect(assignments.assignees).toEqual({ stats: 0, cron: 1 });
  });

  it('assigns nothing once it is closed', () => {
    register(a);
    register(b);
    assignments.close();

    assignments.onGone(a);

    expect([orders, assignments.assignees]).toEqual([['0 assign stats 1'], {}]);
  });

  it('reports a job that failed, and leaves it assigned', () => {
    register(a);
    register(b);

    assignments.onReport(a, { name: 'stats', registrationId: 1, status: 'failed', detail: 'Error: no' });

    expect([orders, updates.at(-1)]).toEqual([['0 assign stats 1'], '0 stats failed Error: no']);
  });
});
