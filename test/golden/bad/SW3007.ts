import type { Handlers } from 'shardwire/contract';

export interface Guilds extends Handlers {
  ban(data: { userId: string }): void;
  getCount(): number;
}

export const options = {
  ban: { retry: { attempts: 3 } },
  getCount: { partial: true },
};
