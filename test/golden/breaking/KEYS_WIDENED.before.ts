import type { Handlers } from 'shardwire/contract';

export interface Guilds extends Handlers {
  get(): { [id: `id-${number}`]: string; [other: string]: string | number };
}
