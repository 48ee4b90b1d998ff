import { ShardClientUtil } from 'discord.js';
import { takePart } from '../../kit/participant.mjs';
import { served } from '../../kit/payloads.mjs';
import { StubClient } from '../stub-client.mjs';

const client = new StubClient();
// What `new Client()` does in a process that a ShardingManager has started.
client.shard = ShardClientUtil.singleton(client, process.env.SHARDING_MANAGER_MODE);
const { shard } = client;
process.on('message', ({ changed }) => {
  if (changed !== undefined) served.changed(changed);
});

takePart(Number(process.env.SHARDS), {
  ask: (data) => shard.broadcastEval((bot, query) => bot.getGuild(query), { shard: 1, context: data }),
  askLarge: (data) =>
    shard.broadcastEval((bot, query) => bot.listMembers(query), { shard: 1, context: data }),
  askAll: (data) => shard.broadcastEval((bot, query) => bot.getGuild(query), { context: data }),
  tell: (data) => shard.send({ to: 1, changed: data }),
  tellAll: (data) => shard.send({ to: -1, changed: data }),
});
client.emit('shardReady', Number(process.env.SHARDS));
