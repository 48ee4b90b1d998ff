/**
 * Endpoint: one process of the bot, as the core sees it.
 *
 * Joins caller, server and event channel to one uplink and sorts what comes in. A cluster has one, the manager
 * has one; both reach the router over a link. It knows nothing of processes, of Discord or of contracts.
 */
import type { UntypedCodec } from '../wire/boot.js';
import type { Link, LinkEnd } from '../link/link.js';
import { MANAGER_ID } from '../wire/address.js';
import type { Registration, Welcome } from '../wire/control.js';
import { bodyText, readBody } from '../wire/body.js';
import { ACK_WHEN_SETTLED, Kind } from '../wire/frame.js';
import type { FrameHeader } from '../wire/frame.js';
import { Caller } from './client/caller.js';
import { Directory } from './directory.js';
import type { Owners } from './directory.js';
import { EventBusClient } from './events/event-bus-client.js';
import { EventChannel } from './events/event-channel.js';
import type { ServedCall } from './server/handler-context.js';
import type { Limits } from '../limits.js';
import { IncomingRequest } from './server/incoming-request.js';
import { Server } from './server/server.js';
import type { HandlerCallback, HandlerCodecs } from './server/server.js';
import { ManagerConnection } from './connection.js';
import type { NamedBody } from './connection.js';
import { readValue, untypedCodecs } from './values/value-codec.js';
import type { CodecPair, ValueCodec } from './values/value-codec.js';
import type { IPCErrorCode } from '../errors.js';

export interface EndpointOptions {
  readonly id: number;
  readonly totalClusters: number;
  readonly limits: Limits;
  readonly owners: Owners;
  /** How values of the untyped API travel. Defaults to JSON. */
  readonly untypedCodec?: UntypedCodec | undefined;
  /** `undefined`: there is no manager, this is one cluster of one. */
  readonly link: Link | undefined;
}

/** What the room above wants to hear of. */
export interface EndpointListener {
  /** The manager asks this process to finish. */
  shutdown?(): void;
  /** A shard may identify. */
  identifyGrant?(text: string | undefined): void;
  /** The manager asks whether the event loop turns. */
  ping?(): void;
  /** A step of a handover. */
  handover?(text: string | undefined): void;
  /** This process is the one to do some work, or is not any more. */
  jobOrder?(text: string | undefined): void;
  /** There is no way to the manager any more. */
  end?(how: LinkEnd): void;
}

/** What a process has open at this moment; all of it is 0 in one that rests. */
export interface RpcStats {
  /** Calls it waits for. */
  readonly pendingCalls: number;
  /** Calls of other processes that its handlers work on. */
  readonly servedCalls: number;
  /** Broadcasts that wait for acknowledgements. */
  readonly waitingBroadcasts: number;
  /** Bytes on its link that the other side has not read yet. */
  readonly queuedBytes: number;
}

const NAMELESS: NamedBody = { name: '', body: undefined, layout: undefined };

export class Endpoint {
  readonly id: number;
  readonly directory: Directory;
  /** How values of the untyped API travel. */
  readonly codecs: CodecPair;
  readonly caller: Caller;
  readonly channel: EventChannel;
  readonly events: EventBusClient;
  readonly #uplink: ManagerConnection;
  readonly #server: Server;
  readonly #listener: EndpointListener;
  /** Calls of other processes that the handlers work on, by the manager's number. */
  readonly #served = new Map<number, ServedCall>();
  #helloSent = false;
  /** When the bytes came that are read now; asked for once, however many calls are among them. */
  #arrivedAt: number | undefined;

  constructor(options: EndpointOptions, listener: EndpointListener = {}) {
    const { id, limits, link } = options;
    this.id = id;
    this.#listener = listener;
    this.#uplink = new ManagerConnection(link, limits);
    this.codecs = untypedCodecs(options.untypedCodec ?? 'json');
    this.#server = new Server(limits.maxPayloadBytes);
    this.directory = new Directory(options.totalClusters, options.owners);
    this.caller = new Caller({
      selfId: id,
      uplink: this.#uplink,
      server: this.#server,
      directory: this.directory,
    });
    this.channel = new EventChannel({
      selfId: id,
      uplink: this.#uplink,
      directory: this.directory,
      codec: this.codecs.data,
    });
    this.events = new EventBusClient(this.channel, (event) => this.#register([], [event]));
    link?.listen({
      arrived: () => (this.#arrivedAt = undefined),
      frame: (header, bytes, start, end) => this.#frame(header, bytes, start, end),
      end: (how) => this.#end(how),
    });
  }

  stats(): RpcStats {
    return {
      pendingCalls: this.caller.pendingCount,
      servedCalls: this.#served.size,
      waitingBroadcasts: this.channel.waiterCount,
      queuedBytes: this.#uplink.link?.queuedBytes ?? 0,
    };
  }

  handle(name: string, callback: HandlerCallback, codecs: HandlerCodecs): void {
    this.#server.add(name, callback, codecs);
    this.#register([name], []);
  }

  /** From now on the data of `event` is read with this codec; a listener that is there already learns it, too. */
  readEventWith(event: string, codec: ValueCodec): void {
    if (this.channel.readWith(event, codec) && this.events.listenerCount(event) > 0)
      this.#register([], [event]);
  }

  removeHandler(name: string): boolean {
    const removed = this.#server.remove(name);
    if (removed && this.#helloSent)
      this.control(Kind.unregister, { handlers: [name], events: [] } satisfies Registration);
    return removed;
  }

  hasHandler(name: string): boolean {
    return this.#server.has(name);
  }

  /** Says that this process is up, with all it has registered so far. */
  sayHello(): void {
    if (this.#helloSent) return;
    this.#helloSent = true;
    const events = this.events.eventNames().filter((name) => typeof name === 'string');
    this.control(Kind.hello, this.#registration(this.#server.names(), events));
  }

  /** Sends a frame that is neither call nor event. */
  control(kind: Kind, body?: object): void {
    const text = body === undefined ? undefined : JSON.stringify(body);
    this.#uplink.send(this.#uplink.header(kind, MANAGER_ID, 0), undefined, text);
  }

  flushed(): Promise<void> {
    return this.#uplink.flushed();
  }

  /** Ends all that waits, then the link. */
  close(code: IPCErrorCode = 'SHUTTING_DOWN'): void {
    this.caller.close(code);
    this.channel.close();
    this.#uplink.link?.close();
  }

  #register(handlers: readonly string[], events: readonly string[]): void {
    if (this.#helloSent) this.control(Kind.register, this.#registration(handlers, events));
  }

  #registration(handlers: readonly string[], events: readonly string[]): Registration {
    const known = [
      ...handlers.map((name) => [name, this.#server.fingerprintOf(name)] as const),
      ...events.map((name) => [name, this.channel.fingerprintOf(name)] as const),
    ].filter(([, fingerprint]) => fingerprint !== undefined);
    return { handlers, events, fingerprints: Object.fromEntries(known) as { [name: string]: string } };
  }

  #end(how: LinkEnd): void {
    this.caller.close(how.by === 'garbage' ? 'PROTOCOL_ERROR' : 'SHUTTING_DOWN');
    this.channel.close();
    for (const served of this.#served.values()) served.cancel();
    this.#served.clear();
    this.#listener.end?.(how);
  }

  #frame(header: FrameHeader, bytes: Buffer, start: number, end: number): void {
    const { kind, correlation, peer } = header;
    switch (kind) {
      case Kind.request:
        return this.#serve(header, bytes, start, end);
      case Kind.result:
      case Kind.error:
      case Kind.rejected:
        return this.caller.takeAnswer(correlation, {
          kind,
          source: peer,
          body: readBody(header, bytes, start, end),
          laidOut: header.name !== 0,
        });
      case Kind.resendKeyed:
        return this.caller.takeAskAgain(correlation, peer);
      case Kind.event:
        return this.#receive(header, bytes, start, end);
      case Kind.ack:
        return this.channel.takeAck(correlation, peer);
      case Kind.cancel:
        return this.#cancel(correlation);
      case Kind.queued:
      case Kind.dequeued:
        return this.caller.takeHeld(correlation, peer, kind === Kind.queued);
      case Kind.serveLocally:
        return this.caller.takeYours(correlation, header.remainingMs);
      case Kind.welcome:
        this.directory.noteWelcome();
        return this.#learn(bodyText(header, bytes, start, end));
      case Kind.names:
      case Kind.peer:
        return this.#learn(bodyText(header, bytes, start, end));
      case Kind.shutdown:
        return this.#listener.shutdown?.();
      case Kind.identifyGrant:
        return this.#listener.identifyGrant?.(bodyText(header, bytes, start, end));
      case Kind.handover:
        return this.#listener.handover?.(bodyText(header, bytes, start, end));
      case Kind.ping:
        return this.#listener.ping?.();
      case Kind.jobOrder:
        return this.#listener.jobOrder?.(bodyText(header, bytes, start, end));
      case Kind.hello:
      case Kind.register:
      case Kind.unregister:
      case Kind.ready:
      case Kind.identify:
      case Kind.identifyCancel:
      case Kind.crashReport:
      case Kind.loginRejected:
      case Kind.pong:
      case Kind.replaceMe:
      case Kind.identified:
      case Kind.handoverDone:
      case Kind.job:
        return; // What clusters say to a manager; nobody says it to us.
    }
  }

  /** `welcome`, `names` and `member` differ only in what they leave out. */
  #learn(text: string | undefined): void {
    const { names = [], peers = [], agreements = [] } = readValue(text, 'control') as Partial<Welcome>;
    for (const entry of names) this.#uplink.names.learn(entry);
    for (const agreement of agreements) this.#uplink.agreements.learn(agreement);
    for (const [clusterId, state] of peers) this.directory.set(clusterId, state);
  }

  #serve(header: FrameHeader, bytes: Buffer, start: number, end: number): void {
    const named = this.#uplink.readNamed(header, bytes, start, end);
    this.#arrivedAt ??= Date.now();
    const request = new IncomingRequest(this.#uplink, header, named ?? NAMELESS, this.#arrivedAt);
    if (named === undefined) request.refused('PROTOCOL_ERROR', 'the request names no handler');
    else this.#server.serve(request, this.#served, request);
  }

  #cancel(correlation: number): void {
    const served = this.#served.get(correlation);
    this.#served.delete(correlation);
    served?.cancel();
  }

  #receive(header: FrameHeader, bytes: Buffer, start: number, end: number): void {
    const { correlation, generation, peer, flags } = header;
    const named = this.#uplink.readNamed(header, bytes, start, end);
    const pending = named === undefined ? [] : this.channel.receive(named, peer);
    if (correlation === 0 || this.id === MANAGER_ID) return;
    const ack = (): void => this.#acknowledge(peer, correlation, generation);
    if ((flags & ACK_WHEN_SETTLED) === 0 || pending.length === 0) ack();
    else void Promise.all(pending).then(ack);
  }

  #acknowledge(peer: number, correlation: number, generation: number): void {
    const header = this.#uplink.header(Kind.ack, peer, correlation);
    header.generation = generation;
    this.#uplink.send(header, undefined, undefined);
  }
}
