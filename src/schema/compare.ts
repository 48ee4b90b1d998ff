/**
 * Comparing types: what a schema page uses to let the type checker say that its schemas are the contract's types.
 *
 * Values are what counts: `readonly` and the difference between an enum and its literals play no part. Nothing here
 * exists at run time.
 */

/** Fails to compile unless every comparison holds. */
export type Assert<Comparisons extends readonly true[]> = Comparisons;

/** Each fits the other. */
export type IsSame<A, B> = IsAssignable<A, B> extends true ? IsAssignable<B, A> : false;

/** What the contract says fits its schema, which cannot say all of it: a brand, a tuple with a rest. */
export type IsAssignable<A, B> = [Plain<A>] extends [Plain<B>] ? true : false;

type Kept = bigint | boolean | Date | Uint8Array | null | undefined;

type Plain<T> = unknown extends T ? T : T extends void ? undefined : T extends Kept ? T : PlainValue<T>;

type PlainValue<T> = T extends string
  ? PlainText<T>
  : T extends number
    ? PlainNumber<T>
    : T extends ReadonlyMap<infer K, infer V>
      ? ReadonlyMap<Plain<K>, Plain<V>>
      : T extends ReadonlySet<infer Item>
        ? ReadonlySet<Plain<Item>>
        : PlainObject<T>;

type PlainObject<T> = T extends readonly (infer Item)[]
  ? number extends T['length']
    ? readonly Plain<Item>[]
    : PlainTuple<T>
  : { readonly [K in keyof T]: Plain<Defined<T[K]>> };

/** Place by place, as an object is: a tuple would be worked out at once, and one that holds itself never ends. */
type PlainTuple<T extends readonly unknown[]> = readonly unknown[] & {
  readonly [K in keyof T as K extends `${number}` ? K : never]: Plain<T[K]>;
} & { readonly length: T['length'] };

/** What may be `undefined` may be left out, and in a schema it is only that. */
type Defined<T> = unknown extends T ? T : Exclude<T, undefined | void>;

type PlainText<T extends string> = string extends T ? string : T extends `${infer Text}` ? Text : never;

/** By its digits: those of an enum's member are those of its literal. (To TypeScript any number fits an enum.) */
type PlainNumber<T extends number> =
  {} extends Record<`${T}`, unknown> ? number : number & { readonly digits: `${T}` };
