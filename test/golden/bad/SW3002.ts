import type { ContractOptions, Handlers } from 'shardwire/contract';

const SECOND = 1_000;
const shared = { timeout: 3 * SECOND };

export interface Guilds extends Handlers {
  getUserCount(): number;
  getName(): string;
}

export const options = {
  getUserCount: { timeout: 3 * SECOND },
  getName: shared,
} as const satisfies ContractOptions<Guilds>;
