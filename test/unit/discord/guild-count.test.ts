import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { guildCountOf } from '../../../src/discord/guild-count.js';

const clientWith = (guilds: unknown) => Object.assign(new EventEmitter(), { guilds });

it('counts the guilds of a client that has them, and knows nothing of others', () => {
  const cache = new Map([['1', {}]]);

  expect(guildCountOf(clientWith({ cache }))).toBe(1);
  expect(guildCountOf(clientWith({ cache: new Map() }))).toBe(0);
  expect(
    [clientWith(undefined), clientWith({}), clientWith({ cache: {} }), new EventEmitter()].map(guildCountOf),
  ).toEqual([undefined, undefined, undefined, undefined]);
});
