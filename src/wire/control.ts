/**
 * Control bodies: what the frames between manager and cluster say that are not calls or events.
 *
 * They are JSON and rare. The manager reads them from clusters it does not trust, so each is checked before
 * it is used; a body that is not what its kind promises ends the link it came on.
 */

/** How far a cluster has come, as the others need to know it. */
export type MemberState = 'starting' | 'up' | 'ready' | 'stopped';

/** `hello`, `register` and `unregister`: names this process answers or listens to. */
export interface Registration {
  readonly handlers: readonly string[];
  readonly events: readonly string[];
}

export type NameEntry = readonly [id: number, name: string];
export type MemberEntry = readonly [clusterId: number, state: MemberState];

/** `welcome`: what a process must know before it can send to others. */
export interface Welcome {
  readonly names: readonly NameEntry[];
  readonly members: readonly MemberEntry[];
}

/** `refused`: the code of an `IPCError`, and what only the refusing side knows. */
export interface Refusal {
  readonly code: string;
  readonly detail?: string | undefined;
  /** Of the contract by which a payload was refused. */
  readonly fingerprint?: string | undefined;
}

/** `identify`, `identifyGrant` and `identifyCancel`. `maxConcurrency` is what Discord told this client. */
export interface IdentifyRequest {
  readonly shardId: number;
  readonly maxConcurrency: number;
}

/** @throws TypeError when the text is not a registration. */
export function parseRegistration(text: string | undefined): Registration {
  const { handlers, events } = parseObject(text);
  if (!isStrings(handlers) || !isStrings(events)) throw new TypeError('a registration without its names');
  return { handlers, events };
}

/** @throws TypeError when the text is not an identify request. */
export function parseIdentifyRequest(text: string | undefined): IdentifyRequest {
  const { shardId, maxConcurrency } = parseObject(text);
  if (!isCount(shardId) || !isCount(maxConcurrency)) throw new TypeError('an identify without its shard');
  return { shardId, maxConcurrency };
}

function parseObject(text: string | undefined): { readonly [key: string]: unknown } {
  const value = JSON.parse(text ?? '') as unknown;
  if (typeof value !== 'object' || value === null) throw new TypeError('a control body that is no object');
  return value as { readonly [key: string]: unknown };
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
