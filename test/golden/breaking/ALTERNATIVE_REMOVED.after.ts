import type { Handlers, UInt } from 'shardwire/contract';

export interface Guilds extends Handlers {
  find(data: { by: 'name'; near: string; at: { kind: 'day'; day: UInt } }): void;
}
