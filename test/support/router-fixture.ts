/**
 * Router fixture: a router with processes whose frames a test sends one by one.
 */
import { vi } from 'vitest';
import { resolveLimits } from '../../src/limits.js';
import type { Limits } from '../../src/limits.js';
import type { Link, LinkListener } from '../../src/link/link.js';
import type { RouterListener } from '../../src/router/router-listener.js';
import type { Router } from '../../src/router/router.js';
import { ArrivedFrame } from '../../src/wire/arrived-frame.js';
import { emptyHeader, INLINE_NAME, Kind } from '../../src/wire/frame.js';
import type { FrameSpec } from './frames.js';
import { attachRaw, settled } from './raw-peer.js';
import type { RawPeer } from './raw-peer.js';

/** Small limits, so that tests reach them. */
export const limits: Limits = resolveLimits({ maxInFlight: 3, maxWaitingCalls: 2, maxQueuedBytes: 10_000 });

type Listener = Required<RouterListener>;
export type ListenerMock = { readonly [K in keyof Listener]: ReturnType<typeof vi.fn<Listener[K]>> };

export function listenerMock(): ListenerMock {
  return {
    onState: vi.fn<Listener['onState']>(),
    onHello: vi.fn<Listener['onHello']>(),
    onReady: vi.fn<Listener['onReady']>(),
    onControl: vi.fn<Listener['onControl']>(),
    onRoutingChange: vi.fn<Listener['onRoutingChange']>(),
    onGone: vi.fn<Listener['onGone']>(),
    onContractSkew: vi.fn<Listener['onContractSkew']>(),
    onProtocolMismatch: vi.fn<Listener['onProtocolMismatch']>(),
    onLinkEnd: vi.fn<Listener['onLinkEnd']>(),
    onEventDropped: vi.fn<Listener['onEventDropped']>(),
  };
}

/** Starts `count` processes, each ready and with a handler called `work`. */
export async function startReady(router: Router, count: number): Promise<RawPeer[]> {
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

/** Ends the process of a cluster, and reports that to the router as a supervisor does. */
export async function killPeer(
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

export function result(
  correlation: number,
  body = `"answer ${correlation}"`,
  rest: Partial<FrameSpec> = {},
): FrameSpec {
  return { kind: Kind.result, correlation, body, ...rest };
}

/** A link that delivers frames at once, records what is sent, and is full when a test says so. */
export function stubLink() {
  const sent: (FrameSpec & { readonly correlation: number })[] = [];
  let listener: LinkListener | undefined;
  const stub = {
    full: false,
    sent: (kind: Kind) => sent.filter((frame) => frame.kind === kind),
    deliver(spec: FrameSpec): void {
      const name = spec.inlineName === undefined ? Buffer.alloc(0) : nameBytes(spec.inlineName);
      const bytes = Buffer.concat([name, Buffer.from(typeof spec.body === 'string' ? spec.body : '')]);
      const { inlineName, body, ...header } = spec;
      const flags = (body === undefined ? 0 : 1) | (inlineName === undefined ? 0 : INLINE_NAME);
      listener?.onFrame(new ArrivedFrame({ ...emptyHeader(spec.kind), ...header, flags }, bytes));
    },
    link: {
      listen: (listening) => void (listener = listening),
      send: (header, _name, body) => void sent.push({ ...header, body }),
      forward: (header, frame) => void sent.push({ ...header, body: frame.copy().bytes }),
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
