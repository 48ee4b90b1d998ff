import type { Handlers } from 'shardwire/contract';

export interface Guilds extends Handlers {
  run(data: { payload: any; list: any[] }): any;
}
