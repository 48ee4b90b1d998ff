import type { Handlers } from 'shardwire/contract';

export interface Guilds extends Handlers {
  set(data: { values: { [id: `id-${number}`]: string; [other: string]: string | number } }): void;
}
