import type { Handlers } from 'shardwire/contract';

export interface Guilds extends Handlers {
  run(data: { constructor: string; ['__proto__']: string }): void;
}
