import type { Handlers } from 'shardwire/contract';

export interface Lookups<T> extends Handlers {
  find(data: { key: keyof T }): T[keyof T] | null;
}
