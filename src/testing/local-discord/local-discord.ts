/**
 * The local Discord as a test sees it: drive it, watch it, break it.
 *
 * A thin front. Sessions and frames live in `gateway/`, HTTP in `rest/`, messages and interactions in `talk/`, guilds
 * and payloads in `world/`; `assemble.ts` puts them together.
 */
import type { APIMessage } from 'discord.js';
import { assemble, type LocalDiscordParts } from './assemble.js';
import { type EventWait, waitForEvent } from './event-wait.js';
import {
  type EventName,
  type EventPayload,
  LocalDiscordEmitter,
  type RestRequest,
  type SessionInfo,
} from './events.js';
import { CloseCode, Op } from './gateway/protocol.js';
import { describeTarget, type SessionTarget } from './gateway/target.js';
import { HttpHost } from './http-host.js';
import { asJson } from './json.js';
import { LocalDiscordError } from './local-discord-error.js';
import { refusal, requireDuration, requireText, requireWhole } from './option-check.js';
import { type LocalDiscordOptions, type ResolvedOptions, resolveOptions } from './options.js';
import type { RestFailure } from './rest/faults.js';
import type { CommandReply } from './talk/command-reply.js';
import { interactionStart } from './talk/interactions.js';
import { runCommand, type RunCommandOptions } from './talk/run-command.js';
import { guildCreatePayload } from './world/guild-payload.js';
import { type GuildSpec, resolveGuild } from './world/guild-spec.js';
import { textDraft } from './world/message-payload.js';
import { makePerson, type UserSpec } from './world/users.js';
import { asApiMessage } from './world/wire.js';

const WAIT_TIMEOUT_MS = 10_000;

/** A message that somebody writes in a guild. */
export interface SendMessageOptions {
  /** Id of the guild. */
  readonly guildId: string;
  /** Defaults to the guild's first channel. */
  readonly channelId?: string | undefined;
  /** Text of the message. */
  readonly content: string;
  /** Defaults to a user named `somebody`. */
  readonly author?: UserSpec | undefined;
}

/** How to wait for a shard. */
export interface WaitForSessionOptions {
  /** Only a session with this shard count will do. Any by default. */
  readonly numShards?: number | undefined;
  /** Defaults to 10 000 ms. */
  readonly timeoutMs?: number | undefined;
}

/** Which IDENTIFYs to refuse. */
export interface FailIdentifyOptions {
  /** Only those of this shard. Any by default. */
  readonly shardId?: number | undefined;
  /** Defaults to 1. */
  readonly times?: number | undefined;
}

/**
 * A Discord of your own on loopback, made by `startLocalDiscord`.
 *
 * It emits `identify`, `identifyRefused`, `resume`, `close` and `request`; see {@link LocalDiscordEvents}.
 * Every promise it gives ends: by what was waited for, at a deadline, or when it is closed.
 */
export class LocalDiscord extends LocalDiscordEmitter {
  readonly #parts: LocalDiscordParts;
  #closed: Promise<void> | undefined;

  private constructor(host: HttpHost, options: ResolvedOptions) {
    super();
    this.setMaxListeners(0);
    this.#parts = assemble({ host, options, emitter: this });
  }

  /** @internal Use `startLocalDiscord`. */
  static async start(options: LocalDiscordOptions): Promise<LocalDiscord> {
    const resolved = resolveOptions(options);
    const host = await HttpHost.listen(resolved.port);
    try {
      return new LocalDiscord(host, resolved);
    } catch (error) {
      await host.close();
      throw error;
    }
  }

  /** The url for `new Client({ rest: { api: discord.restApi } })`. The bot finds the gateway through it. */
  get restApi(): string {
    return `${this.gatewayUrl.replace('ws:', 'http:')}/api`;
  }

  /** The url of the gateway, as `GET /gateway/bot` gives it to the bot. */
  get gatewayUrl(): string {
    return this.#parts.gatewayUrl;
  }

  /** The token for `client.login(discord.token)`. Any other is refused. */
  get token(): string {
    return this.#parts.options.token;
  }

  /** The id of the bot's user and of its application. */
  get botId(): string {
    return this.#parts.world.bot.id;
  }

  /**
   * The sessions that get events now: identified, connected, not lost.
   *
   * A shard that appears twice with the same shard count is run by two clients at once.
   */
  get sessions(): readonly SessionInfo[] {
    return this.#parts.gateway.sessions;
  }

  /** The last 1 000 REST requests, oldest first. Also those that were refused. */
  get requests(): readonly RestRequest[] {
    return this.#parts.requestLog.list();
  }

  /** Ids of the guilds whose events a shard gets, in the order in which the guilds were given. */
  guildIdsOf(shardId: number, numShards: number): string[] {
    requireWhole('guildIdsOf(numShards)', numShards, { min: 1 });
    return this.#parts.world.guildsOf(shardId, numShards).map((guild) => guild.id);
  }

  /**
   * Runs a slash command and waits for the bot's answer.
   *
   * A deferred answer is waited for as well. Rejects with a {@link LocalDiscordError}: `NO_SESSION` at once when no
   * connected shard serves the guild, `TIMEOUT` when the answer does not come, `UNEXPECTED_RESPONSE` when it is no
   * message (a modal, say), `CLOSED` when this Discord closes first.
   *
   * @example
   * const reply = await discord.runCommand({ guildId, name: 'ping' });
   * expect(reply.content).toBe('pong');
   */
  async runCommand(options: RunCommandOptions): Promise<CommandReply> {
    this.#refuseWhenClosed();
    return runCommand(this.#parts, options);
  }

  /**
   * Writes a message into a guild: MESSAGE_CREATE on the shard of the guild.
   *
   * Nobody has to be listening. A session sees it only with the intent `GuildMessages`, and its content only with
   * `MessageContent`, as at Discord.
   */
  sendMessage(options: SendMessageOptions): APIMessage {
    this.#refuseWhenClosed();
    const content = requireText('sendMessage(content)', options.content);
    const channel = this.#parts.world.requireChannel(options.guildId, options.channelId);
    const author = makePerson(options.author, 'author');
    return asApiMessage(this.#parts.conversation.say(channel, author, textDraft(content)));
  }

  /**
   * Sends any gateway event, whatever the intents of the sessions, and returns how many connected sessions got it.
   *
   * Sessions that lost their connection get it when they resume. An INTERACTION_CREATE made this way can be answered
   * by the bot; watch for the answer with {@link waitForRequest}.
   */
  dispatch(target: SessionTarget, t: string, data: unknown): number {
    this.#refuseWhenClosed();
    const plain = asJson(data);
    const start = t === 'INTERACTION_CREATE' ? interactionStart(plain, makePerson()) : undefined;
    if (start !== undefined) this.#parts.interactions.add(start);
    return this.#parts.gateway.dispatch(target, requireText('dispatch(t)', t), plain);
  }

  /** Adds the bot to a guild: GUILD_CREATE on the guild's shard. */
  addGuild(spec: GuildSpec): void {
    this.#refuseWhenClosed();
    const { world, gateway } = this.#parts;
    const guild = resolveGuild(spec, 'guild');
    world.add(guild);
    gateway.publish(guild.id, 'GUILD_CREATE', guildCreatePayload(guild, world.bot));
  }

  /** Removes the bot from a guild: GUILD_DELETE on the guild's shard. */
  removeGuild(guildId: string): void {
    this.#refuseWhenClosed();
    this.#parts.world.remove(guildId);
    this.#parts.gateway.publish(guildId, 'GUILD_DELETE', { id: guildId });
  }

  /** Waits until a shard has a connected session. Resolves at once if it has one. */
  async waitForSession(shardId: number, options: WaitForSessionOptions = {}): Promise<SessionInfo> {
    const { numShards, timeoutMs } = options;
    const isWanted = (session: SessionInfo): boolean =>
      session.shardId === shardId && session.numShards === (numShards ?? session.numShards);
    const present = this.sessions.find(isWanted);
    if (present !== undefined) return present;

    const target = numShards === undefined ? shardId : { shardId, numShards };
    return this.#wait({
      on: ['identify', 'resume'],
      pick: () => this.sessions.find(isWanted),
      timeoutMs: timeoutMs ?? WAIT_TIMEOUT_MS,
      what: `session of ${describeTarget(target)}`,
    });
  }

  /**
   * Waits for a REST request that fulfils the predicate. Past ones count, see {@link clearRequests}.
   *
   * @param timeoutMs - Defaults to 10 000.
   */
  async waitForRequest(
    predicate: (request: RestRequest) => boolean,
    timeoutMs: number = WAIT_TIMEOUT_MS,
  ): Promise<RestRequest> {
    return this.requests.find(predicate) ?? this.waitForEvent('request', predicate, timeoutMs);
  }

  /**
   * Waits for the next event that fulfils the predicate; unlike `once`, with an end.
   *
   * @param timeoutMs - Defaults to 10 000.
   */
  async waitForEvent<Name extends EventName>(
    name: Name,
    predicate: (payload: EventPayload<Name>) => boolean = () => true,
    timeoutMs: number = WAIT_TIMEOUT_MS,
  ): Promise<EventPayload<Name>> {
    const pick = (payload: EventPayload<Name>): EventPayload<Name> | undefined =>
      predicate(payload) ? payload : undefined;
    return this.#wait({ on: [name], pick, timeoutMs, what: `'${name}' event that was waited for` });
  }

  /** Forgets the requests so far, so that {@link waitForRequest} sees only what is to come. */
  clearRequests(): void {
    this.#parts.requestLog.clear();
  }

  /**
   * Takes the connections away: without a close code by cutting TCP (the bot resumes), with one by a proper close.
   *
   * Like the other faults it throws `NO_SESSION` when there is nothing to break.
   *
   * @param closeCode - One of Discord's 4000 to 4999, or 1000 or 1001.
   */
  disconnect(target: SessionTarget, closeCode?: number): void {
    if (closeCode !== undefined) requireCloseCode(closeCode);
    for (const connection of this.#parts.gateway.connectionsOf(target)) {
      if (closeCode === undefined) connection.cut();
      else connection.close(closeCode, 'Closed by the test.');
    }
  }

  /** Asks the bot to reconnect and resume (op 7). */
  reconnect(target: SessionTarget): void {
    const frame = { op: Op.reconnect };
    for (const connection of this.#parts.gateway.connectionsOf(target)) connection.send(frame);
  }

  /** Tells the bot that its session is invalid (op 9): resumable, or to be identified anew. */
  invalidate(target: SessionTarget, resumable = false): void {
    const { gateway } = this.#parts;
    for (const connection of gateway.connectionsOf(target)) gateway.invalidate(connection, resumable);
  }

  /** Stops answering heartbeats on the present connections; the bot finds out after an interval or two, and resumes. */
  muteHeartbeats(target: SessionTarget): void {
    for (const connection of this.#parts.gateway.connectionsOf(target)) connection.acksMuted = true;
  }

  /**
   * Closes the connection of the next IDENTIFY with a code.
   *
   * @example
   * discord.failNextIdentify(4014); // disallowed intents
   */
  failNextIdentify(closeCode: number, { shardId, times }: FailIdentifyOptions = {}): void {
    requireCloseCode(closeCode);
    if (shardId !== undefined) requireWhole('failNextIdentify(shardId)', shardId, { min: 0 });
    const left = requireWhole('failNextIdentify(times)', times ?? 1, { min: 1 });
    this.#parts.identifyFaults.add({ closeCode, shardId, times: left });
  }

  /**
   * Lets the next requests to a REST route fail, whatever their token.
   *
   * @param route - Method and path; `:name` and `*` match any one segment.
   *
   * @example
   * discord.failNext('POST /channels/:id/messages', { status: 500, times: 2 });
   */
  failNext(route: string, failure: RestFailure): void {
    this.#parts.restFaults.add(route, failure);
  }

  /** Ends every connection, rejects every wait with `CLOSED`, and frees the port. May be called again. */
  close(): Promise<void> {
    this.#closed ??= this.#shutDown();
    return this.#closed;
  }

  /** Closes the local Discord at the end of an `await using` block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #shutDown(): Promise<void> {
    const { waits, gateway, host } = this.#parts;
    waits.rejectAll(closedError());
    gateway.close();
    return host.close();
  }

  #refuseWhenClosed(): void {
    if (this.#closed !== undefined) throw closedError();
  }

  async #wait<Name extends EventName, Found>(wanted: EventWait<Name, Found>): Promise<Found> {
    this.#refuseWhenClosed();
    requireDuration('timeoutMs', wanted.timeoutMs);
    return waitForEvent(this.#parts, wanted);
  }
}

function requireCloseCode(code: number): void {
  if (code === CloseCode.normal || code === CloseCode.goingAway) return;
  if (Number.isInteger(code) && code >= 4_000 && code <= 4_999) return;
  throw refusal('closeCode', '1000, 1001 or one from 4000 to 4999', code);
}

function closedError(): LocalDiscordError {
  return new LocalDiscordError('CLOSED', 'this local Discord is closed');
}
