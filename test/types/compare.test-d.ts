/**
 * What generated schema pages leave to the type checker: that a schema is the type of the contract.
 */
import { Type } from 'typebox';
import type { Static } from 'typebox';
import { expectTypeOf } from 'vitest';
import type { IsAssignable, IsSame } from '../../src/schema/compare.js';

interface Tree {
  label: string;
  kids: Tree[];
  parent?: Tree;
}

const definitions = {
  label: Type.String(),
  kids: Type.Array(Type.Ref('Tree')),
  parent: Type.Optional(Type.Ref('Tree')),
};
const tree = Type.Cyclic({ Tree: Type.Object(definitions) }, 'Tree');
const numbered = Type.Cyclic({ Tree: Type.Object({ ...definitions, label: Type.Number() }) }, 'Tree');
const astray = Type.Cyclic(
  {
    Tree: Type.Object({ ...definitions, kids: Type.Array(Type.Ref('Leaf')) }),
    Leaf: Type.Object({ size: Type.Number() }),
  },
  'Tree',
);

// Recursive types are compared, however deep.
expectTypeOf<IsSame<Tree, Static<typeof tree>>>().toEqualTypeOf<true>();
expectTypeOf<IsSame<{ in: Tree | null }, { in: Static<typeof tree> | null }>>().toEqualTypeOf<true>();
expectTypeOf<IsAssignable<Tree, Static<typeof numbered>>>().toEqualTypeOf<false>();
expectTypeOf<IsAssignable<Tree, Static<typeof astray>>>().toEqualTypeOf<false>();

// What may be undefined may be left out, and nothing else may.
expectTypeOf<IsAssignable<{ a: string | undefined }, { a?: string }>>().toEqualTypeOf<true>();
expectTypeOf<IsSame<{ a?: string | undefined }, { a?: string }>>().toEqualTypeOf<true>();
expectTypeOf<IsAssignable<{ a: string | number | undefined }, { a?: string }>>().toEqualTypeOf<false>();
expectTypeOf<IsSame<{ a?: string }, { a: string }>>().toEqualTypeOf<false>();

// `unknown` is what it is on both sides.
expectTypeOf<IsSame<{ a: unknown }, { a: unknown }>>().toEqualTypeOf<true>();
expectTypeOf<IsAssignable<{ a: unknown }, { a: string }>>().toEqualTypeOf<false>();

// A brand is no part of a schema, nor is `void` other than nothing.
type Cents = number & { readonly __brand: 'Cents' };
expectTypeOf<IsAssignable<Cents, number>>().toEqualTypeOf<true>();
expectTypeOf<IsAssignable<Map<string, Cents>, Map<string, number>>>().toEqualTypeOf<true>();
expectTypeOf<IsAssignable<Cents, string>>().toEqualTypeOf<false>();
expectTypeOf<IsAssignable<1, 2>>().toEqualTypeOf<false>();
expectTypeOf<IsAssignable<{ a: string | void }, { a?: string }>>().toEqualTypeOf<true>();

// The bits of an enum fit a number, which its schema says; a choice among numbers is still its own.
declare enum Bits {
  A = 1,
  B = 2,
  C = 4,
}
expectTypeOf<IsAssignable<Bits, number>>().toEqualTypeOf<true>();
expectTypeOf<IsSame<Bits, number>>().toEqualTypeOf<false>();
expectTypeOf<IsSame<Bits, 1 | 2 | 4>>().toEqualTypeOf<true>();
expectTypeOf<IsSame<1 | 2, 1 | 4>>().toEqualTypeOf<false>();

// Tuples are compared place by place, those that hold themselves, too.
type Chain = [string, Chain | null];
type Numbered = [number, Numbered | null];
expectTypeOf<IsSame<Chain, Chain>>().toEqualTypeOf<true>();
expectTypeOf<IsAssignable<Chain, Numbered>>().toEqualTypeOf<false>();
expectTypeOf<IsAssignable<[string], [string, string]>>().toEqualTypeOf<false>();
