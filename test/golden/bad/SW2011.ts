import type { Handlers } from 'shardwire/contract';

type Rule = { all: Rule[] } | { any: Rule[] } | { text: string };

export interface Guilds extends Handlers {
  check(data: Rule): boolean;
}
