import type { Handlers } from 'shardwire/contract';

interface Saved {
  at: Date;
}

export interface Guilds extends Handlers {
  getTime(): Date | number;
  getBits(): bigint | string | null;
  getTable(): Map<string, number> | string[];
  getState(): Saved | { name: string };
  getEither(data: { it: Set<string> | string }): { kind: 'saved'; at: Date } | { kind: 'lost' };
}
