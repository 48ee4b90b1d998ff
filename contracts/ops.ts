/**
 * Ops: running the bot.
 */
import type { Events, Handlers } from 'shardwire/contract';

export interface Ops extends Handlers {
  /** Fails now and then, to see what a caller makes of it. */
  mayFail(): void;
}

export interface OpsEvents extends Events {
  /** While this is on, commands are answered with an apology. */
  maintenance: { enabled: boolean };
}
