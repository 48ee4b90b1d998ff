/**
 * Uplink: this process' way to the manager, or the fact that there is none.
 *
 * Puts together what every outgoing frame needs: the link, the numbers of names, the codec of the body. A
 * process started by hand has no link; it is one cluster of one, and what would go to others goes nowhere.
 */
import { NegotiatedLayouts } from './negotiated-layouts.js';
import type { Link } from '../link/link.js';
import { emptyHeader } from '../wire/frame.js';
import type { FrameHeader, Kind } from '../wire/frame.js';
import { bodyStart, inlineName, readBody } from '../wire/body.js';
import type { ReadableBody } from '../wire/body.js';
import { codecOf, MAX_NAME_BYTES } from '../wire/frame-writer.js';
import type { Body } from '../wire/frame-writer.js';
import { NameTable } from '../wire/name-table.js';
import { RowBody } from '../wire/rows/row-body.js';
import type { IPCErrorCode } from '../errors.js';
import type { Limits } from '../limits.js';

/** A frame's name and body, read. */
export interface NamedBody {
  readonly name: string;
  readonly body: ReadableBody;
  /** The fingerprint by which the body is laid out; `undefined`: it spells its members out. */
  readonly layout: string | undefined;
}

export class ManagerConnection {
  readonly names = new NameTable();
  readonly agreements = new NegotiatedLayouts();
  readonly link: Link | undefined;
  readonly limits: Limits;
  readonly #header: FrameHeader = emptyHeader(0 as Kind);

  constructor(link: Link | undefined, limits: Limits) {
    this.link = link;
    this.limits = limits;
  }

  /** A header to fill in and send at once; there is only one. */
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

  send(header: FrameHeader, name: string | undefined, body: Body): void {
    header.flags |= codecOf(body);
    const id = name === undefined ? 0 : this.names.idOf(name);
    header.name = id ?? 0;
    this.link?.send(header, id === undefined ? name : undefined, body);
  }

  /** Sends a body in the layout of this number; 0: it spells its members out, under its name. */
  sendIn(layout: number, header: FrameHeader, name: string, body: Body): void {
    if (layout === 0) this.send(header, name, body);
    else this.sendLaidOut(header, layout, body);
  }

  /** Sends a body that is laid out by position, under the number of its name and layout. */
  sendLaidOut(header: FrameHeader, layout: number, body: Body): void {
    header.flags |= codecOf(body);
    header.name = layout;
    this.link?.send(header, undefined, body);
  }

  /** Resolves when what was sent so far has been handed to the operating system. */
  flushed(): Promise<void> {
    return this.link?.flushed() ?? Promise.resolve();
  }

  /** Why this name and body must not be sent now; `undefined` when they may. */
  refuses(name: string, body: Body): IPCErrorCode | undefined {
    if (isTooLarge(body, this.limits.maxPayloadBytes) || isTooLarge(name, MAX_NAME_BYTES))
      return 'PAYLOAD_TOO_LARGE';
    return this.link?.full === true ? 'OVERLOADED' : undefined;
  }

  /** Reads name and body of a frame. `undefined`: it names nothing that was ever agreed on. */
  readNamed(header: FrameHeader, bytes: Buffer, start: number, end: number): NamedBody | undefined {
    const from = bodyStart(header, bytes, start, end);
    if (from === undefined) return undefined;
    const name = from === start ? this.names.nameOf(header.name) : inlineName(bytes, start);
    if (name === undefined) return undefined;
    const layout = from === start ? this.names.layoutOf(header.name) : undefined;
    return { name, layout, body: readBody(header, bytes, from, end) };
  }
}

/**
 * A name that is no text would leave as no name at all, and the manager ends a link on which nameless calls come.
 *
 * @throws TypeError for such a name.
 */
export function checkName(name: unknown): void {
  if (typeof name !== 'string')
    throw new TypeError(`A handler or event is named by a string, got ${typeof name}`);
}

/** Counts bytes only where the number of characters does not settle it. */
export function isTooLarge(body: Body, maxBytes: number): boolean {
  if (body instanceof RowBody) return body.room > maxBytes && body.byteLength() > maxBytes;
  if (body === undefined || body.length * 3 <= maxBytes) return false;
  return body.length > maxBytes || (typeof body === 'string' && Buffer.byteLength(body) > maxBytes);
}
