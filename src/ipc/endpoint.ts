/**
 * Endpoint: one process of the bot, as calls and events see it.
 *
 * Connects caller, server and event channel to the manager and dispatches the frames that arrive. Every cluster has one
 * and so does the manager; all reach the router over a link. It knows nothing about processes, Discord or contracts.
 */
import type { UntypedCodec } from '../wire/boot.js';
import type { Link, LinkEnd } from '../link/link.js';
import { MANAGER_ID } from '../wire/address.js';
import type { DirectoryUpdate } from '../wire/control/directory.js';
import { encodeControl } from '../wire/control/encode.js';
import { parseMessageToCluster } from '../wire/control/to-cluster.js';
import type { ManagerCommand, MessageToCluster } from '../wire/control/to-cluster.js';
import type { MessageToManager, Registration } from '../wire/control/to-manager.js';
import type { ArrivedFrame } from '../wire/arrived-frame.js';
import { ACK_WHEN_SETTLED, Kind } from '../wire/frame.js';
import { Caller } from './client/caller.js';
import { Directory } from './directory.js';
import type { Owners } from './directory.js';
import type { ContractHost } from './contract-host.js';
import { EventBusClient } from './events/event-bus-client.js';
import { EventChannel } from './events/event-channel.js';
import type { Limits } from '../limits.js';
import { IncomingRequest } from './server/incoming-request.js';
import { ServedCalls } from './server/served-calls.js';
import { Server } from './server/server.js';
import type { HandlerCallback, HandlerCodecs } from './server/server.js';
import { ManagerConnection } from './connection.js';
import type { NamedBody } from './connection.js';
import type { RpcStats } from './rpc-stats.js';
import { untypedCodecs } from './values/value-codec.js';
import type { CodecPair, ValueCodec } from './values/value-codec.js';
import type { IPCErrorCode } from '../errors.js';
import type { Protocol } from '../wire/protocol.js';

export interface EndpointOptions {
  readonly id: number;
  readonly totalClusters: number;
  readonly limits: Limits;
  readonly owners: Owners;
  /** How values of the untyped API are encoded. Defaults to JSON. */
  readonly untypedCodec?: UntypedCodec | undefined;
  /** The link to the router. `undefined`: there is no manager, this process is the only cluster. */
  readonly link: Link | undefined;
  /** What this process speaks. Only tests give another than the default. */
  readonly protocol?: Protocol | undefined;
}

/** Receives what is not for the endpoint itself. */
export interface EndpointListener {
  /** The manager wants something of this process. */
  onCommand?(command: ManagerCommand): void;
  /** The connection to the manager has ended. */
  onEnd?(how: LinkEnd): void;
}

const NAMELESS: NamedBody = { name: '', body: undefined, rowFingerprint: undefined };

export class Endpoint implements ContractHost {
  readonly id: number;
  readonly directory: Directory;
  /** The codecs of the untyped API. */
  readonly codecs: CodecPair;
  readonly caller: Caller;
  readonly channel: EventChannel;
  readonly events: EventBusClient;
  readonly #connection: ManagerConnection;
  readonly #server: Server;
  readonly #listener: EndpointListener;
  /** Calls of other processes that the handlers are working on, by the manager's correlation id. */
  readonly #servedCalls = new ServedCalls();
  #hasSentHello = false;
  #hasEnded = false;
  #ignoredFrames = 0;
  /** When the bytes arrived that are being read. The clock is read once for all requests among them. */
  #arrivedAt: number | undefined;

  constructor(options: EndpointOptions, listener: EndpointListener = {}) {
    const { id, limits, link } = options;
    this.id = id;
    this.#listener = listener;
    this.#connection = new ManagerConnection(link, limits, options.protocol);
    this.codecs = untypedCodecs(options.untypedCodec ?? 'json');
    this.#server = new Server(limits.maxPayloadBytes);
    this.directory = new Directory(options.totalClusters, options.owners);
    this.caller = new Caller({
      selfId: id,
      connection: this.#connection,
      server: this.#server,
      directory: this.directory,
    });
    this.channel = new EventChannel({
      selfId: id,
      connection: this.#connection,
      directory: this.directory,
      codec: this.codecs.data,
    });
    this.events = EventBusClient.create(this.channel, (event) => this.#register([], [event]));
    link?.listen({
      onBytes: () => (this.#arrivedAt = undefined),
      onFrame: (frame) => this.#onFrame(frame),
      onIgnored: () => (this.#ignoredFrames += 1),
      onEnd: (how) => this.#onEnd(how),
    });
  }

  /** Frames of a later minor version of the protocol that were ignored since the start. */
  get ignoredFrames(): number {
    return this.#ignoredFrames;
  }

  stats(): RpcStats {
    return {
      pendingCalls: this.caller.pendingCount,
      servedCalls: this.#servedCalls.size,
      waitingBroadcasts: this.channel.waiterCount,
      queuedBytes: this.#connection.link?.queuedBytes ?? 0,
    };
  }

  handle(name: string, callback: HandlerCallback, codecs: HandlerCodecs): void {
    this.#server.add(name, callback, codecs);
    this.#register([name], []);
  }

  /** Decodes the data of `event` with this codec from now on. The manager is sent the codec's fingerprint. */
  useEventCodec(event: string, codec: ValueCodec): void {
    if (this.channel.useCodec(event, codec) && this.events.listenerCount(event) > 0)
      this.#register([], [event]);
  }

  removeHandler(name: string): boolean {
    const removed = this.#server.remove(name);
    if (removed && this.#hasSentHello) this.send({ kind: 'unregister', handlers: [name], events: [] });
    return removed;
  }

  hasHandler(name: string): boolean {
    return this.#server.has(name);
  }

  /** Announces that this process is up, with all handlers and listeners registered so far. */
  sayHello(): void {
    if (this.#hasSentHello) return;
    this.#hasSentHello = true;
    const events = this.events.eventNames().filter((name) => typeof name === 'string');
    const { major, minor } = this.#connection.protocol;
    const registration = this.#registration(this.#server.names(), events);
    this.send({ kind: 'hello', ...registration, protocol: { major, minor } });
  }

  /** Sends a control message to the manager. */
  send(message: MessageToManager): void {
    const { kind, body } = encodeControl(message);
    if (!this.#connection.canSend(kind)) return;
    this.#connection.send(this.#connection.header(kind, MANAGER_ID, 0), undefined, body);
  }

  flushed(): Promise<void> {
    return this.#connection.flushed();
  }

  /** Ends all calls and waits, then closes the link. */
  close(code: IPCErrorCode = 'SHUTTING_DOWN'): void {
    this.caller.close(code);
    this.channel.close();
    this.#connection.link?.close();
  }

  #register(handlers: readonly string[], events: readonly string[]): void {
    if (this.#hasSentHello) this.send({ kind: 'register', ...this.#registration(handlers, events) });
  }

  #registration(handlers: readonly string[], events: readonly string[]): Registration {
    const known = [
      ...handlers.map((name) => [name, this.#server.fingerprintOf(name)] as const),
      ...events.map((name) => [name, this.channel.fingerprintOf(name)] as const),
    ].filter(([, fingerprint]) => fingerprint !== undefined);
    return { handlers, events, fingerprints: Object.fromEntries(known) as { [name: string]: string } };
  }

  #onEnd(how: LinkEnd): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.caller.close(how.by === 'garbage' ? 'PROTOCOL_ERROR' : 'SHUTTING_DOWN');
    this.channel.close();
    this.#servedCalls.cancelAll();
    this.#listener.onEnd?.(how);
  }

  #onFrame(frame: ArrivedFrame): void {
    const { kind, correlation, peer, name, remainingMs } = frame.header;
    switch (kind) {
      case Kind.request:
        return this.#serve(frame);
      case Kind.result:
      case Kind.error:
      case Kind.rejected:
        return this.caller.onAnswer(correlation, {
          kind,
          source: peer,
          body: frame.readBody(),
          isRow: name !== 0,
        });
      case Kind.resendKeyed:
        return this.caller.onResendKeyed(correlation, peer);
      case Kind.event:
        return this.#onEvent(frame);
      case Kind.ack:
        return this.channel.onAck(correlation, peer);
      case Kind.cancel:
        return this.#servedCalls.cancel(correlation);
      case Kind.queued:
      case Kind.dequeued:
        return this.caller.onQueued(correlation, peer, kind === Kind.queued);
      case Kind.serveLocally:
        return this.caller.onServeLocally(correlation, remainingMs);
      default:
        return this.#onControlFrame(kind, frame.bodyText());
    }
  }

  #onControlFrame(kind: Kind, text: string | undefined): void {
    let message: MessageToCluster;
    try {
      message = parseMessageToCluster(kind, text);
    } catch (error) {
      // As for bytes that are no frame: nothing that this manager sends can be relied on.
      this.#onEnd({ by: 'garbage', reason: error instanceof Error ? error.message : String(error) });
      this.#connection.link?.close();
      return;
    }
    this.#onControl(message);
  }

  #onControl(message: MessageToCluster): void {
    switch (message.kind) {
      case 'welcome':
        this.directory.onWelcome();
        return this.#updateDirectory(message);
      case 'names':
      case 'peer':
        return this.#updateDirectory(message);
      default:
        return this.#listener.onCommand?.(message);
    }
  }

  #updateDirectory({ names = [], peers = [], layouts = [], lowestMinor }: DirectoryUpdate): void {
    if (lowestMinor !== undefined) this.#connection.lowestMinor = lowestMinor;
    for (const entry of names) this.#connection.names.learn(entry);
    for (const layout of layouts) this.#connection.layouts.update(layout);
    for (const [clusterId, state] of peers) this.directory.setState(clusterId, state);
  }

  #serve(frame: ArrivedFrame): void {
    const named = this.#connection.readNamed(frame);
    this.#arrivedAt ??= Date.now();
    const request = new IncomingRequest(this.#connection, frame.header, named ?? NAMELESS, this.#arrivedAt);
    if (named === undefined) request.rejected('PROTOCOL_ERROR', 'the request names no handler');
    else this.#server.serve(request, this.#servedCalls, request);
  }

  #onEvent(frame: ArrivedFrame): void {
    const { correlation, generation, peer, flags } = frame.header;
    const named = this.#connection.readNamed(frame);
    const pending = named === undefined ? [] : this.channel.receive(named, peer);
    if (correlation === 0 || this.id === MANAGER_ID) return;
    const ack = (): void => this.#acknowledge(peer, correlation, generation);
    if ((flags & ACK_WHEN_SETTLED) === 0 || pending.length === 0) ack();
    else void Promise.all(pending).then(ack);
  }

  #acknowledge(peer: number, correlation: number, generation: number): void {
    const header = this.#connection.header(Kind.ack, peer, correlation);
    header.generation = generation;
    this.#connection.send(header, undefined, undefined);
  }
}
