/** Every kind of value, as TypeScript writes it. */
import type { Arr, Events, Handlers, Int, Snowflake, Str, UInt } from 'shardwire/contract';

export declare enum Colour {
  Red = 'red',
  Green = 'green',
}

declare const enum Level {
  Low = 0,
  High = 5,
}

const LIMITS = { daily: 10, weekly: 50 } as const;

type UserId = Snowflake & { readonly __brand: 'UserId' };

/** Where something is. */
type Point = [x: number, y: number, z?: number];

/** A name that people can read. */
type Name = Str<{ min: 2; max: 32; pattern: '^[^\\s]' }>;

/** @maxLength 10 */
type Short = string;

interface Profile {
  id: UserId;
  name: Name;
  /**
   * @format email
   */
  mail?: string | null;
  nick: Short;
  /**
   * In parts per hundred.
   * @minimum 0
   * @maximum 100
   */
  share: number;
  /** @minimum 1 */
  level: UInt;
  tags: Arr<string, { max: 3 }>;
  /** @minItems 1 */
  readonly roles: readonly Snowflake[];
  colour: Colour;
  priority: Level;
  limit: keyof typeof LIMITS;
  quota: (typeof LIMITS)[keyof typeof LIMITS];
  topic: `guild:${Snowflake}` | `user:${number}-${string}`;
}

interface Stored {
  at: Date;
  until: Date | null;
  bits: bigint;
  raw: Uint8Array;
  seen: Set<Snowflake>;
  times: ReadonlyMap<string, Date>;
  path: Point;
  line: [first: string, ...rest: Date[]];
  back: [...string[], bigint];
}

type Change = { kind: 'moved'; to: Point; at: Date } | { kind: 'gone'; bits: bigint } | { kind: 'none' };

type Settings = Record<string, string | number>;

interface Scores {
  total: UInt;
  [user: `user-${string}`]: Int;
}

interface Tree {
  at: Date;
  kids: Map<string, Tree>;
  next?: Tree;
}

type Getters<T> = { [K in keyof T & string as `get${Capitalize<K>}`]: T[K] };
type Item<T> = T extends (infer U)[] ? U : never;

export interface Kinds extends Handlers {
  profile(data: Profile): Promise<Profile>;
  stored(data: Stored): Stored | null;
  changes(data: Change[]): Change | bigint | undefined;
  either(data: { it: Date | string | Set<bigint>; or: Tree[] | null }): Tree;
  settings(data: Settings & { name: string }): Record<Snowflake, Date>;
  scores(): Scores;
  getters(data: Getters<Pick<Profile, 'colour' | 'level'>>): Item<Stored['path'][]>;
}

export interface KindEvents extends Events {
  seen: Date;
  counted: bigint | null;
  named: Short;
  marked: Set<Date>;
}
