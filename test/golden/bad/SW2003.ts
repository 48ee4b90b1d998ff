import type { Handlers } from 'shardwire/contract';

class Wallet {
  coins = 0;
}

export interface Guilds extends Handlers {
  getWallet(): Wallet | null;
  getPattern(): RegExp;
}
