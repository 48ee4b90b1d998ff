import type { ContractOptions, Handlers } from 'shardwire/contract';

export interface Guilds extends Handlers {
  getNames(): string[];
  getTop(): { name: string; members?: number } | null;
}

export const options = {
  getNames: { reduce: 'sum' },
  getTop: { reduce: { maxBy: 'name' } },
} as const satisfies ContractOptions<Guilds>;
