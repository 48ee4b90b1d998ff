/**
 * Raw peer: a process of the bot that sends whatever frames a test wants it to send.
 */
import type { Link, LinkEnd } from '../../src/link/link.js';
import { MemoryLink } from '../../src/link/memory-link.js';
import { linkLimits } from '../../src/limits.js';
import type { Limits } from '../../src/limits.js';
import type { PeerRef } from '../../src/router/peer.js';
import type { Router } from '../../src/router/router.js';
import { Kind } from '../../src/wire/frame.js';
import { PROTOCOL } from '../../src/wire/protocol.js';
import { headerOf } from './frames.js';
import type { FrameRecord, FrameSpec } from './frames.js';
import { recordingListener } from './recording-listener.js';
import { turn, turnUntil } from './turns.js';

export class RawPeer {
  readonly link: Link;
  readonly ends: readonly LinkEnd[];
  readonly #frames: readonly FrameRecord[];

  constructor(link: Link) {
    const listener = recordingListener();
    this.link = link;
    this.#frames = listener.frames;
    this.ends = listener.ends;
    link.listen(listener);
  }

  send(...frames: readonly FrameSpec[]): void {
    for (const frame of frames) this.link.send(headerOf(frame), frame.inlineName, frame.body);
  }

  hello(handlers: readonly string[] = [], events: readonly string[] = []): void {
    const { major, minor } = PROTOCOL;
    this.send({ kind: Kind.hello, body: JSON.stringify({ handlers, events, protocol: { major, minor } }) });
  }

  /** The frames of these kinds that have arrived so far. */
  got(...kinds: readonly Kind[]): FrameRecord[] {
    return this.#frames.filter(({ kind }) => kinds.includes(kind));
  }

  /** Waits until `count` frames of this kind have arrived. Returns the last of them. */
  async next(kind: Kind, count = 1): Promise<FrameRecord> {
    await turnUntil(() => this.got(kind).length >= count, `frame ${count} of kind ${kind}`);
    return this.got(kind)[count - 1] as FrameRecord;
  }

  /** The answers that have arrived, as `[kind, correlation, text]`. */
  answers(): [kind: Kind, correlation: number, text: string | undefined][] {
    const frames = this.got(Kind.result, Kind.error, Kind.rejected);
    return frames.map(({ kind, correlation, text }) => [kind, correlation, text]);
  }

  /** The rejections that have arrived: the cluster that was called, and the code. */
  rejections(): [clusterId: number, code: string][] {
    return this.got(Kind.rejected).map(({ peer, text }) => [
      peer,
      (JSON.parse(text ?? '{}') as { code: string }).code,
    ]);
  }
}

/** Attaches a process that has not sent its hello yet. */
export function attachRaw(router: Router, ref: PeerRef, generation: number, limits: Limits): RawPeer {
  const [inner, outer] = MemoryLink.pair(linkLimits(limits));
  router.attach(ref, generation, outer);
  return new RawPeer(inner);
}

/** Attaches a raw peer as the manager's own endpoint. */
export function attachRawManager(router: Router, limits: Limits): RawPeer {
  const [inner, outer] = MemoryLink.pair(linkLimits(limits));
  router.attachManager(outer);
  return new RawPeer(inner);
}

/** Waits enough turns for a frame to pass the router and for its consequences to arrive. */
export async function settled(): Promise<void> {
  for (let turns = 0; turns < 8; turns += 1) await turn();
}
