/**
 * The gateway's rules, seen from a bare WebSocket.
 */
import * as fc from 'fast-check';
import { once } from 'node:events';
import { createInflate } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { LocalDiscord } from 'shardwire/testing';
import { guildId, stageDiscord, stageShard, stageSocket } from './stage.js';

const identify = (discord: LocalDiscord, shard: readonly [number, number] = [0, 1]) => ({
  op: 2,
  d: { token: discord.token, intents: 513, shard },
});

const countOf = (word: string, text: string) => text.split(word).length - 1;

async function lostSession(discord: LocalDiscord): Promise<string> {
  const socket = await stageShard(discord);
  const ended = discord.waitForEvent('close');
  socket.end();
  return (await ended).session.sessionId;
}

describe('a session', () => {
  it('begins with HELLO, READY with its guilds unavailable, and each of them in GUILD_CREATE', async () => {
    const discord = await stageDiscord({ heartbeatIntervalMs: 12_345 });
    const socket = await stageSocket(discord);

    socket.send(identify(discord, [1, 2]));
    await socket.frame(({ s }) => s === 4);

    expect(socket.frames[0]).toMatchObject({ op: 10, d: { heartbeat_interval: 12_345 } });
    expect(socket.frames[1]).toMatchObject({
      t: 'READY',
      s: 1,
      d: {
        v: 10,
        user: { id: discord.botId, bot: true },
        guilds: [1, 3, 5].map((index) => ({ id: guildId(index), unavailable: true })),
        shard: [1, 2],
        resume_gateway_url: discord.gatewayUrl,
        application: { id: discord.botId },
      },
    });
    expect(socket.frames.slice(2)).toMatchObject(
      [1, 3, 5].map((index, at) => ({ t: 'GUILD_CREATE', s: at + 2, d: { id: guildId(index) } })),
    );
  });

  it('gets its heartbeats answered, before it identified and after', async () => {
    const discord = await stageDiscord();
    const socket = await stageSocket(discord);

    socket.send({ op: 1, d: null });
    await socket.frame(({ op }) => op === 11);
    socket.send(identify(discord));
    await socket.frame(({ t }) => t === 'READY');
    socket.send({ op: 1, d: 1 });

    const late = socket.frames.length;
    await socket.frame((frame) => frame.op === 11 && socket.frames.indexOf(frame) >= late);
  });

  it('is closed with 4009 when it sends no heartbeats, and cannot be resumed then', async () => {
    const discord = await stageDiscord({ heartbeatIntervalMs: 250 });
    const socket = await stageShard(discord);
    const ended = discord.waitForEvent('close');

    expect(await socket.closed()).toBe(4009);
    expect(await ended).toMatchObject({ code: 4009, resumable: false });
  });

  it('is over when the bot says goodbye with 1000', async () => {
    const discord = await stageDiscord();
    const socket = await stageShard(discord);
    const ended = discord.waitForEvent('close');

    socket.end(1000);

    expect(await ended).toMatchObject({ code: 1000, resumable: false });
  });
});

describe('resuming', () => {
  it('brings what was missed, in order, and RESUMED at its end', async () => {
    const discord = await stageDiscord();
    const sessionId = await lostSession(discord);
    const reached = discord.dispatch(0, 'FIRST', { n: 1 });
    discord.dispatch({ sessionId }, 'SECOND', { n: 2 });
    const socket = await stageSocket(discord);

    socket.send({ op: 6, d: { token: discord.token, session_id: sessionId, seq: 7 } });
    await socket.frame(({ t }) => t === 'RESUMED');

    expect(reached).toBe(0);
    expect(socket.frames.slice(1).map(({ t, s }) => [t, s])).toEqual([
      ['FIRST', 8],
      ['SECOND', 9],
      ['RESUMED', 10],
    ]);
  });

  it('takes the session from a connection that still has it', async () => {
    const discord = await stageDiscord();
    const first = await stageShard(discord);
    const [session] = discord.sessions;
    const second = await stageSocket(discord);

    second.send({ op: 6, d: { token: discord.token, session_id: session?.sessionId, seq: 7 } });
    await second.frame(({ t }) => t === 'RESUMED');

    expect(await first.closed()).toBe(1006);
    expect(discord.sessions).toHaveLength(1);
  });

  it('of an unknown session is an INVALID SESSION', async () => {
    const discord = await stageDiscord();
    const socket = await stageSocket(discord);

    socket.send({ op: 6, d: { token: discord.token, session_id: 'never seen', seq: 1 } });

    expect(await socket.frame(({ op }) => op === 9)).toMatchObject({ d: false });
  });

  it.each([-1, 999, 1.5, 'x', undefined])('from sequence %s is closed with 4007', async (seq) => {
    const discord = await stageDiscord();
    const sessionId = await lostSession(discord);
    const socket = await stageSocket(discord);

    socket.send({ op: 6, d: { token: discord.token, session_id: sessionId, seq } });

    expect(await socket.closed()).toBe(4007);
  });

  it('after too much was missed is an INVALID SESSION', async () => {
    const discord = await stageDiscord();
    const sessionId = await lostSession(discord);
    for (let n = 0; n < 3_000; n++) discord.dispatch(0, 'EVENT', { n });
    const socket = await stageSocket(discord);

    socket.send({ op: 6, d: { token: discord.token, session_id: sessionId, seq: 7 } });

    expect(await socket.frame(({ op }) => op === 9)).toMatchObject({ d: false });
  });
});

describe('identifying', () => {
  it('twice in one bucket and window is an INVALID SESSION for the second', async () => {
    const discord = await stageDiscord({ maxConcurrency: 1 });
    await stageShard(discord, [0, 2]);
    const refused = discord.waitForEvent('identifyRefused');
    const socket = await stageSocket(discord);

    socket.send(identify(discord, [1, 2]));

    expect(await socket.frame(({ op }) => op === 9)).toMatchObject({ d: false });
    expect(await refused).toMatchObject({ shardId: 1, numShards: 2, closeCode: undefined });
    expect(discord.sessions.map(({ shardId }) => shardId)).toEqual([0]);
  });

  it('in different buckets is fine', async () => {
    const discord = await stageDiscord({ maxConcurrency: 2 });

    await stageShard(discord, [0, 2]);
    await stageShard(discord, [1, 2]);

    expect(discord.sessions.map(({ shardId }) => shardId)).toEqual([0, 1]);
  });

  it('is over when no session start is left', async () => {
    const discord = await stageDiscord({ sessionStartLimit: { remaining: 0 } });
    const socket = await stageSocket(discord);

    socket.send(identify(discord));

    expect(await socket.closed()).toBe(4004);
  });

  it('fails as the test ordered, for the shard and as often as it ordered', async () => {
    const discord = await stageDiscord();
    discord.failNextIdentify(4014, { shardId: 1 });
    const socket = await stageSocket(discord);

    await stageShard(discord, [0, 2]);
    socket.send(identify(discord, [1, 2]));

    expect(await socket.closed()).toBe(4014);
    await stageShard(discord, [1, 2]);
  });

  it('again on the same connection is closed with 4005', async () => {
    const discord = await stageDiscord();
    const socket = await stageShard(discord);

    socket.send(identify(discord));

    expect(await socket.closed()).toBe(4005);
  });
});

describe('bad manners', () => {
  it.each<[number, string, string]>([
    [4002, 'no JSON', 'tea'],
    [4002, 'no object', '[]'],
    [4002, 'a payload of 5 000 bytes', JSON.stringify({ op: 3, d: 'x'.repeat(5_000) })],
    [4001, 'an unknown opcode', '{"op":99}'],
    [4003, 'a presence before IDENTIFY', '{"op":3,"d":{}}'],
    [4003, 'a question before IDENTIFY', '{"op":8,"d":{}}'],
    [4002, 'an IDENTIFY of nothing', '{"op":2,"d":null}'],
    [4002, 'a RESUME of nothing', '{"op":6,"d":"x"}'],
    [4004, 'an IDENTIFY with another token', '{"op":2,"d":{"token":"x","intents":1}}'],
    [4004, 'a RESUME with another token', '{"op":6,"d":{"token":"x","session_id":"x","seq":1}}'],
  ])('are closed with %i: %s', async (code, _, text) => {
    const discord = await stageDiscord();
    const socket = await stageSocket(discord);

    socket.sendText(text);

    expect(await socket.closed()).toBe(code);
  });

  it.each([
    ['v=6', 4012],
    ['encoding=etf', 4002],
  ])('are closed at once: %s', async (query, code) => {
    const discord = await stageDiscord();

    expect(await (await stageSocket(discord, query)).closed()).toBe(code);
  });

  it('of any kind never end the server', async () => {
    const discord = await stageDiscord({ maxConcurrency: 1 });
    const good = await stageShard(discord);
    const anything = fc.sample(fc.jsonValue(), 200);
    const traps = [{ toString: 1, valueOf: 1 }, [{ toString: 1 }], '__proto__', null];

    for (const d of [...anything, ...traps]) {
      good.send({ op: 8, d });
      good.send({ op: 8, d: { guild_id: d, user_ids: d, nonce: d } });
      good.send({ op: 8, d: { guild_id: guildId(0), user_ids: [d], nonce: d } });
    }
    for (const d of [...anything.slice(0, 20), ...traps]) {
      const resume = { op: 6, d: { token: discord.token, session_id: d, seq: d } };
      const stranger = { op: 2, d: { token: discord.token, intents: d, shard: [d, d], properties: d } };
      // oxlint-disable-next-line no-await-in-loop -- one after the other, so that a failure names its value
      for (const frame of [resume, stranger]) (await stageSocket(discord)).send(frame);
    }
    discord.dispatch('all', 'STILL_HERE', {});

    await good.frame(({ t }) => t === 'STILL_HERE');
  });

  it('do no harm to others', async () => {
    const discord = await stageDiscord();
    const good = await stageShard(discord);
    const bad = await stageSocket(discord);

    bad.sendText(Buffer.from([0, 255, 254, 1]));
    await bad.closed();
    const flood = await stageSocket(discord);
    flood.sendText(Buffer.alloc(1_000_000));
    await flood.closed();
    discord.dispatch('all', 'STILL_HERE', {});

    await good.frame(({ t }) => t === 'STILL_HERE');
  });
});

it('compresses as one zlib stream when asked to', async () => {
  const discord = await stageDiscord();
  const socket = new WebSocket(`${discord.gatewayUrl}/?v=10&encoding=json&compress=zlib-stream`);
  const inflate = createInflate();
  let text = '';
  inflate.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    inflate.emit('text', text);
  });
  socket.on('message', (data: Buffer) => inflate.write(data));

  await once(inflate, 'text');
  socket.send(JSON.stringify(identify(discord)));
  while (countOf('GUILD_CREATE', text) < 6) {
    // oxlint-disable-next-line no-await-in-loop -- one chunk after the other
    await once(inflate, 'text', { signal: AbortSignal.timeout(5_000) });
  }

  expect(text.startsWith('{"t":null,"s":null,"d":{"heartbeat_interval":41250},"op":10}')).toBe(true);
  expect(countOf('GUILD_CREATE', text)).toBe(6);
  socket.terminate();
});
