import { describe, expect, it } from 'vitest';
import { resolveOptions } from '../../../src/testing/local-discord/options.js';
import { World } from '../../../src/testing/local-discord/world/world.js';

const ID = '1347442036801536000';

describe('resolveOptions', () => {
  it('needs nothing, and is as Discord where that does not slow tests down', () => {
    const options = resolveOptions({});

    expect(options).toMatchObject({
      maxConcurrency: 16,
      identifyWindowMs: 5_000,
      heartbeatIntervalMs: 41_250,
      startLimit: { total: 1_000, remaining: 1_000, resetAfterMs: 86_400_000 },
      disallowedIntents: 0,
      port: 0,
    });
    expect(options.guilds).toHaveLength(1);
  });

  it('takes an explicit undefined for an option left out', () => {
    const options = resolveOptions({ maxConcurrency: undefined, guilds: undefined, token: undefined });

    expect(options).toEqual(resolveOptions({}));
  });

  it('makes up a token that begins with the id of the bot, as a real one does', () => {
    const { token } = resolveOptions({ user: { id: ID } });

    expect(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).toBe(ID);
  });

  it('fills in what a guild leaves open', () => {
    const [guild] = resolveOptions({ guilds: [{ id: ID }] }).guilds;

    expect(guild).toMatchObject({ id: ID, name: `Guild ${ID}`, memberCount: 2 });
    expect(guild?.channels).toEqual([
      { id: String(BigInt(ID) + 1n), name: 'channel-0', guildId: ID, position: 0 },
    ]);
  });

  it('takes channels as they are given', () => {
    const channels = [{ id: '20', name: 'tea' }, { id: '21' }];

    const [guild] = resolveOptions({ guilds: [{ id: ID, channels }] }).guilds;

    expect(guild?.channels.map(({ id, name }) => [id, name])).toEqual([
      ['20', 'tea'],
      ['21', 'channel-1'],
    ]);
  });

  it.each<[string, object]>([
    ['guilds[0].id must be a snowflake as a string, such as', { guilds: [{ id: 'tea' }] }],
    ['guilds[1].id must be', { guilds: [{ id: ID }, { id: 1347442036801536000 }] }],
    ['guilds[0] must be a guild', { guilds: [null] }],
    ['guilds must be an array', { guilds: 'many' }],
    ['guilds[0].memberCount must be', { guilds: [{ id: ID, memberCount: 1.5 }] }],
    ['guilds[0].channels must be', { guilds: [{ id: ID, channels: 'many' }] }],
    ['guilds[0].channels[0].id must be', { guilds: [{ id: ID, channels: [{}] }] }],
    ['guilds[0].channels[0].id must be', { guilds: [{ id: ID, channels: [null] }] }],
    ['token must be', { token: '' }],
    ['user.id must be', { user: { id: 7 } }],
    ['maxConcurrency must be', { maxConcurrency: 0 }],
    ['identifyWindowMs must be', { identifyWindowMs: Number.NaN }],
    ['heartbeatIntervalMs must be', { heartbeatIntervalMs: 2 ** 31 }],
    ['recommendedShards must be', { recommendedShards: '2' }],
    ['sessionStartLimit.remaining must be', { sessionStartLimit: { total: 5, remaining: 6 } }],
    ['port must be', { port: 70_000 }],
  ])('refuses a bad value with "%s"', (message, options) => {
    expect(() => resolveOptions(options)).toThrow(message);
    expect(() => resolveOptions(options)).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
  });
});

describe('World', () => {
  const { bot } = resolveOptions({});

  it('refuses a guild or a channel that is there twice', () => {
    const twice = resolveOptions({ guilds: [{ id: ID }, { id: ID }] });
    const shared = resolveOptions({
      guilds: [
        { id: '1', channels: [{ id: '9' }] },
        { id: '2', channels: [{ id: '9' }] },
      ],
    });

    expect(() => new World(bot, twice.guilds)).toThrow(`guild ${ID} was given twice`);
    expect(() => new World(bot, shared.guilds)).toThrow('channel 9 of guild 2 was given twice');
  });

  it('forgets a guild together with its channels', () => {
    const world = new World(bot, resolveOptions({ guilds: [{ id: '1', channels: [{ id: '9' }] }] }).guilds);

    world.remove('1');

    expect([world.guild('1'), world.channel('9'), world.guildCount]).toEqual([undefined, undefined, 0]);
    expect(() => world.requireGuild('1')).toThrow(expect.objectContaining({ code: 'UNKNOWN_GUILD' }));
  });
});
