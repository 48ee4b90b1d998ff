import type { Handlers, Int } from 'shardwire/contract';

export interface Guilds extends Handlers {
  ban(data: { days: number; reasons: Int }): void;
}
