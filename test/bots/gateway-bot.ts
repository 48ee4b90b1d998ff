/**
 * A cluster with a real discord.js client, for tests of what supervision does with Discord.
 *
 * Writes every message it handles, and its own milestones, into the file `JOURNAL`, one JSON line each. With
 * `WAIT_FOR_LOGIN` set it logs in when the event `login` comes; with `FAIL=<id>`, that cluster throws at its start; with
 * `BROKEN_AFTER=<file>`, every process throws at its start once that file is there.
 */
import { appendFileSync, existsSync } from 'node:fs';
import { Client, Events, GatewayIntentBits } from 'discord.js';
import { ClusterClient } from 'shardwire';

const { BROKEN_AFTER, DISCORD_API = '', DISCORD_TOKEN, FAIL, JOURNAL, WAIT_FOR_LOGIN } = process.env;

const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent],
  rest: { api: DISCORD_API },
});
const cluster = new ClusterClient(client);
if (FAIL === String(cluster.id)) throw new Error('this cluster fails, as its test wants it to');

function note(what: string, content = ''): void {
  if (JOURNAL === undefined) return;
  appendFileSync(
    JOURNAL,
    `${JSON.stringify({ what, content, at: Date.now(), id: cluster.id, pid: process.pid })}\n`,
  );
}

if (BROKEN_AFTER !== undefined && existsSync(BROKEN_AFTER))
  throw new Error('this version of the bot is broken');

client.on(Events.MessageCreate, ({ content }) => note('message', content));
client.once(Events.ClientReady, () => note('ready'));
cluster.events.on('ping', (data) => note('event', String(data)));
cluster.onShutdown(() => note('shutdown'));

cluster.ipc.handle('facts', () => ({ id: cluster.id, pid: process.pid, shards: cluster.totalShards }));
cluster.ipc.handle('count', (data: unknown) => {
  note('call', String(data));
  return data;
});
void cluster.whenActive().then(() => note('active'));
cluster.ipc.handle('guilds', async () => {
  await cluster.whenReady();
  return [...client.guilds.cache.keys()];
});
cluster.ipc.handle('slow', async (ms: number) => {
  await new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
  return process.pid;
});

if (WAIT_FOR_LOGIN !== undefined) {
  await new Promise((resolve) => {
    cluster.events.once('login', resolve);
  });
}
await client.login(DISCORD_TOKEN);
