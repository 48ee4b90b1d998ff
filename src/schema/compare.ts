/**
 * Type comparison: lets the compiler verify that the schemas of a schema page have the types of the contract.
 *
 * Types are compared by the values that they allow: `readonly` and the difference between an enum and its literals are
 * ignored. Nothing here exists at run time.
 */

/** Fails to compile unless every comparison holds. */
export type Assert<Comparisons extends readonly true[]> = Comparisons;

/** `true` if both types are assignable to each other. */
export type IsSame<A, B> = IsAssignable<A, B> extends true ? IsAssignable<B, A> : false;

/** `true` if `A` is assignable to `B`: for schemas that cannot express all of a type, a brand or a tuple with a rest. */
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

/** Maps a tuple by position, as an object: TypeScript resolves a mapped tuple eagerly, and a recursive one endlessly. */
type PlainTuple<T extends readonly unknown[]> = readonly unknown[] & {
  readonly [K in keyof T as K extends `${number}` ? K : never]: Plain<T[K]>;
} & { readonly length: T['length'] };

/** Removes `undefined`: a schema expresses a member that may be `undefined` as an optional one. */
type Defined<T> = unknown extends T ? T : Exclude<T, undefined | void>;

type PlainText<T extends string> = string extends T ? string : T extends `${infer Text}` ? Text : never;

/** Compares numbers by their digits, which an enum member shares with its literal: any number is assignable to an enum. */
type PlainNumber<T extends number> =
  {} extends Record<`${T}`, unknown> ? number : number & { readonly digits: `${T}` };
