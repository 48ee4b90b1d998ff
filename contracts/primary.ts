/**
 * Primary: work that one cluster does for all. Ask it by its id, `requestTo(0, ...)` and `emitTo(0, ...)`.
 */
import type { Events, Handlers, Snowflake } from 'shardwire/contract';

export interface Primary extends Handlers {
  /** What the primary cluster has stored under a key; `null` if there is nothing. */
  getPrimaryData(data: { key: string }): string | null;
}

export interface PrimaryEvents extends Events {
  /** A task for whoever receives this. */
  taskAssigned: { taskId: string };
  /** A line for the audit log. */
  logAction: { action: string; userId: Snowflake };
}
