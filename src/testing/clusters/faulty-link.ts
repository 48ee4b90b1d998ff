/**
 * Faulty link: a link on which frames can be lost, late, doubled or out of order.
 *
 * Stands on the manager's side of a test cluster and disturbs what leaves for it, by who it comes from. So
 * "from 0 to 1" is what the manager forwards from cluster 0 to cluster 1: requests and events one way, answers
 * and acknowledgements the other.
 */
import type { Link, LinkListener } from '../../link/link.js';
import type { ArrivedFrame } from '../../wire/arrived-frame.js';
import { Kind } from '../../wire/frame.js';
import type { FrameHeader } from '../../wire/frame.js';
import type { Body } from '../../wire/body.js';

/** What happens to a frame that a disturbance catches. */
export type Fault =
  | { readonly fault: 'drop' }
  | { readonly fault: 'duplicate' }
  /** Held back for so many milliseconds; later frames overtake it. */
  | { readonly fault: 'delay'; readonly ms: number }
  /** Held back until the next frame that is caught, and sent after it. */
  | { readonly fault: 'reorder' };

/** Which frames a disturbance catches. */
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

  /** @param faults - Those at work, also on the link that comes after this one. */
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

  /** Ends a disturbance; a frame it still holds is sent. */
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
    this.#pass(copy, () => this.#link.send(copy, name, body));
  }

  forward(header: Readonly<FrameHeader>, frame: ArrivedFrame): void {
    const fault = this.#faultFor(header);
    if (fault === undefined) {
      this.#link.forward(header, frame);
      return;
    }
    // The frame may leave later than the bytes it came in live.
    const copy = { ...header };
    const kept = frame.copy();
    this.#pass(copy, () => this.#link.forward(copy, kept));
  }

  flushed(): Promise<void> {
    return this.#link.flushed();
  }

  close(): void {
    this.#link.close();
  }

  #pass(header: FrameHeader, send: () => void): void {
    const active = this.#faultFor(header);
    if (active === undefined) {
      send();
      return;
    }
    active.hits += 1;
    disturb(active, send);
  }

  #faultFor({ kind, peer }: FrameHeader): ActiveFault | undefined {
    const frames = classOf(kind);
    if (frames === undefined) return undefined;
    for (const fault of this.#faults) if (fault.from === peer && fault.frames.has(frames)) return fault;
    return undefined;
  }
}

function disturb(active: ActiveFault, send: () => void): void {
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

/** Frames that keep the bot together (hello, names, states) are never disturbed. */
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
