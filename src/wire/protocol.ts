/**
 * Protocol: which frames the processes of one bot may send each other when their versions of the library differ.
 *
 * They differ when `node_modules` changed while a bot runs. Processes of different major versions do not talk at all.
 * Within a major version a process ignores frames of a kind that it does not know, and what a later minor version
 * brings is sent only to processes that know it. To add a frame kind or a flag, raise `minor` and put that number
 * into the table; the total types below ask for it.
 */
import { ACK_WHEN_SETTLED, Codec, CODEC_MASK, FAIL_FAST, INLINE_NAME, Kind } from './frame.js';

export interface ProtocolVersion {
  readonly major: number;
  readonly minor: number;
}

/** A protocol version, and what it knows of the minor versions before it. */
export interface Protocol extends ProtocolVersion {
  /** Returns the minor version that brought the kind, the codec and the flags of a frame. */
  minorOf(kind: Kind, flags: number): number;
}

const KIND_SINCE: Readonly<Record<keyof typeof Kind, number>> = {
  hello: 0,
  welcome: 0,
  names: 0,
  register: 0,
  unregister: 0,
  ready: 0,
  peer: 0,
  request: 0,
  result: 0,
  error: 0,
  rejected: 0,
  queued: 0,
  dequeued: 0,
  serveLocally: 0,
  cancel: 0,
  event: 0,
  ack: 0,
  shutdown: 0,
  identify: 0,
  identifyGrant: 0,
  identifyCancel: 0,
  crashReport: 0,
  loginRejected: 0,
  ping: 0,
  pong: 0,
  replaceMe: 0,
  identified: 0,
  handover: 0,
  handoverDone: 0,
  resendKeyed: 0,
  job: 0,
  jobOrder: 0,
};

const CODEC_SINCE: Readonly<Record<keyof typeof Codec, number>> = { none: 0, json: 0, v8: 0, row: 0 };

const FLAG_SINCE: readonly (readonly [flag: number, since: number])[] = [
  [INLINE_NAME, 0],
  [FAIL_FAST, 0],
  [ACK_WHEN_SETTLED, 0],
];

/** By number. */
const minorOfKind = new Map<number, number>(
  Object.entries(KIND_SINCE).map(([name, since]) => [Kind[name as keyof typeof Kind], since]),
);
const minorOfCodec = new Map<number, number>(
  Object.entries(CODEC_SINCE).map(([name, since]) => [Codec[name as keyof typeof Codec], since]),
);

export const PROTOCOL: Protocol = {
  major: 1,
  minor: 0,
  minorOf: (kind, flags) =>
    Math.max(
      minorOfKind.get(kind) ?? 0,
      minorOfCodec.get(flags & CODEC_MASK) ?? 0,
      ...FLAG_SINCE.map(([flag, since]) => ((flags & flag) === 0 ? 0 : since)),
    ),
};

/** Reads the version that another process claims. `undefined`: it claims none. */
export function parseProtocolVersion(value: unknown): ProtocolVersion | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { major, minor } = value as Partial<Record<keyof ProtocolVersion, unknown>>;
  return isNumber(major) && isNumber(minor) ? { major, minor } : undefined;
}

function isNumber(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

export interface VersionPair {
  readonly manager: ProtocolVersion | undefined;
  readonly cluster: ProtocolVersion | undefined;
}

/** Returns why a manager and a cluster cannot talk: one sentence. `undefined`: they can. */
export function describeMismatch({ manager, cluster }: VersionPair): string | undefined {
  if (manager !== undefined && manager.major === cluster?.major) return undefined;
  return (
    `The manager speaks ${describeVersion(manager)}, the cluster ${describeVersion(cluster)}: the library in ` +
    'node_modules has changed since the bot was started; restart the whole bot, its manager included.'
  );
}

function describeVersion(version: ProtocolVersion | undefined): string {
  return version === undefined
    ? 'no known protocol version'
    : `protocol version ${version.major}.${version.minor}`;
}
