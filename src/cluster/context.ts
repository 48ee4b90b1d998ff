/**
 * Seats: the place in the bot that a `ClusterClient` takes when it is made.
 *
 * In a forked process there is one, in the environment; started by hand there is none to be found, and the
 * cluster is alone. Tests that run many clusters in one process hand each its seat with `withSeat`.
 */
import type { UntypedCodec } from '../wire/boot.js';
import { linkLimits, resolveLimits } from '../limits.js';
import type { Limits } from '../limits.js';
import type { Link } from '../link/link.js';
import { StreamLink } from '../link/stream-link.js';
import { takeBoot } from '../wire/boot.js';
import type { Boot } from '../wire/boot.js';

export interface ClusterContext {
  readonly id: number;
  readonly shardList: readonly number[];
  readonly totalShards: number;
  readonly totalClusters: number;
  readonly limits: Limits;
  /** How values of the untyped API travel. */
  readonly untypedCodec: UntypedCodec;
  /** The way to the manager; `undefined`: there is none, this is one cluster of one. */
  readonly link: Link | undefined;
  /** Ends the process of this cluster. */
  readonly exit: (code: number) => void;
  /** Another process has this place still: the client's events are held back until the manager says so. */
  readonly standby?: boolean | undefined;
  /** This process is that cluster and nothing else, so its signals and its end are the cluster's. */
  readonly ownsProcess?: boolean | undefined;
}

let handed: ClusterContext | undefined;
/** One pipe to the manager, so one client: a second one would be silently alone. */
let taken = false;

/** Runs `make`, whose `ClusterClient` takes this seat. */
export function withContext<T>(seat: ClusterContext, make: () => T): T {
  handed = seat;
  try {
    return make();
  } finally {
    handed = undefined;
  }
}

/** @throws Error when this process' seat is taken. */
export function resolveContext(): ClusterContext {
  if (handed !== undefined) return handed;
  const boot = takeBoot(process.env);
  if (boot !== undefined) {
    taken = true;
    return seatFromBoot(boot);
  }
  if (taken)
    throw new Error('This process has a ClusterClient already: share that one instead of making a second.');
  return { ...ALONE, limits: resolveLimits(), untypedCodec: 'json', link: undefined, exit };
}

const ALONE = { id: 0, shardList: [0], totalShards: 1, totalClusters: 1 } as const;

function seatFromBoot(boot: Boot): ClusterContext {
  const link = StreamLink.overDescriptor(boot.fd, linkLimits(boot.limits));
  return { ...boot, link, exit, ownsProcess: true };
}

function exit(code: number): void {
  process.exit(code);
}
