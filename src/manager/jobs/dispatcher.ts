/**
 * Job dispatcher: assigns jobs to the processes of a router.
 *
 * Listens to the router and speaks through it; which process gets a job is decided in `assignments.ts`.
 */
import type { Peer } from '../../router/peer.js';
import type { RouterListener } from '../../router/router-listener.js';
import type { Router } from '../../router/router.js';
import type { ClusterMessage } from '../../wire/control/to-manager.js';
import { JobAssignments } from './assignments.js';
import type { JobUpdate } from './assignments.js';

export class JobDispatcher implements RouterListener {
  readonly #assignments: JobAssignments<Peer>;

  constructor(router: Router, onUpdate: (peer: Peer, update: JobUpdate) => void = () => {}) {
    this.#assignments = new JobAssignments({
      mayRun: (peer) => router.isServing(peer),
      send: (peer, order) => router.send(peer, { kind: 'jobOrder', ...order }),
      onUpdate,
    });
    router.listen(this);
  }

  /** The id of the cluster that each job is assigned to, by the job's name. */
  get assignees(): Readonly<Record<string, number>> {
    return this.#assignments.assignees;
  }

  /** Whether a job is assigned to the process, or was revoked and has not ended yet. */
  hasJob(peer: Peer): boolean {
    return this.#assignments.hasJob(peer);
  }

  /** From now on no job is assigned. */
  close(): void {
    this.#assignments.close();
  }

  onRoutingChange(): void {
    this.#assignments.review();
  }

  onGone(peer: Peer): void {
    this.#assignments.onGone(peer);
  }

  onControl(from: Peer, message: ClusterMessage): void {
    if (message.kind === 'job') this.#assignments.onReport(from, message);
  }
}
