import { ClusterClient } from 'discord-hybrid-sharding';
import { takePart } from '../../kit/participant.mjs';
import { served } from '../../kit/payloads.mjs';
import { StubClient } from '../stub-client.mjs';

const client = new StubClient();
const cluster = new ClusterClient(client);
client.cluster = cluster;
cluster.on('message', (message) => {
  const { name, data, changed } = message.raw;
  if (name !== undefined) void message.reply({ answer: served[name](data) });
  else if (changed !== undefined) served.changed(changed);
});

/**
 * Its documentation knows two ways to ask another cluster, and each is the quicker one somewhere: a request that the
 * manager passes on, whose answer travels twice in each message; and broadcastEval, which gives a list even of one.
 */
async function request(to, name, data) {
  const { answer } = await cluster.request({ to, name, data });
  return answer;
}

async function evalOn(id, script, data) {
  const [answer] = await cluster.broadcastEval(script, { cluster: id, context: data });
  return answer;
}

takePart(cluster.id, {
  ask: (data) => request(1, 'getGuild', data),
  askLarge: (data) => evalOn(1, (bot, query) => bot.listMembers(query), data),
  askAll: (data) => cluster.broadcastEval((bot, query) => bot.getGuild(query), { context: data }),
  tell: (data) => cluster.send({ to: 1, changed: data }),
  tellAll: (data) => cluster.send({ to: -1, changed: data }),
});
cluster.triggerReady();
