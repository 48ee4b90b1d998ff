/**
 * Singleton jobs: what one cluster of the bot does for all, as seen from each cluster that could do it.
 *
 * A cluster registers as a candidate for each of its jobs and waits for the manager's orders. It does not know the
 * other candidates, nor why a job is assigned to it or revoked.
 */
import { describeThrown } from '../ipc/values/serialized-error.js';
import type { JobOrder } from '../wire/control/to-cluster.js';
import { MAX_DETAIL_LENGTH, MAX_JOB_NAME_LENGTH } from '../wire/control/to-manager.js';
import type { JobReport } from '../wire/control/to-manager.js';

/** Passed to a singleton job each time it is started. */
export interface JobContext {
  /** Aborts when this cluster must stop the job. */
  readonly signal: AbortSignal;
}

/**
 * A function that exactly one cluster of the bot runs at a time. Before another cluster starts it, the manager waits
 * until the promise that it returns has settled.
 */
export type SingletonJob = (context: JobContext) => unknown;

/** A job that this cluster can run. */
export interface JobHandle {
  /** The name that the job was registered by. */
  readonly name: string;
  /** Whether the job is running in this process: its function was called and has not settled. */
  readonly isRunning: boolean;
  /**
   * Withdraws the job: aborts its signal if it runs in this process, and lets another cluster start it afterwards.
   * Resolves when it has ended; from then on the name is free again.
   */
  stop(): Promise<void>;
}

interface Job {
  readonly name: string;
  readonly registrationId: number;
  readonly work: SingletonJob;
  /** Set from the order that assigns the job until the job has ended as it was revoked or withdrawn. */
  run: { readonly controller: AbortController; readonly ended: Promise<void> } | undefined;
  isRunning: boolean;
  /** Set once the job is withdrawn. */
  stopping: Promise<void> | undefined;
}

export class SingletonJobs {
  readonly #report: (report: JobReport) => void;
  readonly #warn: (message: string) => void;
  readonly #jobs = new Map<string, Job>();
  #lastRegistrationId = 0;

  constructor(report: (report: JobReport) => void, warn: (message: string) => void) {
    this.#report = report;
    this.#warn = warn;
  }

  /** @throws TypeError for what cannot be a job; Error when there is a job of that name already. */
  add(name: string, work: SingletonJob): JobHandle {
    checkJob(name, work);
    if (this.#jobs.has(name)) throw new Error(`This cluster already has a job '${name}': stop it first.`);
    this.#lastRegistrationId += 1;
    const registrationId = this.#lastRegistrationId;
    const job: Job = { name, registrationId, work, run: undefined, isRunning: false, stopping: undefined };
    this.#jobs.set(name, job);
    this.#report({ name, registrationId, status: 'registered' });
    return {
      name,
      get isRunning() {
        return job.isRunning;
      },
      stop: () => (job.stopping ??= this.#withdraw(job)),
    };
  }

  /** Obeys the manager. An order for a registration that was withdrawn is ignored. */
  onOrder({ name, registrationId, action }: JobOrder): void {
    const job = this.#jobs.get(name);
    if (job?.registrationId !== registrationId || job.stopping !== undefined) return;
    if (action === 'assign') this.#start(job);
    else void this.#stop(job).then(() => this.#reportStopped(job));
  }

  /** Stops all jobs without a report, as this process ends. */
  abort(): void {
    for (const { run } of this.#jobs.values()) run?.controller.abort();
  }

  #start(job: Job): void {
    if (job.run !== undefined) return;
    const controller = new AbortController();
    job.isRunning = true;
    job.run = { controller, ended: this.#run(job, controller.signal) };
  }

  async #run(job: Job, signal: AbortSignal): Promise<void> {
    try {
      await job.work({ signal });
    } catch (error) {
      if (!isAbort(error, signal)) this.#reportFailure(job, error);
    } finally {
      job.isRunning = false;
    }
  }

  #reportFailure({ name, registrationId }: Job, error: unknown): void {
    const text = describeThrown(error);
    this.#warn(`the job '${name}' failed: ${text}`);
    const [line = ''] = text.split('\n', 1);
    this.#report({ name, registrationId, status: 'failed', detail: line.slice(0, MAX_DETAIL_LENGTH) });
  }

  async #stop(job: Job): Promise<void> {
    job.run?.controller.abort();
    await job.run?.ended;
    job.run = undefined;
  }

  /** A job that was withdrawn meanwhile is reported as that. */
  #reportStopped({ name, registrationId, stopping }: Job): void {
    if (stopping === undefined) this.#report({ name, registrationId, status: 'stopped' });
  }

  async #withdraw(job: Job): Promise<void> {
    const { name, registrationId } = job;
    await this.#stop(job);
    this.#jobs.delete(name);
    this.#report({ name, registrationId, status: 'withdrawn' });
  }
}

function checkJob(name: unknown, work: unknown): void {
  if (typeof name !== 'string') throw new TypeError(`The name of a job must be a string, got ${typeof name}`);
  if (name.length > MAX_JOB_NAME_LENGTH)
    throw new TypeError(
      `The name of a job has at most ${MAX_JOB_NAME_LENGTH} characters, got ${name.length}`,
    );
  if (typeof work !== 'function') throw new TypeError(`The job '${name}' must be a function`);
}

/** A job that stops by passing its signal on ends with this error: that is no failure. */
function isAbort(error: unknown, signal: AbortSignal): boolean {
  return (
    signal.aborted && (error === signal.reason || (error instanceof Error && error.name === 'AbortError'))
  );
}
