import type { Handlers } from 'shardwire/contract';

type UserId = string & { readonly brand: 'UserId' };

export interface Guilds extends Handlers {
  getUser(data: { id: UserId }): ({ a: string } | { b: string }) & string;
}
