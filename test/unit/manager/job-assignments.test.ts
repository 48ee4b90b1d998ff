import { beforeEach, describe, expect, it } from 'vitest';
import { JobAssignments } from '../../../src/router/job-assignments.js';

interface Process {
  readonly id: number;
  isReady: boolean;
}

let orders: string[];
let news: string[];
let leases: JobAssignments<Process>;
let a: Process;
let b: Process;
let c: Process;

beforeEach(() => {
  orders = [];
  news = [];
  [a, b, c] = [0, 1, 2].map((id): Process => ({ id, isReady: true })) as [Process, Process, Process];
  leases = new JobAssignments<Process>({
    mayRun: ({ isReady }) => isReady,
    tell: ({ id }, order) => orders.push(`${id} ${order.do} ${order.name} ${order.offer}`),
    news: ({ id }, { name, is, detail }) =>
      news.push([id, name, is, detail].filter((x) => x !== undefined).join(' ')),
  });
});

function offer(process: Process, name = 'stats', number = 1): void {
  leases.heard(process, { name, offer: number, is: 'offered' });
}

function stopped(process: Process, is: 'stopped' | 'withdrawn' = 'stopped', number = 1): void {
  leases.heard(process, { name: 'stats', offer: number, is });
}

function setReady(process: Process, isReady: boolean): void {
  process.isReady = isReady;
  leases.review();
}

describe('WorkLeases', () => {
  it('gives work to the first that offers it and is ready, and to nobody else', () => {
    a.isReady = false;

    offer(a);
    offer(c);
    offer(b);

    expect(orders).toEqual(['2 run stats 1']);
    expect([leases.workers, leases.isWorker(c), leases.isWorker(b)]).toEqual([{ stats: 2 }, true, false]);
  });

  it('gives what nobody does to the one with the lowest id', () => {
    for (const each of [a, b, c]) each.isReady = false;
    for (const each of [c, b, a]) offer(each);

    [a, b, c].forEach((each) => (each.isReady = true));
    leases.review();

    expect(orders).toEqual(['0 run stats 1']);
  });

  it('does not take work away because one with a lower id is ready', () => {
    a.isReady = false;
    offer(a);
    offer(b);

    setReady(a, true);

    expect([orders, leases.workers]).toEqual([['1 run stats 1'], { stats: 1 }]);
  });

  it('lets the next begin when the one before has said that it has stopped, not when it was told to', () => {
    offer(a);
    offer(b);
    setReady(a, false);
    leases.review();
    const before = [...orders];

    stopped(a);

    expect(before).toEqual(['0 run stats 1', '0 stop stats 1']);
    expect(orders.slice(2)).toEqual(['1 run stats 1']);
    expect(news).toEqual(['0 stats started', '0 stats stopping', '0 stats stopped', '1 stats started']);
  });

  it('lets the next begin when the process before is gone', () => {
    offer(a);
    offer(b);
    setReady(a, false);

    leases.gone(a);

    expect([orders.at(-1), leases.isWorker(a)]).toEqual(['1 run stats 1', false]);
  });

  it('gives work back to the same process, once that has stopped, when it may again and nobody else', () => {
    offer(a);
    setReady(a, false);
    setReady(a, true);
    const before = [...orders];

    stopped(a);

    expect(before).toEqual(['0 run stats 1', '0 stop stats 1']);
    expect(orders.slice(2)).toEqual(['0 run stats 1']);
  });

  it('moves on when an offer is taken back, and believes nothing of an offer that was taken back before', () => {
    offer(a);
    offer(b);

    stopped(a, 'withdrawn');
    stopped(a);
    offer(a, 'stats', 2);
    stopped(b, 'stopped', 7);

    expect([orders, leases.workers]).toEqual([['0 run stats 1', '1 run stats 1'], { stats: 1 }]);
  });

  it('believes nobody but the one who has the work', () => {
    offer(a);
    offer(b);

    stopped(b);
    stopped(c);

    expect([orders, leases.workers]).toEqual([['0 run stats 1'], { stats: 0 }]);
  });

  it('leases each name on its own', () => {
    offer(a, 'stats');
    offer(b, 'cron');

    setReady(a, false);

    expect(orders).toEqual(['0 run stats 1', '1 run cron 1', '0 stop stats 1']);
    expect(leases.workers).toEqual({ stats: 0, cron: 1 });
  });

  it('gives nothing away once it is closed', () => {
    offer(a);
    offer(b);
    leases.close();

    leases.gone(a);

    expect([orders, leases.workers]).toEqual([['0 run stats 1'], {}]);
  });

  it('tells of work that failed, and leaves it where it is', () => {
    offer(a);
    offer(b);

    leases.heard(a, { name: 'stats', offer: 1, is: 'failed', detail: 'Error: no' });

    expect([orders, news.at(-1)]).toEqual([['0 run stats 1'], '0 stats failed Error: no']);
  });
});
