import type { Handlers } from 'shardwire/contract';
import type { Missing } from './not-there.js';

export interface Guilds extends Handlers {
  getUser(data: { id: Strnig }): Missing;
}
