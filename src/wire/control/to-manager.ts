/**
 * Messages to the manager: what a cluster says to it apart from calls and events.
 *
 * Each is a frame of the kind that its tag names, with the rest of the message as JSON. The manager trusts no cluster,
 * so a message that is not what its kind promises ends the link it came on. To add one, add its frame kind in
 * `frame.ts`, a member to the union and a case to the parser; the compiler then points at whoever handles it.
 */
import { Kind } from '../frame.js';
import { parseProtocolVersion } from '../protocol.js';
import type { ProtocolVersion } from '../protocol.js';
import { isAmount, isCount, isListOf, isOneOf, isString, isStringRecord, parseObject } from './checks.js';
import { isHandoverStepName } from './to-cluster.js';
import type { HandoverStep } from './to-cluster.js';

/** Messages about what a process answers and how far it has come. */
export type RoutingMessage =
  /** The process is up. */
  | ({ readonly kind: 'hello' } & Hello)
  | ({ readonly kind: 'register' | 'unregister' } & Registration)
  /** The client is ready. */
  | { readonly kind: 'ready' };

/** Messages by which a cluster reports something, or asks for it. */
export type ClusterMessage =
  | ({ readonly kind: 'identify' | 'identifyCancel' | 'identified' } & IdentifyRequest)
  | ({ readonly kind: 'job' } & JobReport)
  | ({ readonly kind: 'crashReport' } & CrashReport)
  | ({ readonly kind: 'loginRejected' } & LoginRejection)
  | ({ readonly kind: 'pong' } & Pong)
  /** The process got SIGTERM and asks to be replaced. */
  | { readonly kind: 'replaceMe' }
  | ({ readonly kind: 'handoverDone' } & HandoverDone);

export type MessageToManager = RoutingMessage | ClusterMessage;

/** Texts about failures go into events and logs, so they are bounded; in characters. */
export const MAX_DETAIL_LENGTH = 1000;

/** The manager keeps the names of jobs for all processes, so they are bounded; in characters. */
export const MAX_JOB_NAME_LENGTH = 256;

/** Names that a process answers or listens to. */
export interface Registration {
  readonly handlers: readonly string[];
  readonly events: readonly string[];
  /** The contract of each name that has one. */
  readonly fingerprints?: { readonly [name: string]: string } | undefined;
}

export interface Hello extends Registration {
  /** `undefined`: the process claims no version, or none that can be read. */
  readonly protocol: ProtocolVersion | undefined;
}

/** A shard that wants to identify; all but its id is what Discord told the client. */
export interface IdentifyRequest {
  readonly shardId: number;
  readonly maxConcurrency: number;
  /** The session starts that are left, and when all of them are available again. */
  readonly remaining?: number | undefined;
  readonly resetAfterMs?: number | undefined;
}

/** Why the process is about to end, in one line. */
export interface CrashReport {
  readonly reason: 'uncaught-exception' | 'unhandled-rejection' | 'protocol-mismatch';
  readonly detail: string;
}

/** Discord's close code, or discord.js' error code. */
export interface LoginRejection {
  readonly code: number | string;
  readonly shardId?: number | undefined;
}

export interface HandoverDone {
  readonly step: HandoverStep['step'];
  /** By the wall clock, which both processes share, in milliseconds. */
  readonly at: number;
  /** For `quiet`: the events that were handled since `record`. */
  readonly handled: readonly string[];
}

/** How a process and a job of the whole bot get along. */
export interface JobReport {
  readonly name: string;
  /** Counts the registrations of this process. */
  readonly registrationId: number;
  /**
   * `registered` and `withdrawn`: the process is a candidate for the job, or is not any more. `stopped`: the job has
   * ended as it was revoked. `failed`: the job threw; nothing else changes by it.
   */
  readonly status: 'registered' | 'withdrawn' | 'stopped' | 'failed';
  /** For `failed`: what was thrown, in one line. */
  readonly detail?: string | undefined;
}

/** Times in milliseconds, sizes in bytes; each since the last pong. */
export interface Pong {
  /** How late the event loop ran, on average and at worst. */
  readonly meanLagMs: number;
  readonly maxLagMs: number;
  readonly rss: number;
  readonly heapUsed: number;
  /** Calls that its handlers work on. */
  readonly servedCalls: number;
  /** Guilds in its client's cache, where it has one. */
  readonly guilds?: number | undefined;
}

/** @throws SyntaxError or TypeError for what no cluster sends. */
export function parseMessageToManager(kind: Kind, text: string | undefined): MessageToManager {
  switch (kind) {
    case Kind.hello:
      return { kind: 'hello', ...parseHello(text) };
    case Kind.register:
      return { kind: 'register', ...parseRegistration(text) };
    case Kind.unregister:
      return { kind: 'unregister', ...parseRegistration(text) };
    case Kind.ready:
      return { kind: 'ready' };
    case Kind.identify:
      return { kind: 'identify', ...parseIdentifyRequest(text) };
    case Kind.identifyCancel:
      return { kind: 'identifyCancel', ...parseIdentifyRequest(text) };
    case Kind.identified:
      return { kind: 'identified', ...parseIdentifyRequest(text) };
    case Kind.job:
      return { kind: 'job', ...parseJobReport(text) };
    case Kind.crashReport:
      return { kind: 'crashReport', ...parseCrashReport(text) };
    case Kind.loginRejected:
      return { kind: 'loginRejected', ...parseLoginRejection(text) };
    case Kind.pong:
      return { kind: 'pong', ...parsePong(text) };
    case Kind.replaceMe:
      return { kind: 'replaceMe' };
    case Kind.handoverDone:
      return { kind: 'handoverDone', ...parseHandoverDone(text) };
    default:
      throw new TypeError(`a frame of kind ${kind}, which no cluster sends`);
  }
}

function parseHello(text: string | undefined): Hello {
  const { protocol } = parseObject(text);
  return { ...parseRegistration(text), protocol: parseProtocolVersion(protocol) };
}

function parseRegistration(text: string | undefined): Registration {
  const { handlers, events, fingerprints } = parseObject(text);
  if (!isListOf(handlers, isString) || !isListOf(events, isString))
    throw new TypeError('a registration without its names');
  if (fingerprints === undefined) return { handlers, events };
  if (!isStringRecord(fingerprints)) throw new TypeError('a registration with invalid fingerprints');
  return { handlers, events, fingerprints };
}

function parseIdentifyRequest(text: string | undefined): IdentifyRequest {
  const { shardId, maxConcurrency, remaining, resetAfterMs } = parseObject(text);
  if (!isCount(shardId) || !isCount(maxConcurrency)) throw new TypeError('an identify without its shard');
  if (!isCount(remaining) || !isCount(resetAfterMs)) return { shardId, maxConcurrency };
  return { shardId, maxConcurrency, remaining, resetAfterMs };
}

const isCrashReason = isOneOf<CrashReport['reason']>({
  'uncaught-exception': true,
  'unhandled-rejection': true,
  'protocol-mismatch': true,
});

function parseCrashReport(text: string | undefined): CrashReport {
  const { reason, detail } = parseObject(text);
  if (!isCrashReason(reason) || !isString(detail)) throw new TypeError('a crash report without its reason');
  return { reason, detail: detail.slice(0, MAX_DETAIL_LENGTH) };
}

function parseLoginRejection(text: string | undefined): LoginRejection {
  const { code, shardId } = parseObject(text);
  if (typeof code !== 'number' && !isString(code)) throw new TypeError('a rejected login without its code');
  return isCount(shardId) ? { code, shardId } : { code };
}

function parseHandoverDone(text: string | undefined): HandoverDone {
  const { step, at, handled } = parseObject(text);
  if (!isHandoverStepName(step) || !isAmount(at) || !isListOf(handled, isString))
    throw new TypeError('a handover without its step');
  return { step, at, handled };
}

const isJobStatus = isOneOf<JobReport['status']>({
  registered: true,
  withdrawn: true,
  stopped: true,
  failed: true,
});

function parseJobReport(text: string | undefined): JobReport {
  const { name, registrationId, status, detail } = parseObject(text);
  if (!isString(name) || name.length > MAX_JOB_NAME_LENGTH) throw new TypeError('a job without its name');
  if (!isCount(registrationId) || !isJobStatus(status)) throw new TypeError('a job without its status');
  if (!isString(detail)) return { name, registrationId, status };
  return { name, registrationId, status, detail: detail.slice(0, MAX_DETAIL_LENGTH) };
}

function parsePong(text: string | undefined): Pong {
  const { meanLagMs, maxLagMs, rss, heapUsed, servedCalls, guilds } = parseObject(text);
  if (!isAmount(meanLagMs) || !isAmount(maxLagMs) || !isAmount(rss))
    throw new TypeError('a heartbeat answer without its times');
  if (!isAmount(heapUsed) || !isAmount(servedCalls))
    throw new TypeError('a heartbeat answer without its sizes');
  const pong = { meanLagMs, maxLagMs, rss, heapUsed, servedCalls };
  return isCount(guilds) ? { ...pong, guilds } : pong;
}
