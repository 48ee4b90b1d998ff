import { describe, expect, it } from 'vitest';
import { explain, formatProblems } from '../../../src/schema/explain.js';
import {
  array,
  literal,
  null_,
  number,
  object,
  optional,
  ref,
  snowflake,
  string,
  uint,
  union,
} from '../../../src/schema/shape.js';
import type { Shape } from '../../../src/schema/shape.js';

function why(shape: Shape, value: unknown): string {
  return formatProblems(explain(shape, value), 'data');
}

describe('explaining', () => {
  it('says where, what was expected and what came', () => {
    expect(why(object({ guildId: snowflake }), { guildId: 42 })).toBe(
      'guildId: expected a snowflake (17 to 20 digits as a string), got 42',
    );
    expect(why(string, undefined)).toBe('data: expected a string, got undefined');
  });

  it('finds every wrong path', () => {
    const shape = object({ name: string, tags: array(string), size: optional(uint), 'user-id': string });

    expect(why(shape, { name: null, tags: ['a', 1], size: -1 })).toBe(
      'name: expected a string, got null; tags[1]: expected a string, got 1; ' +
        'size: expected a non-negative integer, got -1; ["user-id"]: expected a string, got undefined',
    );
  });

  it('stops at 20 and counts the rest', () => {
    const problems = explain(array(string), Array(1_500).fill(0));

    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toEqual({ kind: 'more', count: 1_480 });
    expect(formatProblems(problems)).toMatch(/; and 1,480 more$/);
  });

  it('shortens what came', () => {
    class GuildMember {
      id = 1;
    }
    expect(why(number, 'abc'.repeat(1_000))).toBe(
      `data: expected a finite number, got "${'abc'.repeat(13)}a…" (3,000 characters)`,
    );
    expect(why(number, new GuildMember())).toBe('data: expected a finite number, got GuildMember { id }');
    expect(why(number, new Map())).toBe('data: expected a finite number, got a Map');
    expect(why(number, [1, 2])).toBe('data: expected a finite number, got an array of 2 items');
    expect(why(number, { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 })).toBe(
      'data: expected a finite number, got { a, b, c, d, e, … }',
    );
    expect(why(string, NaN)).toBe('data: expected a string, got NaN');
    expect(why(string, 10n)).toBe('data: expected a string, got 10n');
  });

  it('explains the member of a union that was meant', () => {
    const tagged = union(
      object({ kind: literal('a'), x: number }),
      object({ kind: literal('b'), y: number }),
      null_,
    );

    expect(why(tagged, { kind: 'b', y: 'no' })).toBe('y: expected a finite number, got "no"');
    expect(why(tagged, { kind: 'c' })).toBe('kind: expected one of "a" | "b", got "c"');
    expect(why(tagged, 7)).toBe(
      'data: expected one of an object with kind, x | an object with kind, y | null, got 7',
    );
    expect(why(union(string, object({ x: number })), { x: null })).toBe(
      'x: expected a finite number, got null',
    );
    expect(why(union(literal('guild'), literal('user')), 'shard')).toBe(
      'data: expected one of "guild" | "user", got "shard"',
    );
  });

  it('takes the nearest where nothing tells the members apart', () => {
    const shape = union(object({ a: string, b: string, c: string }), object({ d: string }));

    expect(why(shape, { a: 'x', b: 'y' })).toBe('c: expected a string, got undefined');
  });

  it('survives getters and proxies that throw', () => {
    const getter = Object.defineProperty({}, 'name', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    });
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();

    expect(why(object({ name: string }), getter)).toBe(
      'name: expected a string, got a getter that throws Error: no',
    );
    expect(why(object({ name: string }), proxy)).toBe(
      'data: expected an object with name, got an unreadable value',
    );
    expect(why(array(string), proxy)).toBe('data: expected an array, got an unreadable value');
  });

  it('ends soon on a value that goes round in circles', () => {
    const Tree: Shape = object({ name: string, kids: array(ref(() => Tree)) });
    const tree: { name: string; kids: unknown[] } = { name: 'a', kids: [] };
    tree.kids.push(tree, tree, tree);

    expect(explain(Tree, tree).length).toBeGreaterThan(1);
  });
});
