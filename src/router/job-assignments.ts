/**
 * Work leases: which process does the work that one process of the bot does for all.
 *
 * Each name is leased to one process at a time: the one with the lowest id among those that have offered it and are
 * ready. It keeps the lease until it says that it has stopped, or is gone; only then does another get it, so that
 * never two work at once. It knows no links and no timers: a process that is to stop and does not is ended by those
 * who supervise it.
 */
import type { JobOrder, JobMessage } from '../wire/control.js';

/** What has become of some work. */
export interface JobUpdate {
  readonly name: string;
  /** `started` and `stopping`: the process was told to. The rest it says itself. */
  readonly is: 'started' | 'stopping' | 'stopped' | 'failed';
  /** For `failed`: what was thrown, in one line. */
  readonly detail?: string | undefined;
}

export interface WorkLeasesParts<P> {
  /** Whether a process may be the one at this moment. */
  mayRun(process: P): boolean;
  tell(process: P, order: JobOrder): void;
  news(process: P, news: JobUpdate): void;
}

interface Work<P> {
  readonly name: string;
  /** Who could do it, and the number of its offer. */
  readonly offers: Map<P, number>;
  lease: { readonly holder: P; readonly offer: number; isStopping: boolean } | undefined;
}

export class JobAssignments<P extends { readonly id: number }> {
  readonly #parts: WorkLeasesParts<P>;
  readonly #works = new Map<string, Work<P>>();
  #isClosed = false;

  constructor(parts: WorkLeasesParts<P>) {
    this.#parts = parts;
  }

  /** The id of each holder, by name. */
  get workers(): Readonly<Record<string, number>> {
    const leased = [...this.#works].flatMap(([name, { lease }]) =>
      lease === undefined ? [] : ([[name, lease.holder.id]] as const),
    );
    return Object.fromEntries(leased);
  }

  /** Whether it has work that it was not told to stop, or has not stopped yet. */
  isWorker(process: P): boolean {
    for (const { lease } of this.#works.values()) if (lease?.holder === process) return true;
    return false;
  }

  heard(process: P, { name, offer, is, detail }: JobMessage): void {
    switch (is) {
      case 'offered':
        return this.#offered(process, name, offer);
      case 'withdrawn':
        this.#works.get(name)?.offers.delete(process);
        return this.#stopped(process, name, offer);
      case 'stopped':
        return this.#stopped(process, name, offer);
      case 'failed':
        return this.#parts.news(process, { name, is, detail });
    }
  }

  /** The process is no more: what it did may be done by another. */
  gone(process: P): void {
    for (const work of this.#works.values()) {
      work.offers.delete(process);
      if (work.lease?.holder === process) work.lease = undefined;
    }
    this.review();
  }

  /** Something has changed about who may work: tells who has to stop, and gives away what nobody does. */
  review(): void {
    for (const work of this.#works.values()) this.#review(work);
  }

  /** From now on nothing is given away. */
  close(): void {
    this.#isClosed = true;
  }

  #offered(process: P, name: string, offer: number): void {
    const work: Work<P> = this.#works.get(name) ?? { name, offers: new Map(), lease: undefined };
    this.#works.set(name, work);
    work.offers.set(process, offer);
    this.#review(work);
  }

  #stopped(process: P, name: string, offer: number): void {
    const work = this.#works.get(name);
    if (work === undefined) return;
    if (work.lease?.holder === process && work.lease.offer === offer) {
      work.lease = undefined;
      this.#parts.news(process, { name, is: 'stopped' });
    }
    this.#review(work);
  }

  #review(work: Work<P>): void {
    const { name, lease } = work;
    if (lease !== undefined) this.#reviewLease(name, lease);
    else if (work.offers.size === 0) this.#works.delete(name);
    else if (!this.#isClosed) this.#giveAway(work);
  }

  #reviewLease(name: string, lease: NonNullable<Work<P>['lease']>): void {
    const { holder, offer } = lease;
    if (lease.isStopping || this.#parts.mayRun(holder)) return;
    lease.isStopping = true;
    this.#parts.tell(holder, { name, offer, do: 'stop' });
    this.#parts.news(holder, { name, is: 'stopping' });
  }

  #giveAway(work: Work<P>): void {
    const { name, offers } = work;
    const [holder] = [...offers.keys()]
      .filter((process) => this.#parts.mayRun(process))
      .toSorted((one, other) => one.id - other.id);
    if (holder === undefined) return;
    const offer = offers.get(holder) as number;
    work.lease = { holder, offer, isStopping: false };
    this.#parts.tell(holder, { name, offer, do: 'run' });
    this.#parts.news(holder, { name, is: 'started' });
  }
}
