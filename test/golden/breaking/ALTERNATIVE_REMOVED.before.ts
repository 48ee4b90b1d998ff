import type { Handlers, UInt } from 'shardwire/contract';

export interface Guilds extends Handlers {
  find(data: { by: 'name' | 'id'; near: string | null; at: { kind: 'day'; day: UInt } | { kind: 'now' } }): void;
}
