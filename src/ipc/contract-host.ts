/**
 * Contract host: what a process offers to the contracts that are bound to it.
 *
 * A port. `contract/` depends on these interfaces and not on the endpoint that implements them, so stubs can be bound
 * to anything that sends calls and events. To give contracts more, add a member here, as narrow as its caller needs it.
 */
import type { CallOptions } from './client/call-options.js';
import type { CallSpec } from './client/call.js';
import type { ResultCollection } from './client/result-collection.js';
import type { Owners } from './directory.js';
import type { AckReport } from './events/ack-report.js';
import type { AckOptions } from './events/event-channel.js';
import type { HandlerCallback, HandlerCodecs } from './server/server.js';
import type { ValueCodec } from './values/value-codec.js';

/** A process that contracts can be bound to. */
export interface ContractHost extends HandlerRegistry {
  /** The id of a cluster, or `MANAGER_ID`. */
  readonly id: number;
  readonly directory: ClusterDirectory;
  readonly caller: CallSender;
  readonly channel: EventSender;
  readonly events: EventSource;
  /** Decodes the data of `event` with this codec from now on, whether or not the event has listeners yet. */
  useEventCodec(event: string, codec: ValueCodec): void;
}

/** The handlers of a process. */
export interface HandlerRegistry {
  /** @throws IPCError `HANDLER_EXISTS` when `name` has a handler already; TypeError when `callback` is no function. */
  handle(name: string, callback: HandlerCallback, codecs: HandlerCodecs): void;
  hasHandler(name: string): boolean;
  /** Returns whether there was a handler. */
  removeHandler(name: string): boolean;
}

/** Makes calls. No method throws: a call that cannot be made is a rejected promise. */
export interface CallSender {
  /** Calls one process: a cluster, or the manager. */
  call(target: number, spec: CallSpec, data: unknown, options?: number | CallOptions): Promise<unknown>;
  /** Calls any cluster that is available. */
  callAny(spec: CallSpec, data: unknown, options?: number | CallOptions): Promise<unknown>;
  /** Calls every cluster. */
  callAll(spec: CallSpec, data: unknown, options?: number | CallOptions): Promise<ResultCollection<unknown>>;
}

/** Sends events. No method throws: an event that cannot be sent is a rejected promise. */
export interface EventSender {
  broadcast(event: string, data: unknown, codec: ValueCodec): Promise<void>;
  emitTo(target: number, event: string, data: unknown, codec: ValueCodec): Promise<void>;
  broadcastAndWait(
    event: string,
    data: unknown,
    options: AckOptions & { readonly expected: number },
  ): Promise<ReadonlySet<number>>;
  broadcastAndCollect(event: string, data: unknown, options: AckOptions): Promise<AckReport>;
}

/** Receives events, as an `EventEmitter` does. */
export interface EventSource {
  on(event: string, listener: EventCallback): unknown;
  once(event: string, listener: EventCallback): unknown;
  off(event: string, listener: EventCallback): unknown;
}

/** Listens to one event. */
export type EventCallback = (data: unknown, sourceCluster: number) => unknown;

/** The clusters of the bot. */
export interface ClusterDirectory {
  readonly totalClusters: number;
  readonly owners: Owners;
}
