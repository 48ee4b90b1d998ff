import type { Handlers } from 'shardwire/contract';

type Boxed<T> = T extends string ? { text: T } : { value: T };

export interface Lookups<T> extends Handlers {
  find(data: { key: keyof T }): T[keyof T] | null;
  box(): Boxed<T>;
}
