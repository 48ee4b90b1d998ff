/** What types cannot say, said with schemas. */
import type { Events, Handlers } from 'shardwire/contract';
import { Type, type Static } from 'typebox';

export const Profile = Type.Object({
  name: Type.String({ minLength: 2, maxLength: 32 }),
  age: Type.Optional(Type.Integer({ minimum: 0, maximum: 150 })),
  tags: Type.Array(Type.String({ pattern: '^[a-z]+$' }), { maxItems: 5 }),
});

export const Menu = Type.Cyclic(
  {
    Menu: Type.Object({
      kind: Type.Literal('menu'),
      title: Type.String({ minLength: 1 }),
      items: Type.Array(Type.Union([Type.Ref('Menu'), Type.Ref('Action')])),
    }),
    Action: Type.Object({
      kind: Type.Literal('action'),
      run: Type.String(),
      fallback: Type.Optional(Type.Ref('Menu')),
    }),
  },
  'Menu',
);

export interface Schemas extends Handlers {
  save(data: Static<typeof Profile>): Static<typeof Profile> | null;
  open(data: { menu: Static<typeof Menu> }): Static<typeof Menu>[];
}

export interface SchemaEvents extends Events {
  shown: Static<typeof Menu>;
}
