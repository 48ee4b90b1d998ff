import type { Handlers } from 'shardwire/contract';
import { Type, type Static } from 'typebox';

export const Step = Type.Number({ multipleOf: 5 });
export const Closed = Type.Object({ a: Type.String() }, { additionalProperties: false });
const Hidden = Type.String({ minLength: 1 });

export interface Guilds extends Handlers {
  step(data: { by: Static<typeof Step> }): void;
  close(data: Static<typeof Closed>): void;
  hide(data: { it: Static<typeof Hidden> }): void;
}
