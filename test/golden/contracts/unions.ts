/** Unions of every kind. */
import type { ContractOptions, Events, Handlers, Int, Snowflake, UInt } from 'shardwire/contract';

type Level = 1 | 2 | 3;

/** What happened to a member. */
type Change =
  | { kind: 'joined'; userId: Snowflake }
  | { kind: 'left' | 'kicked'; userId: Snowflake; reason?: string | null }
  | { kind: 'renamed'; from: string; to: string };

interface Named {
  name: string;
  tags: { label: string }[];
}

interface Counted {
  count: Int;
  tags: { weight: number }[];
}

type MaybeNamed = Named | undefined;

export interface Unions extends Handlers {
  apply(data: Change | Change[]): boolean;
  describe(data: Named | Counted): 'named' | 'counted' | 'both';
  find(data?: { level: Level; exact?: true }): MaybeNamed;
  score(data: { by: UInt | null; notes: (string | number)[] }): number | null | undefined;
  mixed(data: { it: Change | string[] | false; or: Named | Counted | null }): unknown;
}

export interface UnionEvents extends Events {
  changed: Change;
  levelled: Level;
  reset: void;
  maybe: { at: UInt } | undefined;
}

export const options = {
  apply: { timeout: 500 },
  changed: { timeout: 2_000 },
} as const satisfies ContractOptions<Unions, UnionEvents>;
