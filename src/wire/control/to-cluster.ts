/**
 * Messages to clusters: what the manager says to a process apart from calls and events.
 *
 * Each is a frame of the kind that its tag names, with the rest of the message as JSON. To add one, add its frame kind
 * in `frame.ts`, a member to the union and a case to the parser; the compiler then points at whoever handles it.
 */
import { Kind } from '../frame.js';
import { isAmount, isCount, isListOf, isOneOf, isString, parseObject } from './checks.js';
import { parseDirectoryUpdate } from './directory.js';
import type { DirectoryUpdate } from './directory.js';

/** Messages that change what a process knows of the others. */
export type DirectoryMessage = { readonly kind: 'welcome' | 'names' | 'peer' } & DirectoryUpdate;

/** Messages by which the manager wants something of a cluster. */
export type ManagerCommand =
  /** Finish and exit. */
  | { readonly kind: 'shutdown' }
  /** Say that the event loop turns, with a `pong`. */
  | { readonly kind: 'ping' }
  /** A shard may identify now. */
  | ({ readonly kind: 'identifyGrant' } & IdentifyGrant)
  | ({ readonly kind: 'handover' } & HandoverStep)
  | ({ readonly kind: 'jobOrder' } & JobOrder);

export type MessageToCluster = DirectoryMessage | ManagerCommand;

export interface IdentifyGrant {
  readonly shardId: number;
}

/** The old process records and falls quiet (or goes on after all); the new one buffers, then opens. */
export interface HandoverStep {
  readonly step: 'record' | 'buffer' | 'quiet' | 'open' | 'resume';
  /** For `open`: the events that the old process has handled since it began to record, in order. */
  readonly handled?: readonly string[] | undefined;
  /** For `open`: how long after `buffer` an event may have been handled before the old process recorded, in milliseconds. */
  readonly marginMs?: number | undefined;
}

/** Assigns a job to a process, or revokes it. */
export interface JobOrder {
  readonly name: string;
  /** The registration that the order is about: a process that has withdrawn it ignores the order. */
  readonly registrationId: number;
  readonly action: 'assign' | 'revoke';
}

/** @throws SyntaxError or TypeError for what no manager sends. */
export function parseMessageToCluster(kind: Kind, text: string | undefined): MessageToCluster {
  switch (kind) {
    case Kind.welcome:
      return { kind: 'welcome', ...parseDirectoryUpdate(text) };
    case Kind.names:
      return { kind: 'names', ...parseDirectoryUpdate(text) };
    case Kind.peer:
      return { kind: 'peer', ...parseDirectoryUpdate(text) };
    case Kind.shutdown:
      return { kind: 'shutdown' };
    case Kind.ping:
      return { kind: 'ping' };
    case Kind.identifyGrant:
      return { kind: 'identifyGrant', ...parseIdentifyGrant(text) };
    case Kind.handover:
      return { kind: 'handover', ...parseHandoverStep(text) };
    case Kind.jobOrder:
      return { kind: 'jobOrder', ...parseJobOrder(text) };
    default:
      throw new TypeError(`a frame of kind ${kind}, which no manager sends`);
  }
}

function parseIdentifyGrant(text: string | undefined): IdentifyGrant {
  const { shardId } = parseObject(text);
  if (!isCount(shardId)) throw new TypeError('an identify grant without its shard');
  return { shardId };
}

export const isHandoverStepName = isOneOf<HandoverStep['step']>({
  record: true,
  buffer: true,
  quiet: true,
  open: true,
  resume: true,
});

function parseHandoverStep(text: string | undefined): HandoverStep {
  const { step, handled, marginMs } = parseObject(text);
  if (!isHandoverStepName(step)) throw new TypeError('a handover without its step');
  if (handled !== undefined && !isListOf(handled, isString))
    throw new TypeError('a handover without its events');
  if (marginMs !== undefined && !isAmount(marginMs)) throw new TypeError('a handover without its margin');
  return { step, handled, marginMs };
}

const isJobAction = isOneOf<JobOrder['action']>({ assign: true, revoke: true });

function parseJobOrder(text: string | undefined): JobOrder {
  const { name, registrationId, action } = parseObject(text);
  if (!isString(name) || !isCount(registrationId)) throw new TypeError('a job order without its job');
  if (!isJobAction(action)) throw new TypeError('a job order without its action');
  return { name, registrationId, action };
}
