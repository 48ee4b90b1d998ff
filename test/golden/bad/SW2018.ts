import type { Handlers } from 'shardwire/contract';
import { Type, type Static } from 'typebox';

export const Even = Type.Refine(Type.Integer(), (value) => value % 2 === 0);
export const Callback = Type.Object({ run: Type.Function([], Type.Undefined()) });

export interface Guilds extends Handlers {
  check(data: { even: Static<typeof Even> }): void;
  call(data: Static<typeof Callback>): void;
}
