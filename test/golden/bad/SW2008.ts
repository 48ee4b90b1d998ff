import type { Handlers } from 'shardwire/contract';

type Joined = { kind: 'joined'; at: string } & { kind: 'left'; at: string };

export interface Guilds extends Handlers {
  getText(): string & number;
  getChange(): Joined;
  getSize(): { size: string } & { size: number };
  getList(): string[] & { readonly name: string };
  getTime(): Date & { zone: string };
}
