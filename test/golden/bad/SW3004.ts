import type { ContractOptions, Handlers } from 'shardwire/contract';

export interface Guilds extends Handlers {
  getUserCount(): number;
  getMost(): number;
}

export const options = {
  getUserCount: { timeout: 0 },
  getMost: { reduce: 'average' },
} as const satisfies ContractOptions<Guilds>;
