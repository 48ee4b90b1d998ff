/**
 * Real discord.js clients on a local Discord, with nothing changed but `rest.api`.
 */
import {
  type ChatInputCommandInteraction,
  Client,
  DiscordjsErrorCodes,
  EmbedBuilder,
  Events,
  GatewayIntentBits,
  MessageFlags,
  SlashCommandNumberOption,
} from 'discord.js';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { makeGuilds, startLocalDiscord } from 'shardwire/testing';
import { guildId, stageBot, stageClient, stageDiscord } from './stage.js';

function answer(
  client: Client,
  respond: (interaction: ChatInputCommandInteraction) => Promise<unknown>,
): void {
  client.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isChatInputCommand()) void respond(interaction);
  });
}

describe('logging in', () => {
  it('gives two shards exactly the guilds that are theirs', async () => {
    const discord = await stageDiscord({ guilds: makeGuilds(10) });

    const client = await stageBot(discord, { shards: [1, 3], shardCount: 4 });

    const expected = [...discord.guildIdsOf(1, 4), ...discord.guildIdsOf(3, 4)];
    expect(expected).toHaveLength(5);
    expect([...client.guilds.cache.keys()].toSorted()).toEqual(expected.toSorted());
    expect(client.guilds.cache.every((guild) => guild.available)).toBe(true);
  });

  it('shows guilds as they were given', async () => {
    const discord = await stageDiscord({
      guilds: [{ id: '42', name: 'Tea house', memberCount: 77, channels: [{ id: '43', name: 'green' }] }],
    });

    const client = await stageBot(discord);

    const guild = client.guilds.cache.get('42');
    expect([guild?.name, guild?.memberCount, guild?.members.me?.id]).toEqual([
      'Tea house',
      77,
      discord.botId,
    ]);
    expect(client.channels.cache.get('43')).toMatchObject({ name: 'green', guildId: '42' });
  });

  it('recommends shards for a client that leaves the number to Discord', async () => {
    const discord = await stageDiscord({ recommendedShards: 2 });

    const client = await stageBot(discord, { shards: 'auto' });

    expect(client.options.shardCount).toBe(2);
    expect(client.guilds.cache.size).toBe(6);
    expect(discord.sessions.map(({ shardId, numShards }) => [shardId, numShards])).toEqual([
      [0, 2],
      [1, 2],
    ]);
  });

  it('shows one session per shard, and two where two clients run the same shard', async () => {
    const discord = await stageDiscord({ identifyWindowMs: 1 });

    await stageBot(discord, { shards: [0], shardCount: 2 });
    await stageBot(discord, { shards: [1], shardCount: 2 });
    const alone = discord.sessions.map(({ shardId }) => shardId);
    await stageBot(discord, { shards: [1], shardCount: 2 });

    expect(alone).toEqual([0, 1]);
    expect(discord.sessions.map(({ shardId }) => shardId)).toEqual([0, 1, 1]);
  });

  it('lets each session go by its own shard count', async () => {
    const discord = await stageDiscord();

    const [one, two] = await Promise.all([
      stageBot(discord, { shards: [0], shardCount: 1 }),
      stageBot(discord, { shards: [1], shardCount: 2 }),
    ]);

    expect([one.guilds.cache.size, two.guilds.cache.size]).toEqual([6, 3]);
  });

  it('refuses a bad token as Discord does', async () => {
    const discord = await stageDiscord();
    const client = stageClient(discord);

    await expect(client.login('not.the.token')).rejects.toMatchObject({
      code: DiscordjsErrorCodes.TokenInvalid,
    });
    expect(discord.sessions).toEqual([]);
  });

  it('closes with 4010 for a shard that cannot be', async () => {
    const discord = await stageDiscord();
    const client = stageClient(discord, { shards: [5], shardCount: 2 });
    const disconnected = once(client, Events.ShardDisconnect);

    await expect(client.login(discord.token)).rejects.toThrow('Invalid shard');

    expect(await disconnected).toMatchObject([{ code: 4010 }, 5]);
  });

  it('closes with 4014 for an intent that is not switched on', async () => {
    const discord = await stageDiscord({ disallowedIntents: GatewayIntentBits.MessageContent });
    const client = stageClient(discord);
    const disconnected = once(client, Events.ShardDisconnect);

    await expect(client.login(discord.token)).rejects.toThrow('disallowed intents');

    expect(await disconnected).toMatchObject([{ code: 4014 }, 0]);
  });

  it('counts the session starts down', async () => {
    const discord = await stageDiscord({ sessionStartLimit: { total: 1_000, remaining: 5 } });
    const client = await stageBot(discord, { shards: [0, 1], shardCount: 2 });

    const response = await client.rest.get('/gateway/bot');

    expect(response).toMatchObject({
      url: discord.gatewayUrl,
      session_start_limit: { total: 1_000, remaining: 3, max_concurrency: 16 },
    });
  });
});

describe('running a command', () => {
  it('brings the reply of the bot', async () => {
    const discord = await stageDiscord();
    const client = await stageBot(discord);
    const embed = new EmbedBuilder().setTitle('ping');
    answer(client, (command) => command.reply({ content: 'pong', embeds: [embed] }));

    const reply = await discord.runCommand({ guildId: guildId(2), name: 'ping' });

    expect(reply).toMatchObject({ content: 'pong', ephemeral: false, deferred: false });
    expect(reply.embeds[0]?.title).toBe('ping');
  });

  it('hands over who ran it, where, and with which options', async () => {
    const discord = await stageDiscord();
    const client = await stageBot(discord);
    answer(client, (command) => {
      const { options, user, guild } = command;
      const seen = [
        options.getSubcommand(),
        options.getString('tea'),
        options.getInteger('cups'),
        options.getNumber('sugar'),
        options.getBoolean('milk'),
        user.username,
        guild?.name,
      ];
      return command.reply(JSON.stringify(seen));
    });

    const reply = await discord.runCommand({
      guildId: guildId(1),
      name: 'brew',
      subcommand: 'now',
      options: { tea: 'green', cups: 2, sugar: 0.5, milk: false },
      user: { username: 'ada' },
    });

    expect(JSON.parse(reply.content)).toEqual(['now', 'green', 2, 0.5, false, 'ada', 'Guild 1']);
  });

  it('waits for a deferred reply, and knows an ephemeral one', async () => {
    const discord = await stageDiscord();
    const client = await stageBot(discord);
    answer(client, async (command) => {
      await command.deferReply({ flags: MessageFlags.Ephemeral });
      await command.editReply('after some thought');
    });

    const reply = await discord.runCommand({ guildId: guildId(0), name: 'think' });

    expect(reply).toMatchObject({ content: 'after some thought', deferred: true, ephemeral: true });
  });

  it('gives the bot what it asks for: the response, the reply, edits, follow-ups, deletions', async () => {
    const discord = await stageDiscord();
    const client = await stageBot(discord);
    const seen = new Promise<unknown[]>((resolve, reject) => {
      answer(client, async (command) => {
        try {
          const response = await command.reply({ content: 'one', withResponse: true });
          const edited = await command.editReply('two');
          const fetched = await command.fetchReply();
          const more = await command.followUp({ content: 'three', flags: MessageFlags.Ephemeral });
          await command.webhook.editMessage(more, 'four');
          const four = await command.webhook.fetchMessage(more.id);
          await command.webhook.deleteMessage(more);
          await command.deleteReply();
          resolve([response.resource?.message?.content, edited.content, fetched.content, four.content]);
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });

    const reply = await discord.runCommand({ guildId: guildId(0), name: 'talk' });

    expect(reply.content).toBe('one');
    expect(await seen).toEqual(['one', 'two', 'two', 'four']);
  });

  it('takes files that are uploaded with a reply', async () => {
    const discord = await stageDiscord();
    const client = await stageBot(discord);
    answer(client, (command) =>
      command.reply({ content: 'here', files: [{ attachment: Buffer.from('tea'), name: 'tea.txt' }] }),
    );

    const { content, message } = await discord.runCommand({ guildId: guildId(0), name: 'file' });

    expect(content).toBe('here');
    expect(message.attachments).toMatchObject([{ filename: 'tea.txt', size: 3 }]);
  });

  it('gives the second of two answers the error of Discord', async () => {
    const discord = await stageDiscord({ identifyWindowMs: 1 });
    const failed = new Promise<unknown>((resolve) => {
      const start = () =>
        stageBot(discord).then((client) => answer(client, (command) => command.reply('me').catch(resolve)));
      void start()
        .then(start)
        .then(() => discord.runCommand({ guildId: guildId(0), name: 'who' }), resolve);
    });

    expect(await failed).toMatchObject({ code: 40_060, status: 400 });
  });

  it('ends at the deadline when the bot says nothing, and does not know it any more then', async () => {
    const discord = await stageDiscord();
    const client = await stageBot(discord);
    const asked = new Promise<ChatInputCommandInteraction>((resolve) => {
      answer(client, async (command) => resolve(command));
    });

    const reply = discord.runCommand({ guildId: guildId(0), name: 'sleep', timeoutMs: 50 });

    await expect(reply).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: `/sleep in guild ${guildId(0)}: the bot did not answer within 50 ms`,
    });
    await expect((await asked).reply('late')).rejects.toMatchObject({ code: 10_062, status: 404 });
  });

  it('ends at the second deadline when a deferred reply does not come', async () => {
    const discord = await stageDiscord();
    const client = await stageBot(discord);
    answer(client, (command) => command.deferReply());

    const reply = discord.runCommand({ guildId: guildId(0), name: 'think', deferredTimeoutMs: 50 });

    await expect(reply).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: expect.stringContaining('deferred'),
    });
  });

  it('says so when the bot answers with something that is no message', async () => {
    const discord = await stageDiscord();
    const client = await stageBot(discord);
    answer(client, (command) => command.showModal({ customId: 'x', title: 'x', components: [] }));

    const reply = discord.runCommand({ guildId: guildId(0), name: 'form' });

    await expect(reply).rejects.toMatchObject({ code: 'UNEXPECTED_RESPONSE' });
  });

  it('refuses option values that no command has, and waits for nothing then', async () => {
    const discord = await stageDiscord();
    await stageBot(discord);
    const options = { cups: 2n } as unknown as Record<string, number>;

    await expect(discord.runCommand({ guildId: guildId(0), name: 'brew', options })).rejects.toThrow(
      'runCommand(options.cups) must be a string, a number or a boolean, got 2n',
    );
  });

  it('fails at once when nobody serves the guild', async () => {
    const discord = await stageDiscord();
    await stageBot(discord, { shards: [0], shardCount: 2 });

    await expect(discord.runCommand({ guildId: guildId(1), name: 'ping' })).rejects.toMatchObject({
      code: 'NO_SESSION',
    });
    await expect(discord.runCommand({ guildId: '77', name: 'ping' })).rejects.toMatchObject({
      code: 'UNKNOWN_GUILD',
    });
  });

  it('goes by the types and the id of the command that the bot registered', async () => {
    const discord = await stageDiscord();
    const client = await stageBot(discord);
    const option = new SlashCommandNumberOption().setName('sugar').setDescription('spoons').toJSON();
    const registered = await client.application?.commands.set([
      { name: 'brew', description: 'Brews', options: [option] },
    ]);
    answer(client, (command) => command.reply(`${command.commandId} ${command.options.getNumber('sugar')}`));

    const reply = await discord.runCommand({ guildId: guildId(0), name: 'brew', options: { sugar: 2 } });

    expect(reply.content).toBe(`${registered?.first()?.id} 2`);
    expect((await client.application?.commands.fetch())?.map(({ name }) => name)).toEqual(['brew']);
  });

  it('lets a bot manage commands of one guild', async () => {
    const discord = await stageDiscord();
    const client = await stageBot(discord);
    const commands = client.guilds.cache.get(guildId(0))?.commands;

    const created = await commands?.create({ name: 'tea', description: 'Tea' });
    const firstName = created?.name;
    const edited = await commands?.edit(created?.id ?? '', { name: 'green-tea' });
    await commands?.delete(created?.id ?? '');

    expect([firstName, edited?.name, edited?.id]).toEqual(['tea', 'green-tea', created?.id]);
    expect((await commands?.fetch())?.size).toBe(0);
  });
});

describe('messages', () => {
  it('reach the bot, and its reply can be seen', async () => {
    const discord = await stageDiscord();
    const client = await stageBot(discord);
    client.on(Events.MessageCreate, (message) => {
      if (message.content === 'ping') void message.reply('pong');
    });

    const message = discord.sendMessage({
      guildId: guildId(3),
      content: 'ping',
      author: { username: 'ada' },
    });
    const request = await discord.waitForRequest(({ method }) => method === 'POST');

    expect(request).toMatchObject({ path: `/channels/${message.channel_id}/messages`, status: 200 });
    expect(request.body).toMatchObject({ content: 'pong', message_reference: { message_id: message.id } });
  });

  it('can be edited and deleted by the bot', async () => {
    const discord = await stageDiscord();
    const client = await stageBot(discord);
    const channel = client.guilds.cache.get(guildId(0))?.channels.cache.first();
    if (channel?.isTextBased() !== true) throw new Error('no channel');

    await channel.sendTyping();
    const sent = await channel.send('one');
    const edited = await sent.edit('two');
    await sent.delete();

    expect(edited.content).toBe('two');
    await expect(channel.messages.fetch({ message: sent.id, force: true })).rejects.toMatchObject({
      code: 10_008,
    });
  });

  it('are hidden from a bot without the intent', async () => {
    const discord = await stageDiscord();
    const client = await stageBot(discord, { intents: GatewayIntentBits.Guilds });
    const seen: string[] = [];
    client.on(Events.MessageCreate, ({ content }) => seen.push(content));
    const guildRemoved = once(client, Events.GuildDelete);

    discord.sendMessage({ guildId: guildId(0), content: 'ping' });
    discord.removeGuild(guildId(1));
    await guildRemoved;

    expect(seen).toEqual([]);
  });
});

describe('guilds', () => {
  it('come and go while the bot runs', async () => {
    const discord = await stageDiscord();
    const client = await stageBot(discord);
    const created = once(client, Events.GuildCreate);
    const deleted = once(client, Events.GuildDelete);

    discord.addGuild({ id: '42', name: 'New' });
    discord.removeGuild(guildId(0));

    expect((await created)[0]).toMatchObject({ id: '42', name: 'New' });
    expect((await deleted)[0]).toMatchObject({ id: guildId(0) });
    await expect(client.rest.get('/guilds/42')).resolves.toMatchObject({ name: 'New' });
  });

  it('answer a request for their members', async () => {
    const discord = await stageDiscord();
    const client = await stageBot(discord, {
      intents: GatewayIntentBits.Guilds | GatewayIntentBits.GuildMembers,
    });

    const members = await client.guilds.cache.get(guildId(0))?.members.fetch({ user: [discord.botId] });

    expect([...(members?.keys() ?? [])]).toEqual([discord.botId]);
  });
});

describe('an interaction dispatched by hand', () => {
  it('can be answered', async () => {
    const discord = await stageDiscord();
    const client = await stageBot(discord);
    client.on(Events.InteractionCreate, (interaction) => {
      if (interaction.isButton()) void interaction.update('pressed');
    });
    const message = discord.sendMessage({ guildId: guildId(0), content: 'press' });

    const reached = discord.dispatch({ guildId: guildId(0) }, 'INTERACTION_CREATE', {
      id: '5',
      token: 'button-token',
      type: 3,
      application_id: discord.botId,
      channel_id: message.channel_id,
      user: message.author,
      message,
      data: { component_type: 2, custom_id: 'b' },
      entitlements: [],
      authorizing_integration_owners: {},
    });
    const request = await discord.waitForRequest(
      ({ path }) => path === '/interactions/5/button-token/callback',
    );

    expect(reached).toBe(1);
    expect(request).toMatchObject({ status: 204, body: { type: 7, data: { content: 'pressed' } } });
  });
});

describe('REST faults', () => {
  it('fail the next requests, and then all is well', async () => {
    const discord = await stageDiscord();
    const client = await stageBot(discord, { rest: { api: discord.restApi, retries: 0 } });
    discord.failNext('GET /guilds/:id', { status: 500 });

    await expect(client.rest.get(`/guilds/${guildId(0)}`)).rejects.toMatchObject({ status: 500 });
    await expect(client.rest.get(`/guilds/${guildId(0)}`)).resolves.toMatchObject({ id: guildId(0) });
  });

  it('are retried by discord.js when they are rate limits', async () => {
    const discord = await stageDiscord();
    discord.failNext('GET /gateway/bot', { status: 429 });

    await stageBot(discord);

    expect(discord.requests.map(({ path, status }) => [path, status])).toEqual([
      ['/gateway/bot', 429],
      ['/gateway/bot', 200],
    ]);
  });
});

describe('starting', () => {
  it('says what is wrong with the guilds', async () => {
    const guild = { id: guildId(0) };

    await expect(startLocalDiscord({ guilds: [guild, guild] })).rejects.toThrow('was given twice');
    await expect(startLocalDiscord({ guilds: [{ id: 'tea' }] })).rejects.toThrow("got 'tea'");
  });

  it('fails when the port is taken', async () => {
    const discord = await stageDiscord();
    const port = Number(new URL(discord.restApi).port);

    await expect(startLocalDiscord({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('what cannot be sent', () => {
  it('is refused where it is given, and breaks nothing', async () => {
    const discord = await stageDiscord();
    const client = await stageBot(discord);

    expect(() => discord.dispatch('all', 'EVENT', { n: 1n })).toThrow(TypeError);
    expect(() => discord.failNext('GET /gateway', { status: 500, body: 1n })).toThrow(TypeError);
    expect(() => discord.failNext('GET /gateway', { status: 500, headers: { a: 'b\n' } })).toThrow(TypeError);

    await expect(client.rest.get('/gateway')).resolves.toEqual({ url: discord.gatewayUrl });
  });
});

describe('closing', () => {
  it('ends every session, rejects every wait, frees the port, and may be done twice', async () => {
    const discord = await startLocalDiscord({ guilds: makeGuilds(2) });
    const client = await stageBot(discord);
    const asked = once(client, Events.InteractionCreate);
    const waits = [
      discord.runCommand({ guildId: guildId(0), name: 'ping' }),
      discord.waitForSession(7),
      discord.waitForRequest(() => false),
      discord.waitForEvent('resume'),
    ].map((wait) => expect(wait).rejects.toMatchObject({ code: 'CLOSED' }));
    await asked;
    const shut = once(client, Events.ShardReconnecting);

    await Promise.all([discord.close(), discord.close()]);

    await Promise.all([...waits, shut]);
    expect(discord.sessions).toEqual([]);
    await expect(fetch(`${discord.restApi}/gateway`)).rejects.toThrow();
    await expect(discord.runCommand({ guildId: guildId(0), name: 'x' })).rejects.toMatchObject({
      code: 'CLOSED',
    });
    expect(() => discord.sendMessage({ guildId: guildId(0), content: 'x' })).toThrow('closed');
  });
});
