/**
 * Primary work: what one cluster of the bot does for all, as seen from each cluster that could.
 *
 * Each offers its work by name and waits for the manager's order. It does not know who else could, nor why it is
 * told to begin or to stop.
 */
import { describeThrown } from '../ipc/values/fault.js';
import { MAX_DETAIL_LENGTH, MAX_JOB_NAME_LENGTH } from '../wire/control.js';
import type { JobOrder, JobMessage } from '../wire/control.js';

/** What work is given. */
export interface JobContext {
  /** Aborts when this cluster is not to do the work any more. */
  readonly signal: AbortSignal;
}

/** Work that exactly one cluster does. What it returns is waited for before another cluster begins. */
export type SingletonJob = (context: JobContext) => unknown;

/** Work that this cluster has offered to do. */
export interface JobHandle {
  readonly name: string;
  /** Whether it runs here and now: its function was called and has not come to its end. */
  readonly isRunning: boolean;
  /**
   * Takes the offer back: aborts the signal if the work runs here, and lets another cluster begin when it has ended.
   * Resolves then; from then on the name is free again.
   */
  stop(): Promise<void>;
}

interface Job {
  readonly name: string;
  readonly offer: number;
  readonly work: SingletonJob;
  /** Set from the order to begin to the order to stop. */
  run: { readonly controller: AbortController; readonly ended: Promise<void> } | undefined;
  isRunning: boolean;
  stopping: Promise<void> | undefined;
}

export class SingletonJobs {
  readonly #say: (word: JobMessage) => void;
  readonly #warn: (message: string) => void;
  readonly #jobs = new Map<string, Job>();
  #lastOffer = 0;

  constructor(say: (word: JobMessage) => void, warn: (message: string) => void) {
    this.#say = say;
    this.#warn = warn;
  }

  /** @throws TypeError for what cannot be work; Error when there is work of that name already. */
  add(name: string, work: SingletonJob): JobHandle {
    checkWork(name, work);
    if (this.#jobs.has(name)) throw new Error(`This cluster has work '${name}' already: stop that first.`);
    this.#lastOffer += 1;
    const offer = this.#lastOffer;
    const job: Job = { name, offer, work, run: undefined, isRunning: false, stopping: undefined };
    this.#jobs.set(name, job);
    this.#say({ name, offer, is: 'offered' });
    return {
      name,
      get isRunning() {
        return job.isRunning;
      },
      stop: () => (job.stopping ??= this.#withdraw(job)),
    };
  }

  /** Does what the manager says. What is about an offer that was taken back is not obeyed. */
  take({ name, offer, do: what }: JobOrder): void {
    const job = this.#jobs.get(name);
    if (job?.offer !== offer || job.stopping !== undefined) return;
    if (what === 'run') this.#run(job);
    else void this.#stop(job).then(() => this.#sayStopped(job));
  }

  /** All work has to end, as this process does; nobody is told. */
  abort(): void {
    for (const { run } of this.#jobs.values()) run?.controller.abort();
  }

  #run(job: Job): void {
    if (job.run !== undefined) return;
    const controller = new AbortController();
    job.isRunning = true;
    job.run = { controller, ended: this.#work(job, controller.signal) };
  }

  async #work(job: Job, signal: AbortSignal): Promise<void> {
    try {
      await job.work({ signal });
    } catch (error) {
      if (!isAbort(error, signal)) this.#report(job, error);
    } finally {
      job.isRunning = false;
    }
  }

  #report({ name, offer }: Job, error: unknown): void {
    const text = describeThrown(error);
    this.#warn(`the work '${name}' failed: ${text}`);
    const [line = ''] = text.split('\n', 1);
    this.#say({ name, offer, is: 'failed', detail: line.slice(0, MAX_DETAIL_LENGTH) });
  }

  async #stop(job: Job): Promise<void> {
    job.run?.controller.abort();
    await job.run?.ended;
    job.run = undefined;
  }

  /** Where it was withdrawn meanwhile, that says it all. */
  #sayStopped({ name, offer, stopping }: Job): void {
    if (stopping === undefined) this.#say({ name, offer, is: 'stopped' });
  }

  async #withdraw(job: Job): Promise<void> {
    const { name, offer } = job;
    await this.#stop(job);
    this.#jobs.delete(name);
    this.#say({ name, offer, is: 'withdrawn' });
  }
}

function checkWork(name: unknown, work: unknown): void {
  if (typeof name !== 'string') throw new TypeError(`Work is named by a string, got ${typeof name}`);
  if (name.length > MAX_JOB_NAME_LENGTH)
    throw new TypeError(`The name of work has at most ${MAX_JOB_NAME_LENGTH} characters, got ${name.length}`);
  if (typeof work !== 'function') throw new TypeError(`The work '${name}' must be a function`);
}

/** Whoever stops by passing the signal on ends with this: that is no failure. */
function isAbort(error: unknown, signal: AbortSignal): boolean {
  return (
    signal.aborted && (error === signal.reason || (error instanceof Error && error.name === 'AbortError'))
  );
}
