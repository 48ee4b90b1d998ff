/**
 * Older link: the link to a process of an older minor version than the manager's.
 *
 * Drops frames that the process would not know. Senders ask for the lowest minor version first, so this is for the
 * frames that were on their way when an older process came up. A link to any other process does without this, and
 * without a look at each frame.
 */
import type { ArrivedFrame } from '../wire/arrived-frame.js';
import type { Body } from '../wire/body.js';
import type { FrameHeader } from '../wire/frame.js';
import type { Protocol } from '../wire/protocol.js';
import type { Link, LinkListener } from '../link/link.js';

export class OlderLink implements Link {
  readonly #link: Link;
  readonly #minor: number;
  readonly #protocol: Protocol;

  /** @param minor - What the process knows. */
  constructor(link: Link, minor: number, protocol: Protocol) {
    this.#link = link;
    this.#minor = minor;
    this.#protocol = protocol;
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

  /** Whether this stands in front of that link. */
  wraps(link: Link): boolean {
    return this.#link === link;
  }

  listen(listener: LinkListener): void {
    this.#link.listen(listener);
  }

  send(header: Readonly<FrameHeader>, name: string | undefined, body: Body): void {
    if (this.#isKnown(header)) this.#link.send(header, name, body);
  }

  forward(header: Readonly<FrameHeader>, frame: ArrivedFrame): void {
    if (this.#isKnown(header)) this.#link.forward(header, frame);
  }

  flushed(): Promise<void> {
    return this.#link.flushed();
  }

  close(): void {
    this.#link.close();
  }

  #isKnown({ kind, flags }: Readonly<FrameHeader>): boolean {
    return this.#protocol.minorOf(kind, flags) <= this.#minor;
  }
}
