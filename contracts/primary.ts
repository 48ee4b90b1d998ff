/**
 * Primary: calls and events for cluster 0, sent with `requestTo(0, ...)` and `emitTo(0, ...)`.
 */
import type { Events, Handlers, Snowflake } from 'shardwire/contract';

export interface Primary extends Handlers {
  /** Value that the primary cluster has stored under a key; `null` if there is none. */
  getPrimaryData(data: { key: string }): string | null;
}

export interface PrimaryEvents extends Events {
  /** A task for the receiving cluster. */
  taskAssigned: { taskId: string };
  /** An entry for the audit log. */
  logAction: { action: string; userId: Snowflake };
}
