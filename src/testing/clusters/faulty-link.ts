/**
 * Faulty link: a link that drops, delays, duplicates or reorders frames on demand.
 *
 * It is the manager's end of the link to a test cluster, and applies faults to outgoing frames by their source. So "from 0
 * to 1" are the frames that the manager forwards from cluster 0 to cluster 1: requests, events, answers and
 * acknowledgements.
 */
import type { Link, LinkListener } from '../../link/link.js';
import type { ArrivedFrame } from '../../wire/arrived-frame.js';
import { Kind } from '../../wire/frame.js';
import type { FrameHeader } from '../../wire/frame.js';
import type { Body } from '../../wire/body.js';

/** What happens to an affected frame. */
export type Fault =
  | { readonly fault: 'drop' }
  | { readonly fault: 'duplicate' }
  /** Held back for `ms` milliseconds; later frames overtake it. */
  | { readonly fault: 'delay'; readonly ms: number }
  /** Held back until the next affected frame, and sent after it. */
  | { readonly fault: 'reorder' };

/** Kinds of frames that a fault can affect. */
export type FrameClass = 'request' | 'answer' | 'event' | 'ack' | 'cancel';

export interface ActiveFault {
  readonly from: number;
  readonly frames: ReadonlySet<FrameClass>;
  readonly fault: Fault;
  hits: number;
  /** A frame held back by `reorder`. */
  held: (() => void) | undefined;
}

export class FaultyLink implements Link {
  readonly #link: Link;
  readonly #faults: Set<ActiveFault>;

  /** @param faults - The active faults, shared with the next link of the same cluster. */
  constructor(link: Link, faults: Set<ActiveFault>) {
    this.#link = link;
    this.#faults = faults;
  }

  get full(): boolean {
    return this.#link.full;
  }

  get queuedBytes(): number {
    return this.#link.queuedBytes;
  }

  get ended(): boolean {
    return this.#link.ended;
  }

  add(fault: ActiveFault): void {
    this.#faults.add(fault);
  }

  /** Removes a fault. A frame that it still holds is sent. */
  remove(fault: ActiveFault): void {
    this.#faults.delete(fault);
    fault.held?.();
    fault.held = undefined;
  }

  listen(listener: LinkListener): void {
    this.#link.listen(listener);
  }

  send(header: FrameHeader, name: string | undefined, body: Body): void {
    const copy = { ...header };
    this.#sendWithFault(copy, () => this.#link.send(copy, name, body));
  }

  forward(header: Readonly<FrameHeader>, frame: ArrivedFrame): void {
    const fault = this.#faultFor(header);
    if (fault === undefined) {
      this.#link.forward(header, frame);
      return;
    }
    // The frame may be sent after the buffer it arrived in is reused.
    const copy = { ...header };
    const kept = frame.copy();
    this.#sendWithFault(copy, () => this.#link.forward(copy, kept));
  }

  flushed(): Promise<void> {
    return this.#link.flushed();
  }

  close(): void {
    this.#link.close();
  }

  #sendWithFault(header: FrameHeader, send: () => void): void {
    const active = this.#faultFor(header);
    if (active === undefined) {
      send();
      return;
    }
    active.hits += 1;
    applyFault(active, send);
  }

  #faultFor({ kind, peer }: FrameHeader): ActiveFault | undefined {
    const frames = classOf(kind);
    if (frames === undefined) return undefined;
    for (const fault of this.#faults) if (fault.from === peer && fault.frames.has(frames)) return fault;
    return undefined;
  }
}

function applyFault(active: ActiveFault, send: () => void): void {
  const { fault } = active;
  switch (fault.fault) {
    case 'drop':
      return;
    case 'duplicate':
      send();
      return send();
    case 'delay':
      setTimeout(send, fault.ms);
      return;
    case 'reorder': {
      const { held } = active;
      active.held = held === undefined ? send : undefined;
      if (held !== undefined) {
        send();
        held();
      }
    }
  }
}

/** Frames that keep the bot together (hello, names, states) are never affected. */
function classOf(kind: Kind): FrameClass | undefined {
  switch (kind) {
    case Kind.request:
      return 'request';
    case Kind.result:
    case Kind.error:
    case Kind.rejected:
      return 'answer';
    case Kind.event:
      return 'event';
    case Kind.ack:
      return 'ack';
    case Kind.cancel:
      return 'cancel';
    default:
      return undefined;
  }
}
