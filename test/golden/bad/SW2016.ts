import type { Handlers } from 'shardwire/contract';

export interface Guilds extends Handlers {
  rename(data: { /** @maxLength 100 */ name: string; /** Why. */ reason: string }): void;
}
