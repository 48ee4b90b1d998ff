/**
 * What a gateway does to a bot on a bad day, and how discord.js gets over it.
 */
import { Events } from 'discord.js';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { guildId, stageBot, stageDiscord } from './stage.js';

/** discord.js would wait five seconds before it identifies again. */
const noThrottle = async () => ({ waitForIdentify: async () => undefined });

describe('a lost connection', () => {
  it('is resumed after TCP was cut, and the missed message comes after all', async () => {
    const discord = await stageDiscord();
    const client = await stageBot(discord, { shards: [0, 1], shardCount: 2 });
    const [before] = discord.sessions;
    const heard = once(client, Events.MessageCreate);
    const closed = discord.waitForEvent('close');
    const resumed = discord.waitForEvent('resume');

    discord.disconnect(0);
    discord.sendMessage({ guildId: guildId(2), content: 'while you were away' });

    expect(await closed).toMatchObject({ session: { shardId: 0 }, code: 1006, resumable: true });
    expect(await resumed).toMatchObject({ session: { sessionId: before?.sessionId }, replayed: 1 });
    expect((await heard)[0]).toMatchObject({ content: 'while you were away' });
    expect(discord.sessions).toHaveLength(2);
  });

  it('is no session in between, and one again when it is back', async () => {
    const discord = await stageDiscord();
    await stageBot(discord);

    discord.disconnect({ guildId: guildId(0) });
    const between = discord.sessions;
    const back = await discord.waitForSession(0);

    expect(between).toEqual([]);
    expect(back).toMatchObject({ shardId: 0, numShards: 1 });
  });

  it('is resumed after Discord asked to reconnect (op 7)', async () => {
    const discord = await stageDiscord();
    await stageBot(discord);
    const [before] = discord.sessions;
    const resumed = discord.waitForEvent('resume');

    discord.reconnect('all');

    expect((await resumed).session.sessionId).toBe(before?.sessionId);
  });

  it('is identified anew after its session became invalid (op 9)', async () => {
    const discord = await stageDiscord({ identifyWindowMs: 1 });
    const client = await stageBot(discord, { ws: { buildIdentifyThrottler: noThrottle } });
    const [before] = discord.sessions;
    const ended = discord.waitForEvent('close');
    const ready = once(client, Events.ShardReady);

    discord.invalidate(0);
    await ready;

    expect(await ended).toMatchObject({ session: { sessionId: before?.sessionId }, code: undefined });
    expect(discord.sessions).toHaveLength(1);
    expect(discord.sessions[0]?.sessionId).not.toBe(before?.sessionId);
  });

  it('is resumed on the same connection when the invalid session may be resumed', async () => {
    const discord = await stageDiscord();
    await stageBot(discord);
    const [before] = discord.sessions;
    const resumed = discord.waitForEvent('resume');

    discord.invalidate(0, true);

    expect((await resumed).session.sessionId).toBe(before?.sessionId);
  });

  it('is resumed when heartbeats are not answered', async () => {
    const discord = await stageDiscord({ heartbeatIntervalMs: 400 });
    await stageBot(discord);
    const resumed = discord.waitForEvent('resume');

    discord.muteHeartbeats({ shardId: 0, numShards: 1 });

    await expect(resumed).resolves.toBeDefined();
  });

  it('stays lost after a code that is final, and its waits do not know it any more', async () => {
    const discord = await stageDiscord();
    const client = await stageBot(discord);
    const disconnected = once(client, Events.ShardDisconnect);

    discord.disconnect('all', 4013);

    expect((await disconnected)[0]).toMatchObject({ code: 4013 });
    expect(discord.sessions).toEqual([]);
  });

  it('must exist to be broken', async () => {
    const discord = await stageDiscord();

    expect(() => discord.disconnect(0)).toThrow('no session is connected for shard 0');
    expect(() => discord.reconnect({ sessionId: 'x' })).toThrow(
      expect.objectContaining({ code: 'NO_SESSION' }),
    );
    expect(() => discord.disconnect(0, 1006)).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
  });
});
