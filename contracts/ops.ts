/**
 * Ops: operation of the bot.
 */
import type { Events, Handlers } from 'shardwire/contract';

export interface Ops extends Handlers {
  /** May fail, to show how an error reaches the caller. */
  mayFail(): void;
}

export interface OpsEvents extends Events {
  /** Maintenance begins or ends. */
  maintenance: { enabled: boolean };
}
