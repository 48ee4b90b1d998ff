import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LayoutNegotiation, describeSkew } from '../../../src/router/layout-negotiation.js';
import { NameRegistry } from '../../../src/router/name-registry.js';
import type { Registration } from '../../../src/wire/control/to-manager.js';

const [a, b, c] = [{ id: 0 }, { id: 1 }, { id: 2 }];

function handles(fingerprint?: string, name = 'x.get'): Registration {
  const fingerprints = fingerprint === undefined ? undefined : { [name]: fingerprint };
  return { handlers: [name], events: [], fingerprints };
}

function newNegotiation(): LayoutNegotiation {
  return new LayoutNegotiation(new NameRegistry());
}

describe('LayoutNegotiation', () => {
  it('assigns an id to the rows of a name where all receivers agree, and announces it once', () => {
    const negotiation = newNegotiation();

    const first = negotiation.register(a, handles('one'));
    const second = negotiation.register(b, handles('one'));

    expect(first).toEqual({
      names: [
        [1, 'x.get'],
        [2, 'x.get', 'one'],
      ],
      layouts: [{ name: 'x.get', rowId: 2, versions: [['one', []]] }],
    });
    expect(second).toEqual({ names: [], layouts: [] });
  });

  it('announces every version where receivers differ, and reports the skew once', () => {
    const negotiation = newNegotiation();
    negotiation.register(a, handles('one'));

    const { layouts } = negotiation.register(b, handles('other'));
    const skews = negotiation.drainSkews();
    negotiation.remove(b);
    negotiation.register(b, handles('other'));

    expect(layouts).toEqual([
      {
        name: 'x.get',
        rowId: 0,
        versions: [
          ['one', [0]],
          ['other', [1]],
        ],
      },
    ]);
    expect(skews.map(describeSkew)).toEqual(['x.get: one on 0; other on 1']);
    expect(negotiation.drainSkews()).toEqual([]);
  });

  it('allows no rows while one receiver has no contract, and reports no skew for that', () => {
    const negotiation = newNegotiation();
    negotiation.register(a, handles('one'));

    const { layouts } = negotiation.register(b, handles());

    expect(layouts.map(({ rowId, versions }) => [rowId, versions])).toEqual([
      [
        0,
        [
          ['one', [0]],
          [null, [1]],
        ],
      ],
    ]);
    expect(negotiation.drainSkews()).toEqual([]);
  });

  it('announces nothing about names that no contract has', () => {
    const negotiation = newNegotiation();

    negotiation.register(a, handles());

    expect(negotiation.all()).toEqual([]);
    expect(negotiation.remove(a).layouts).toEqual([]);
  });

  it('allows rows again when the receivers that differed are unregistered or gone', () => {
    const negotiation = newNegotiation();
    for (const [receiver, fingerprint] of [
      [a, 'one'],
      [b, 'other'],
      [c, undefined],
    ] as const)
      negotiation.register(receiver, handles(fingerprint));

    const afterOne = negotiation.unregister(b, ['x.get', 'unknown']);
    const afterBoth = negotiation.remove(c);

    expect([afterOne, afterBoth].map(({ layouts }) => layouts.map(({ rowId }) => rowId))).toEqual([[0], [2]]);
  });

  it('agrees with a walk over all receivers, whatever comes and goes in whatever order', () => {
    const receivers = [a, b, c];
    const step = fc.record({
      who: fc.nat({ max: 2 }),
      what: fc.constantFrom('one', 'other', undefined, 'unregister', 'die'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const negotiation = newNegotiation();
        const registered = new Map<number, string | undefined>();
        for (const { who, what } of steps) {
          const receiver = receivers[who] ?? a;
          if (what === 'unregister') negotiation.unregister(receiver, ['x.get']);
          else if (what === 'die') negotiation.remove(receiver);
          else negotiation.register(receiver, handles(what));
          if (what === 'unregister' || what === 'die') registered.delete(who);
          else registered.set(who, what);
        }

        const versions = new Set(registered.values());
        const [layout] = negotiation.all();
        const isTyped = [...versions].some((version) => version !== undefined);
        expect(layout !== undefined).toBe(isTyped);
        expect((layout?.rowId ?? 0) !== 0).toBe(isTyped && versions.size === 1);
        expect(layout?.versions.length ?? 0).toBe(isTyped ? versions.size : 0);
      }),
    );
  });
});
