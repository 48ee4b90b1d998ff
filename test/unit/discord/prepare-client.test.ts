import { EventEmitter } from 'node:events';
import { Client } from 'discord.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isClientReady, onceClientReady } from '../../../src/discord/client-readiness.js';
import { prepareClient } from '../../../src/discord/prepare-client.js';

const plan = {
  shardList: [4, 5],
  totalShards: 8,
  buildIdentifyThrottler: () => Promise.resolve({ waitForIdentify: () => Promise.resolve() }),
};

const clients: Client[] = [];

function makeClient(options: object = {}): Client {
  const client = new Client({ intents: [], ...options });
  clients.push(client);
  return client;
}

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.destroy()));
});

describe('prepareClient', () => {
  it('gives a discord.js client its shards and its turn to identify, before it logs in', () => {
    const client = makeClient();

    prepareClient(client, plan);

    expect(client.options).toMatchObject({
      shards: [4, 5],
      shardCount: 8,
      ws: { buildIdentifyThrottler: plan.buildIdentifyThrottler },
    });
  });

  it('keeps what else the client was told about its gateway', () => {
    const client = makeClient({ ws: { large_threshold: 51 } });

    prepareClient(client, plan);

    expect(client.options.ws).toMatchObject({ large_threshold: 51 });
  });

  it('gives a list of its own', () => {
    const client = makeClient();

    prepareClient(client, plan);

    expect(client.options.shards).not.toBe(plan.shardList);
  });

  it.each([
    { shards: [1, 2] },
    { shards: 'auto' },
    { shards: 3 },
    { shardCount: 4 },
    { shards: [0], shardCount: 2 },
  ])('refuses a client with shards in its options, %j, and says what to do', (options) => {
    const client = makeClient(options);
    const before = JSON.stringify(client.options.shards);

    expect(() => prepareClient(client, plan)).toThrow(
      /already has shards in its options .*remove `shards` and `shardCount`/,
    );
    expect(JSON.stringify(client.options.shards)).toBe(before);
  });

  it('takes a client that was told of the one shard it has anyway', () => {
    expect(() => prepareClient(makeClient({ shards: [0], shardCount: 1 }), plan)).not.toThrow();
  });

  it('refuses a client that is logging in already, and says what to do', async () => {
    const client = makeClient();
    vi.spyOn(client.rest, 'get').mockReturnValue(new Promise(() => {}));
    const login = client.login('MTA.x.y').catch(() => 'ended');

    expect(() => prepareClient(client, plan)).toThrow(
      /has already logged in: call `new ClusterClient\(client\)` before `client.login\(\)`/,
    );
    await client.destroy();
    void login;
  });

  it.each([
    ['a bare emitter', () => new EventEmitter()],
    ['a stub that cannot log in', () => Object.assign(new EventEmitter(), { options: { shards: 'mine' } })],
    ['a stub without options', () => Object.assign(new EventEmitter(), { login: () => {} })],
  ])('leaves %s alone', (_what, make) => {
    const stub = make();
    const before = Object.entries(stub);

    prepareClient(stub, plan);

    expect(Object.entries(stub)).toEqual(before);
  });
});

describe('readiness', () => {
  it('of a stub is given', () => {
    const ready = vi.fn<() => void>();

    onceClientReady(new EventEmitter(), ready);

    expect(ready).toHaveBeenCalledOnce();
  });

  it('of a client comes with its event, once', () => {
    const client = Object.assign(new EventEmitter(), { isReady: () => false });
    const ready = vi.fn<() => void>();
    onceClientReady(client, ready);
    const before = ready.mock.calls.length;

    client.emit('clientReady');
    client.emit('clientReady');

    expect([before, ready.mock.calls.length, isClientReady(client)]).toEqual([0, 1, false]);
  });
});
