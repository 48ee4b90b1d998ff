/**
 * RPC stats: how much a process has open at the moment.
 */

/** What one process has open at the moment. Every number is 0 in a process that rests. */
export interface RpcStats {
  /** Calls of this process that wait for their answers. */
  readonly pendingCalls: number;
  /** Calls of other processes that handlers of this process are working on. */
  readonly servedCalls: number;
  /** Broadcasts of this process that wait for acknowledgements. */
  readonly waitingBroadcasts: number;
  /** Bytes that this process has sent and the receiving process has not read yet. */
  readonly queuedBytes: number;
}
