import { describe, expect, expectTypeOf, it } from 'vitest';
import { guilds } from '../../../generated/guilds.js';
import { bind } from '../../../generated/index.js';
import { createTestClusters, mock } from '../../../src/testing/index.js';
import { kinds } from '../../golden/pages/kinds.js';
import { trees } from '../../golden/pages/trees.js';

const ID = '123456789012345678';

describe('mock', () => {
  it('gives handlers that a contract takes, whose answers arrive at the caller', async () => {
    const clusters = await createTestClusters(3, {
      setup: (one) => bind(one).guilds.handle(mock(guilds, one.id)),
    });
    try {
      const { getGuildData, getUserCount } = bind(clusters.cluster(0)).guilds;

      const counts = await getUserCount.requestAll();
      const found = await getGuildData.requestTo(1, { guildId: ID });

      expect(counts.allOk()).toBe(true);
      expect(new Set(counts.values()).size).toBe(3);
      expect(found === null || typeof found.name === 'string').toBe(true);
    } finally {
      await clusters.shutdown();
    }
  });

  it('has the types of the contract, so that one handler can be answered by hand', async () => {
    const handlers = { ...mock(guilds, 7), getUserCount: () => 5 };

    expectTypeOf(handlers.getGuildData).toBeFunction();
    expect(handlers.getUserCount()).toBe(5);
  });

  it('answers the same for the same seed and the same number of calls, and differently otherwise', async () => {
    const answers = async (seed: number | string): Promise<readonly unknown[]> => {
      const handlers = mock(guilds, seed) as unknown as Record<string, () => Promise<unknown>>;
      return [
        await handlers['getUserCount']?.(),
        await handlers['getTopGuild']?.(),
        await handlers['getUserCount']?.(),
      ];
    };

    const [first, again, other] = [await answers(1), await answers(1), await answers('1x')];

    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    expect(first[0]).not.toBe(first[2]);
  });

  it('refuses data that does not fit, in the words of a call', async () => {
    const handlers = mock(guilds) as unknown as Record<string, (data: unknown) => Promise<unknown>>;

    await expect(handlers['getGuildData']?.({ guildId: 'x' })).rejects.toMatchObject({
      code: 'INVALID_PAYLOAD',
      message: expect.stringContaining('guilds.getGuildData: invalid data: '),
    });
  });

  it.each([
    ['every kind of value', kinds],
    ['types inside themselves', trees],
  ])('answers contracts with %s', async (_what, contract) => {
    for (const [member, spec] of Object.entries(contract.handlers)) {
      const only = {
        name: contract.name,
        handlers: { [member]: { ...spec, input: { ...spec.input, is: () => true } } },
        events: {},
      };
      for (let seed = 0; seed < 20; seed++) {
        const handlers = mock(only, seed) as unknown as Record<string, () => Promise<unknown>>;
        expect(spec.output.is(await handlers[member]?.())).toBe(true);
      }
    }
  });
});
