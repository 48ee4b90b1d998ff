/**
 * Cluster context: which cluster a `ClusterClient` is, and how it reaches the manager.
 *
 * In a process that a manager started, the context comes from the environment; in any other process the cluster is the
 * only one of its bot. Tests that run several clusters in one process pass a context to each `ClusterClient`.
 */
import type { UntypedCodec } from '../wire/boot.js';
import { linkLimits, resolveLimits } from '../limits.js';
import type { Limits } from '../limits.js';
import type { Link } from '../link/link.js';
import { StreamLink } from '../link/stream-link.js';
import { takeBoot } from '../wire/boot.js';
import type { Boot } from '../wire/boot.js';
import { encodeControl } from '../wire/control/encode.js';
import { Codec, emptyHeader } from '../wire/frame.js';
import { describeMismatch, parseProtocolVersion, PROTOCOL } from '../wire/protocol.js';

export interface ClusterContext {
  readonly id: number;
  readonly shardList: readonly number[];
  readonly totalShards: number;
  readonly totalClusters: number;
  readonly limits: Limits;
  /** Encoding of values in the untyped API. */
  readonly untypedCodec: UntypedCodec;
  /** Connection to the manager; `undefined` for the only cluster of a bot without a manager. */
  readonly link: Link | undefined;
  /** Ends the process of this cluster. */
  readonly exit: (code: number) => void;
  /** Another process is still active for this cluster: the client's events are held back until the handover. */
  readonly standby?: boolean | undefined;
  /** The process runs this cluster and nothing else, so signals to the process concern the cluster. */
  readonly ownsProcess?: boolean | undefined;
}

/** There is one pipe to the manager, so one client: a second one would silently be without a manager. */
let isResolved = false;

/**
 * Reads the context of this process.
 *
 * @throws Error when a `ClusterClient` of this process has it already, or when the manager speaks another major version
 * of the protocol.
 */
export function resolveContext(): ClusterContext {
  const boot = takeBoot(process.env);
  if (boot !== undefined) {
    isResolved = true;
    return contextFromBoot(boot);
  }
  if (isResolved)
    throw new Error('This process already has a ClusterClient: share it instead of creating a second one.');
  return { ...ALONE, limits: resolveLimits(), untypedCodec: 'json', link: undefined, exit };
}

const ALONE = { id: 0, shardList: [0], totalShards: 1, totalClusters: 1 } as const;

function contextFromBoot(boot: Boot): ClusterContext {
  const mismatch = describeMismatch({ manager: parseProtocolVersion(boot.protocol), cluster: PROTOCOL });
  if (mismatch !== undefined) refuse(boot.fd, mismatch);
  const link = StreamLink.overDescriptor(boot.fd, linkLimits(boot.limits));
  return { ...boot, link, exit, ownsProcess: true };
}

/** The manager must learn the reason, or all it would see is a process that exits before its hello. */
function refuse(fd: number, mismatch: string): never {
  const link = StreamLink.overDescriptor(fd, linkLimits(resolveLimits()));
  const { kind, body } = encodeControl({
    kind: 'crashReport',
    reason: 'protocol-mismatch',
    detail: mismatch,
  });
  link.send({ ...emptyHeader(kind), flags: Codec.json }, undefined, body);
  link.close();
  throw new Error(mismatch);
}

function exit(code: number): void {
  process.exit(code);
}
