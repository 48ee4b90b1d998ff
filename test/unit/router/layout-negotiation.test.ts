import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LayoutNegotiation, describeSkew } from '../../../src/router/layout-negotiation.js';
import { NameRegistry } from '../../../src/router/name-registry.js';
import type { Registration } from '../../../src/wire/control.js';

const [a, b, c] = [{ id: 0 }, { id: 1 }, { id: 2 }];

function handles(fingerprint?: string, name = 'x.get'): Registration {
  const fingerprints = fingerprint === undefined ? undefined : { [name]: fingerprint };
  return { handlers: [name], events: [], fingerprints };
}

function scene(): LayoutNegotiation {
  return new LayoutNegotiation(new NameRegistry());
}

describe('Agreements', () => {
  it('give a name a number for its layout where all receivers agree, and tell it once', () => {
    const agreements = scene();

    const first = agreements.register(a, handles('one'));
    const second = agreements.register(b, handles('one'));

    expect(first).toEqual({
      names: [
        [1, 'x.get'],
        [2, 'x.get', 'one'],
      ],
      agreements: [{ name: 'x.get', layout: 2, versions: [['one', []]] }],
    });
    expect(second).toEqual({ names: [], agreements: [] });
  });

  it('say who has what where they differ, and report that once', () => {
    const agreements = scene();
    agreements.register(a, handles('one'));

    const { agreements: told } = agreements.register(b, handles('other'));
    const skews = agreements.takeSkews();
    agreements.forget(b);
    agreements.register(b, handles('other'));

    expect(told).toEqual([
      {
        name: 'x.get',
        layout: 0,
        versions: [
          ['one', [0]],
          ['other', [1]],
        ],
      },
    ]);
    expect(skews.map(describeSkew)).toEqual(['x.get: one on 0; other on 1']);
    expect(agreements.takeSkews()).toEqual([]);
  });

  it('hold no layout while one receiver has no contract, and no skew for that', () => {
    const agreements = scene();
    agreements.register(a, handles('one'));

    const { agreements: told } = agreements.register(b, handles());

    expect(told.map(({ layout, versions }) => [layout, versions])).toEqual([
      [
        0,
        [
          ['one', [0]],
          [null, [1]],
        ],
      ],
    ]);
    expect(agreements.takeSkews()).toEqual([]);
  });

  it('say nothing of names that no contract has', () => {
    const agreements = scene();

    agreements.register(a, handles());

    expect(agreements.all()).toEqual([]);
    expect(agreements.forget(a).agreements).toEqual([]);
  });

  it('come back when the one that differed has let go or is gone', () => {
    const agreements = scene();
    for (const [receiver, fingerprint] of [
      [a, 'one'],
      [b, 'other'],
      [c, undefined],
    ] as const)
      agreements.register(receiver, handles(fingerprint));

    const afterOne = agreements.unregister(b, ['x.get', 'unheard of']);
    const afterBoth = agreements.forget(c);

    expect([afterOne, afterBoth].map((news) => news.agreements.map(({ layout }) => layout))).toEqual([
      [0],
      [2],
    ]);
  });

  it('are what a walk over all receivers finds, whatever comes and goes in whatever order', () => {
    const receivers = [a, b, c];
    const step = fc.record({
      who: fc.nat({ max: 2 }),
      what: fc.constantFrom('one', 'other', undefined, 'let go', 'die'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const agreements = scene();
        const held = new Map<number, string | undefined>();
        for (const { who, what } of steps) {
          const receiver = receivers[who] ?? a;
          if (what === 'let go') agreements.unregister(receiver, ['x.get']);
          else if (what === 'die') agreements.forget(receiver);
          else agreements.register(receiver, handles(what));
          if (what === 'let go' || what === 'die') held.delete(who);
          else held.set(who, what);
        }

        const versions = new Set(held.values());
        const [agreement] = agreements.all();
        const isTyped = [...versions].some((version) => version !== undefined);
        expect(agreement !== undefined).toBe(isTyped);
        expect((agreement?.layout ?? 0) !== 0).toBe(isTyped && versions.size === 1);
        expect(agreement?.versions.length ?? 0).toBe(isTyped ? versions.size : 0);
      }),
    );
  });
});
