import type { Handlers } from 'shardwire/contract';

interface Guilds extends Handlers {
  getUserCount(): number;
}
