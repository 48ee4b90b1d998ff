/**
 * REST by plain fetch: the errors Discord gives, and what garbage does.
 */
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { LocalDiscord } from 'shardwire/testing';
import { guildId, stageDiscord } from './stage.js';

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

interface Question {
  readonly token?: string;
  readonly body?: string;
  readonly contentType?: string;
}

async function ask(discord: LocalDiscord, route: string, question: Question = {}): Promise<Answer> {
  const [method = 'GET', path = '/'] = route.split(' ');
  const { token = discord.token, body, contentType = 'application/json' } = question;
  const response = await fetch(`${discord.restApi}${path}`, {
    method,
    headers: { authorization: `Bot ${token}`, 'content-type': contentType },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

describe('REST', () => {
  it.each(['/v10/gateway/bot', '/v9/gateway/bot', '/gateway/bot'])('answers under %s', async (path) => {
    const discord = await stageDiscord();

    expect(await ask(discord, `GET ${path}`)).toMatchObject({
      status: 200,
      body: {
        url: discord.gatewayUrl,
        shards: 1,
        session_start_limit: { total: 1_000, remaining: 1_000, max_concurrency: 16 },
      },
    });
  });

  it('wants the token where Discord wants it, and only there', async () => {
    const discord = await stageDiscord();
    const unauthorized = { status: 401, body: { message: '401: Unauthorized', code: 0 } };

    expect(await ask(discord, 'GET /v10/gateway/bot', { token: 'x' })).toEqual(unauthorized);
    expect(await ask(discord, 'GET /v10/users/@me', { token: '' })).toEqual(unauthorized);
    expect(await ask(discord, 'GET /v10/gateway', { token: 'x' })).toMatchObject({ status: 200 });
  });

  it('says who the bot is', async () => {
    const discord = await stageDiscord({ user: { id: '99', username: 'tea-bot' } });

    expect(await ask(discord, 'GET /v10/users/@me')).toMatchObject({
      body: { id: '99', username: 'tea-bot' },
    });
    expect(await ask(discord, 'GET /v10/applications/@me')).toMatchObject({ body: { id: '99' } });
    expect(await ask(discord, 'GET /v10/oauth2/applications/@me')).toMatchObject({ body: { id: '99' } });
  });

  it.each([
    [404, 0, 'GET /v10/tea'],
    [404, 0, 'GET /v10/%zz'],
    [405, 0, 'DELETE /v10/gateway'],
    [404, 10_004, 'GET /v10/guilds/7'],
    [404, 10_003, 'GET /v10/channels/7'],
    [404, 10_003, 'POST /v10/channels/7/messages'],
    [404, 10_002, 'GET /v10/applications/7/commands'],
    [404, 10_062, 'POST /v10/interactions/7/token/callback'],
    [404, 10_015, 'PATCH /v10/webhooks/7/token/messages/@original'],
  ])('answers %i with code %i to %s', async (status, code, route) => {
    const discord = await stageDiscord();

    expect(await ask(discord, route)).toMatchObject({ status, body: { code } });
  });

  it('refuses a body that is no JSON with 50109', async () => {
    const discord = await stageDiscord();
    const { channel_id: channel } = discord.sendMessage({ guildId: guildId(0), content: 'x' });
    const route = `POST /v10/channels/${channel}/messages`;
    const notJson = { status: 400, body: { code: 50_109 } };

    expect(await ask(discord, route, { body: '{"content":' })).toMatchObject(notJson);
    const contentType = 'multipart/form-data; boundary=x';
    expect(await ask(discord, route, { body: 'garbage', contentType })).toMatchObject(notJson);
  });

  it('refuses a body that is too large with 413', async () => {
    const discord = await stageDiscord();

    const answer = await ask(discord, 'POST /v10/channels/1/messages', {
      body: 'x'.repeat(11 * 1024 * 1024),
    });

    expect(answer).toMatchObject({ status: 413, body: { code: 40_005 } });
  });

  it('shows what was asked, refused requests included, until it is told to forget', async () => {
    const discord = await stageDiscord();

    await ask(discord, 'GET /v10/gateway?x=1');
    await ask(discord, 'POST /v10/tea', { body: '{"cups":2}' });

    expect(discord.requests).toEqual([
      { method: 'GET', path: '/gateway', query: { x: '1' }, body: undefined, status: 200 },
      { method: 'POST', path: '/tea', query: {}, body: { cups: 2 }, status: 404 },
    ]);
    discord.clearRequests();
    expect(discord.requests).toEqual([]);
  });

  it.each([
    'complete garbage\r\n\r\n',
    'GET /api/v10/gateway HTTP/9.9\r\n\r\n',
    'GET /api/v10/gateway HTTP/1.1\r\nContent-Length: x\r\n\r\n',
    'GET /tea HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n',
    'GET // HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
  ])('survives %j', async (bytes) => {
    const discord = await stageDiscord();
    const { hostname, port } = new URL(discord.restApi);
    const socket = connect(Number(port), hostname);

    socket.resume().write(bytes);
    await once(socket, 'close', { signal: AbortSignal.timeout(5_000) });

    expect(await ask(discord, 'GET /v10/gateway')).toMatchObject({ status: 200 });
  });

  it('survives a client that leaves in the middle of its request', async () => {
    const discord = await stageDiscord();
    const { hostname, port } = new URL(discord.restApi);
    const socket = connect(Number(port), hostname);

    socket.write(
      'POST /api/v10/channels/1/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"half',
    );
    await once(socket, 'ready');
    socket.destroy();

    expect(await ask(discord, 'GET /v10/gateway')).toMatchObject({ status: 200 });
    expect(discord.requests).toHaveLength(1);
  });
});
