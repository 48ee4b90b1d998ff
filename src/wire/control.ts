/**
 * Control bodies: what the frames between manager and cluster say that are not calls or events.
 *
 * They are JSON and rare. The manager reads them from clusters it does not trust, so each is checked before
 * it is used; a body that is not what its kind promises ends the link it came on.
 */
import type { NameEntry } from './name-table.js';

/** How far a cluster has come, as the others need to know it. */
export type PeerState = 'starting' | 'up' | 'ready' | 'stopped';

/** What a process says of its death goes into events and logs, so it is bounded; in characters. */
export const MAX_DETAIL_LENGTH = 1000;

/** `hello`, `register` and `unregister`: names this process answers or listens to. */
export interface Registration {
  readonly handlers: readonly string[];
  readonly events: readonly string[];
  /** By which contract, for those that have one. */
  readonly fingerprints?: { readonly [name: string]: string } | undefined;
}

/** Those who answer or listen to a name by the same contract; `null`: by none. */
export type Version = readonly [fingerprint: string | null, clusterIds: readonly number[]];

/**
 * By which contracts a name is answered or listened to. One version: everyone's, and no ids. `layout` is the number
 * under which payloads may be laid out by position, 0 where they must not.
 */
export interface Agreement {
  readonly name: string;
  readonly layout: number;
  readonly versions: readonly Version[];
}

export type PeerEntry = readonly [clusterId: number, state: PeerState];

/** `welcome`, and in part `names` and `member`: what a process must know before it can send to others. */
export interface Welcome {
  readonly names: readonly NameEntry[];
  readonly peers: readonly PeerEntry[];
  readonly agreements: readonly Agreement[];
}

/** `refused`: the code of an `IPCError`, and what only the refusing side knows. */
export interface Refusal {
  readonly code: string;
  readonly detail?: string | undefined;
  /** Of the contract by which a payload was refused. */
  readonly fingerprint?: string | undefined;
}

/** `identify`, `identifyGrant` and `identifyCancel`. The rest is what Discord told this client. */
export interface IdentifyRequest {
  readonly shardId: number;
  readonly maxConcurrency: number;
  /** The session starts that are left, and when all are there again. */
  readonly remaining?: number | undefined;
  readonly resetAfterMs?: number | undefined;
}

/** `lastWords`: which exception nobody caught, in one line. */
export interface CrashReport {
  readonly reason: 'uncaught-exception' | 'unhandled-rejection';
  readonly detail: string;
}

/** `fatal`: Discord's close code, or discord.js' error code. */
export interface LoginRejection {
  readonly code: number | string;
  readonly shardId?: number | undefined;
}

/** `handover`: the old process records and falls quiet (or goes on after all); the new one buffers, then opens. */
export interface HandoverStep {
  readonly step: 'record' | 'buffer' | 'quiet' | 'open' | 'resume';
  /** For `open`: the events that the old process has handled since it was told to record, in order. */
  readonly handled?: readonly string[] | undefined;
  /** For `open`: how long after `buffer` an event may have been handled before the old process recorded, in milliseconds. */
  readonly marginMs?: number | undefined;
}

/** `handoverDone`. */
export interface HandoverDone {
  readonly step: HandoverStep['step'];
  /** By the wall clock, which both processes share, in milliseconds. */
  readonly at: number;
  /** For `quiet`. */
  readonly handled: readonly string[];
}

/** Names of work are kept by the manager for all who offer it, so they are bounded; in characters. */
export const MAX_JOB_NAME_LENGTH = 256;

/**
 * `work`: this process could do the work of that name, cannot any more, or has stopped doing it as it was told to.
 * `failed`: what was thrown, in one line; nothing else changes by it.
 */
export interface JobMessage {
  readonly name: string;
  /** Counts the offers of this process: an order for an earlier one is not obeyed. */
  readonly offer: number;
  readonly is: 'offered' | 'withdrawn' | 'stopped' | 'failed';
  readonly detail?: string | undefined;
}

/** `workOrder`. */
export interface JobOrder {
  readonly name: string;
  readonly offer: number;
  readonly do: 'run' | 'stop';
}

/** `pulse`: how a process is. Times in milliseconds, sizes in bytes; each since the last pulse. */
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

/** @throws TypeError when the text is not a registration. */
export function parseRegistration(text: string | undefined): Registration {
  const { handlers, events, fingerprints } = parseObject(text);
  if (!isStrings(handlers) || !isStrings(events)) throw new TypeError('a registration without its names');
  if (fingerprints === undefined) return { handlers, events };
  if (!isTexts(fingerprints)) throw new TypeError('a registration with fingerprints that are none');
  return { handlers, events, fingerprints };
}

/** @throws TypeError when the text is not an identify request. */
export function parseIdentifyRequest(text: string | undefined): IdentifyRequest {
  const { shardId, maxConcurrency, remaining, resetAfterMs } = parseObject(text);
  if (!isCount(shardId) || !isCount(maxConcurrency)) throw new TypeError('an identify without its shard');
  if (!isCount(remaining) || !isCount(resetAfterMs)) return { shardId, maxConcurrency };
  return { shardId, maxConcurrency, remaining, resetAfterMs };
}

/** @throws TypeError when the text is not a process' last words. */
export function parseCrashReport(text: string | undefined): CrashReport {
  const { reason, detail } = parseObject(text);
  const isKnown = reason === 'uncaught-exception' || reason === 'unhandled-rejection';
  if (!isKnown || typeof detail !== 'string') throw new TypeError('last words that say nothing');
  return { reason, detail: detail.slice(0, MAX_DETAIL_LENGTH) };
}

/** @throws TypeError when the text is not a refused login. */
export function parseLoginRejection(text: string | undefined): LoginRejection {
  const { code, shardId } = parseObject(text);
  if (typeof code !== 'number' && typeof code !== 'string')
    throw new TypeError('a fatal login without a code');
  return isCount(shardId) ? { code, shardId } : { code };
}

/** @throws TypeError when the text is not a step that is done. */
export function parseHandoverDone(text: string | undefined): HandoverDone {
  const { step, at, handled } = parseObject(text);
  if (!isStep(step) || !isAmount(at) || !isStrings(handled))
    throw new TypeError('a handover without its step');
  return { step, at, handled };
}

/** @throws TypeError when the text says nothing of any work. */
export function parseJobMessage(text: string | undefined): JobMessage {
  const { name, offer, is, detail } = parseObject(text);
  if (typeof name !== 'string' || name.length > MAX_JOB_NAME_LENGTH)
    throw new TypeError('work without its name');
  if (!isCount(offer) || !isWorkState(is)) throw new TypeError('work without its state');
  if (typeof detail !== 'string') return { name, offer, is };
  return { name, offer, is, detail: detail.slice(0, MAX_DETAIL_LENGTH) };
}

/** @throws TypeError when the text is not a pulse. */
export function parsePong(text: string | undefined): Pong {
  const { meanLagMs, maxLagMs, rss, heapUsed, servedCalls, guilds } = parseObject(text);
  if (!isAmount(meanLagMs) || !isAmount(maxLagMs) || !isAmount(rss))
    throw new TypeError('a pulse without its times');
  if (!isAmount(heapUsed) || !isAmount(servedCalls)) throw new TypeError('a pulse without its sizes');
  const pulse = { meanLagMs, maxLagMs, rss, heapUsed, servedCalls };
  return isCount(guilds) ? { ...pulse, guilds } : pulse;
}

function parseObject(text: string | undefined): { readonly [key: string]: unknown } {
  const value = JSON.parse(text ?? '') as unknown;
  if (typeof value !== 'object' || value === null) throw new TypeError('a control body that is no object');
  return value as { readonly [key: string]: unknown };
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function isTexts(value: unknown): value is { readonly [key: string]: string } {
  return typeof value === 'object' && value !== null && isStrings(Object.values(value));
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isAmount(value: unknown): value is number {
  return Number.isFinite(value) && (value as number) >= 0;
}

const STEPS: ReadonlySet<unknown> = new Set(['record', 'buffer', 'quiet', 'open', 'resume']);

function isStep(value: unknown): value is HandoverStep['step'] {
  return STEPS.has(value);
}

const WORK_STATES: ReadonlySet<unknown> = new Set(['offered', 'withdrawn', 'stopped', 'failed']);

function isWorkState(value: unknown): value is JobMessage['is'] {
  return WORK_STATES.has(value);
}
