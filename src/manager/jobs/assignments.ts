/**
 * Job assignments: which process runs a job that one process of the bot runs for all.
 *
 * A job is assigned to one process at a time: the one with the lowest id among its candidates that may run it. The
 * process keeps the job until it reports that the job has ended, or is gone; only then is the job assigned to another,
 * so that it never runs twice at once. This knows no links and no timers: a process that does not stop a revoked job
 * is ended by its supervisor.
 */
import type { JobOrder } from '../../wire/control/to-cluster.js';
import type { JobReport } from '../../wire/control/to-manager.js';

/** What has become of a job. */
export interface JobUpdate {
  readonly name: string;
  /** `started` and `stopping`: the process was sent the order. The rest it reports itself. */
  readonly status: 'started' | 'stopping' | 'stopped' | 'failed';
  /** For `failed`: what was thrown, in one line. */
  readonly detail?: string | undefined;
}

export interface JobAssignmentsDeps<P> {
  /** Whether a process may run jobs at this moment. */
  mayRun(process: P): boolean;
  send(process: P, order: JobOrder): void;
  onUpdate(process: P, update: JobUpdate): void;
}

interface Job<P> {
  readonly name: string;
  /** The processes that could run the job, each with the id of its registration. */
  readonly candidates: Map<P, number>;
  assignment: Assignment<P> | undefined;
}

interface Assignment<P> {
  readonly process: P;
  readonly registrationId: number;
  isRevoked: boolean;
}

export class JobAssignments<P extends { readonly id: number }> {
  readonly #deps: JobAssignmentsDeps<P>;
  readonly #jobs = new Map<string, Job<P>>();
  #isClosed = false;

  constructor(deps: JobAssignmentsDeps<P>) {
    this.#deps = deps;
  }

  /** The id of the process that each job is assigned to, by the job's name. */
  get assignees(): Readonly<Record<string, number>> {
    const assigned = [...this.#jobs].flatMap(([name, { assignment }]) =>
      assignment === undefined ? [] : ([[name, assignment.process.id]] as const),
    );
    return Object.fromEntries(assigned);
  }

  /** Whether a job is assigned to the process, or was revoked and has not ended yet. */
  hasJob(process: P): boolean {
    for (const { assignment } of this.#jobs.values()) if (assignment?.process === process) return true;
    return false;
  }

  onReport(process: P, { name, registrationId, status, detail }: JobReport): void {
    switch (status) {
      case 'registered':
        return this.#addCandidate(process, name, registrationId);
      case 'withdrawn':
        this.#jobs.get(name)?.candidates.delete(process);
        return this.#onStopped(process, name, registrationId);
      case 'stopped':
        return this.#onStopped(process, name, registrationId);
      case 'failed':
        return this.#deps.onUpdate(process, { name, status, detail });
    }
  }

  /** The process is gone: its jobs may be assigned to another. */
  onGone(process: P): void {
    for (const job of this.#jobs.values()) {
      job.candidates.delete(process);
      if (job.assignment?.process === process) job.assignment = undefined;
    }
    this.review();
  }

  /** Revokes the jobs of processes that may not run them any more, and assigns the jobs that no process has. */
  review(): void {
    for (const job of this.#jobs.values()) this.#review(job);
  }

  /** From now on no job is assigned. */
  close(): void {
    this.#isClosed = true;
  }

  #addCandidate(process: P, name: string, registrationId: number): void {
    const job: Job<P> = this.#jobs.get(name) ?? { name, candidates: new Map(), assignment: undefined };
    this.#jobs.set(name, job);
    job.candidates.set(process, registrationId);
    this.#review(job);
  }

  #onStopped(process: P, name: string, registrationId: number): void {
    const job = this.#jobs.get(name);
    if (job === undefined) return;
    if (job.assignment?.process === process && job.assignment.registrationId === registrationId) {
      job.assignment = undefined;
      this.#deps.onUpdate(process, { name, status: 'stopped' });
    }
    this.#review(job);
  }

  #review(job: Job<P>): void {
    const { name, assignment, candidates } = job;
    if (assignment !== undefined) this.#reviewAssignment(name, assignment);
    else if (candidates.size === 0) this.#jobs.delete(name);
    else if (!this.#isClosed) this.#assign(job);
  }

  #reviewAssignment(name: string, assignment: Assignment<P>): void {
    const { process, registrationId, isRevoked } = assignment;
    if (isRevoked || this.#deps.mayRun(process)) return;
    assignment.isRevoked = true;
    this.#deps.send(process, { name, registrationId, action: 'revoke' });
    this.#deps.onUpdate(process, { name, status: 'stopping' });
  }

  #assign(job: Job<P>): void {
    const { name, candidates } = job;
    const [first] = [...candidates]
      .filter(([process]) => this.#deps.mayRun(process))
      .toSorted(([one], [other]) => one.id - other.id);
    if (first === undefined) return;
    const [process, registrationId] = first;
    job.assignment = { process, registrationId, isRevoked: false };
    this.#deps.send(process, { name, registrationId, action: 'assign' });
    this.#deps.onUpdate(process, { name, status: 'started' });
  }
}
