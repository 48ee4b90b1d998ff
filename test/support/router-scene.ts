/**
 * Router scenes: a router, and processes that a test lets speak frame by frame.
 */
import { vi } from 'vitest';
import { resolveLimits } from '../../src/limits.js';
import type { Limits } from '../../src/limits.js';
import type { Link, LinkListener } from '../../src/link/link.js';
import type { Router, RouterListener } from '../../src/router/router.js';
import { emptyHeader, INLINE_NAME, Kind } from '../../src/wire/frame.js';
import type { FrameSpec } from './frames.js';
import { attachRaw, settled } from './raw-peer.js';
import type { RawPeer } from './raw-peer.js';

/** Small, so that tests reach them. */
export const limits: Limits = resolveLimits({ maxInFlight: 3, maxWaitingCalls: 2, maxQueuedBytes: 10_000 });

type Listener = Required<RouterListener>;
export type ListenerMock = { readonly [K in keyof Listener]: ReturnType<typeof vi.fn<Listener[K]>> };

export function listenerMock(): ListenerMock {
  return {
    state: vi.fn<Listener['state']>(),
    hello: vi.fn<Listener['hello']>(),
    ready: vi.fn<Listener['ready']>(),
    identify: vi.fn<Listener['identify']>(),
    identifyCancel: vi.fn<Listener['identifyCancel']>(),
    identified: vi.fn<Listener['identified']>(),
    said: vi.fn<Listener['said']>(),
    work: vi.fn<Listener['work']>(),
    contractSkew: vi.fn<Listener['contractSkew']>(),
    linkEnd: vi.fn<Listener['linkEnd']>(),
    eventDropped: vi.fn<Listener['eventDropped']>(),
  };
}

/** Starts `count` processes, each ready and with a handler called `work`. */
export async function ready(router: Router, count: number): Promise<RawPeer[]> {
  router.resize(count);
  const peers = Array.from({ length: count }, (_, id) => attachRaw(router, id, 1, limits));
  for (const peer of peers) becomeReady(peer);
  await settled();
  return peers;
}

export function becomeReady(peer: RawPeer, handlers: readonly string[] = ['work']): void {
  peer.hello(handlers);
  peer.send({ kind: Kind.ready });
}

/** The process of a cluster is gone, as its supervisor finds out. */
export async function die(
  router: Router,
  peer: RawPeer | undefined,
  id: number,
  next: 'starting' | 'stopped' = 'starting',
): Promise<void> {
  peer?.link.close();
  await settled();
  router.detach(id, next);
  await settled();
}

export function request(peer: number, correlation: number, rest: Partial<FrameSpec> = {}): FrameSpec {
  return {
    kind: Kind.request,
    peer,
    correlation,
    inlineName: 'work',
    body: `${correlation}`,
    remainingMs: 1000,
    ...rest,
  };
}

export function value(
  correlation: number,
  body = `"answer ${correlation}"`,
  rest: Partial<FrameSpec> = {},
): FrameSpec {
  return { kind: Kind.result, correlation, body, ...rest };
}

/** A link by hand: says frames at once, keeps what is sent, and is full when it is told to be. */
export function stubLink() {
  const sent: (FrameSpec & { readonly correlation: number })[] = [];
  let heard: LinkListener | undefined;
  const stub = {
    full: false,
    sent: (kind: Kind) => sent.filter((frame) => frame.kind === kind),
    say(spec: FrameSpec): void {
      const name = spec.inlineName === undefined ? Buffer.alloc(0) : nameBytes(spec.inlineName);
      const bytes = Buffer.concat([name, Buffer.from(typeof spec.body === 'string' ? spec.body : '')]);
      const { inlineName, body, ...header } = spec;
      const flags = (body === undefined ? 0 : 1) | (inlineName === undefined ? 0 : INLINE_NAME);
      heard?.frame({ ...emptyHeader(spec.kind), ...header, flags }, bytes, 0, bytes.length);
    },
    link: {
      listen: (listening) => void (heard = listening),
      send: (header, _name, body) => void sent.push({ ...header, body }),
      forward: (header, bytes, start, end) =>
        void sent.push({ ...header, body: Buffer.from(bytes.subarray(start, end)) }),
      flushed: () => Promise.resolve(),
      close: () => {},
      get full(): boolean {
        return stub.full;
      },
      queuedBytes: 0,
      ended: false,
    } satisfies Link,
  };
  return stub;
}

function nameBytes(name: string): Buffer {
  const bytes = Buffer.concat([Buffer.alloc(2), Buffer.from(name)]);
  bytes.writeUInt16LE(bytes.length - 2);
  return bytes;
}
