import type { ContractOptions, Handlers } from 'shardwire/contract';

export interface Guilds extends Handlers {
  getUserCount(): number;
}

export const options = {
  getUserCuont: { timeout: 3_000 },
} as const satisfies ContractOptions<Guilds>;
