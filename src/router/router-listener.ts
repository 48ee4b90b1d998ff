/**
 * Router listener: receives what becomes of the processes that a router knows, and their messages.
 */
import type { LinkEnd } from '../link/link.js';
import type { PeerState } from '../wire/control/directory.js';
import type { ClusterMessage } from '../wire/control/to-manager.js';
import type { ContractSkew } from './layout-negotiation.js';
import type { Peer } from './peer.js';

export interface RouterListener {
  /** The active process of a cluster has changed its state. Called before any call is dispatched because of that. */
  onState?(clusterId: number, state: PeerState): void;
  /** A process is up. */
  onHello?(from: Peer): void;
  /** The client of a process is ready. */
  onReady?(from: Peer): void;
  /** A process has sent a message that does not concern routing. */
  onControl?(from: Peer, message: ClusterMessage): void;
  /** Processes have become ready or active, or have ceased to be: `Router.isServing` has other answers. */
  onRoutingChange?(): void;
  /** A process was detached. */
  onGone?(peer: Peer): void;
  /** A process was refused at its hello, as it speaks another major version of the protocol; its link is closed. */
  onProtocolMismatch?(from: Peer, mismatch: string): void;
  /** The link of a process has ended; its calls are settled. */
  onLinkEnd?(from: Peer, how: LinkEnd): void;
  /** Processes that run side by side have different contracts. Each difference is reported once. */
  onContractSkew?(skews: readonly ContractSkew[]): void;
  /** An event was dropped because its receiver does not read. */
  onEventDropped?(clusterId: number, event: string): void;
}

export class RouterListeners {
  readonly #listeners: RouterListener[] = [];

  add(listener: RouterListener): void {
    this.#listeners.push(listener);
  }

  /** Calls all listeners in the order in which they were added. */
  notify<E extends keyof RouterListener>(event: E, ...args: Parameters<Required<RouterListener>[E]>): void {
    for (const listener of this.#listeners)
      (listener[event] as ((...args: unknown[]) => void) | undefined)?.apply(listener, args);
  }
}
