/**
 * Manager connection: the link to the manager, and what frames over it are written and read with.
 *
 * Combines what every outgoing frame needs: the link, the ids of names, the negotiated layouts, the limits. A process
 * that was started by hand has no link: it is the only cluster, and what it sends to others goes nowhere.
 */
import { NegotiatedLayouts } from './negotiated-layouts.js';
import type { Link } from '../link/link.js';
import { emptyHeader } from '../wire/frame.js';
import type { FrameHeader, Kind } from '../wire/frame.js';
import type { ArrivedFrame } from '../wire/arrived-frame.js';
import { codecOf, isTooLarge } from '../wire/body.js';
import type { Body, ReadableBody } from '../wire/body.js';
import { MAX_NAME_BYTES } from '../wire/frame-writer.js';
import { NameTable } from '../wire/name-table.js';
import type { IPCErrorCode } from '../errors.js';
import type { Limits } from '../limits.js';
import { PROTOCOL } from '../wire/protocol.js';
import type { Protocol } from '../wire/protocol.js';

/** The name and the body of a frame. */
export interface NamedBody {
  readonly name: string;
  readonly body: ReadableBody;
  /** The contract by which the body is a row; `undefined`: the body is keyed JSON. */
  readonly rowFingerprint: string | undefined;
}

export class ManagerConnection {
  readonly names = new NameTable();
  readonly layouts = new NegotiatedLayouts();
  readonly link: Link | undefined;
  readonly limits: Limits;
  readonly protocol: Protocol;
  /** The oldest minor version of the protocol among all processes, as far as the manager has said. */
  lowestMinor = 0;
  readonly #header: FrameHeader = emptyHeader(0 as Kind);

  constructor(link: Link | undefined, limits: Limits, protocol: Protocol = PROTOCOL) {
    this.link = link;
    this.limits = limits;
    this.protocol = protocol;
  }

  /** Whether every process of the bot knows such frames. To be asked for whatever a later minor version brought. */
  canSend(kind: Kind, flags = 0): boolean {
    return this.protocol.minorOf(kind, flags) <= this.lowestMinor;
  }

  /** Returns a header to fill in and to send at once: all frames of this connection share one object. */
  header(kind: Kind, peer: number, correlation: number): FrameHeader {
    const header = this.#header;
    header.kind = kind;
    header.peer = peer;
    header.correlation = correlation;
    header.flags = 0;
    header.name = 0;
    header.remainingMs = 0;
    header.generation = 0;
    return header;
  }

  /** Sends a frame, under the id of its name or, until the name has an id, under the name itself. */
  send(header: FrameHeader, name: string | undefined, body: Body): void {
    header.flags |= codecOf(body);
    const id = name === undefined ? 0 : this.names.idOf(name);
    header.name = id ?? 0;
    this.link?.send(header, id === undefined ? name : undefined, body);
  }

  /** Sends a payload: a row under `rowId`, or, if that is 0, a keyed body under its name. */
  sendPayload(rowId: number, header: FrameHeader, name: string, body: Body): void {
    if (rowId === 0) this.send(header, name, body);
    else this.sendRow(header, rowId, body);
  }

  /** Sends a row under the id of its name and contract. */
  sendRow(header: FrameHeader, rowId: number, body: Body): void {
    header.flags |= codecOf(body);
    header.name = rowId;
    this.link?.send(header, undefined, body);
  }

  /** Resolves when all frames sent so far have been handed to the operating system. */
  flushed(): Promise<void> {
    return this.link?.flushed() ?? Promise.resolve();
  }

  /** Returns why this name and body must not be sent now; `undefined` when they may. */
  sendProblem(name: string, body: Body): IPCErrorCode | undefined {
    if (isTooLarge(body, this.limits.maxPayloadBytes) || isTooLarge(name, MAX_NAME_BYTES))
      return 'PAYLOAD_TOO_LARGE';
    return this.link?.full === true ? 'OVERLOADED' : undefined;
  }

  /** Reads name and body of a frame. `undefined`: the frame has no name, or an id that is unknown here. */
  readNamed(frame: ArrivedFrame): NamedBody | undefined {
    const { bodyStart } = frame;
    const name = frame.nameIn(this.names, bodyStart);
    if (name === undefined) return undefined;
    const rowFingerprint =
      bodyStart === frame.start ? this.names.fingerprintOf(frame.header.name) : undefined;
    return { name, rowFingerprint, body: frame.readBody(bodyStart) };
  }
}

/**
 * Checks the name of a handler or event. One that is no string would be sent as no name at all, and the manager ends a
 * link on which a call without a name arrives.
 *
 * @throws TypeError when the name is no string.
 */
export function checkName(name: unknown): void {
  if (typeof name !== 'string')
    throw new TypeError(`The name of a handler or event must be a string, got ${typeof name}`);
}
