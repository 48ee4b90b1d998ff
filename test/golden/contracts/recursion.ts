/** Types that lead back to themselves through everything that holds something. */
import type { Events, Handlers, Snowflake, UInt } from 'shardwire/contract';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

interface Chain<T> {
  held: T;
  next?: Chain<T> | null;
}

interface Cat {
  kind: 'cat';
  friends: Animal[];
  owner?: Owner;
}

interface Dog {
  kind: 'dog';
  enemies: Map<string, Cat>;
  owner: Owner | null;
}

type Animal = Cat | Dog;

interface Owner {
  id: Snowflake;
  pets: readonly Animal[];
  boss?: Owner;
  since: Date;
  children: Set<Owner>;
}

interface Pair {
  both: [Pair | null, number?];
  byName: Record<string, Pair>;
  inner: { note: string | undefined; up: Pair | undefined };
}

export interface Recursion extends Handlers {
  keep(data: Json): Json;
  link(data: Chain<string>): Chain<UInt> | null;
  meet(data: Animal[]): { first: Animal } | undefined;
  move(data?: Owner): Owner;
  split(data: Pair): Pair[];
}

export interface RecursionEvents extends Events {
  moved: Owner | null;
  gathered: { groups: { owner: Owner }[] };
}
