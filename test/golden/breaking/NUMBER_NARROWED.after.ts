import type { Handlers, Int, UInt } from 'shardwire/contract';

export interface Guilds extends Handlers {
  ban(data: {
    days: UInt;
    /** @minimum 1 */
    reasons: Int;
  }): void;
}
