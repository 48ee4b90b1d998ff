/**
 * The gateway: all connections and sessions, and the events that go to them.
 *
 * A guild's event goes to every session whose shard it falls on, by that session's own shard count. Two sessions of
 * one shard both get it, as with Discord: a test that finds two has found a bug in the bot's sharding.
 */
import type { WebSocket } from 'ws';
import type { LocalDiscordEmitter, SessionInfo } from '../events.js';
import { LocalDiscordError } from '../local-discord-error.js';
import type { World } from '../world/world.js';
import { Connection, type ConnectionFrame, type ConnectionOwner } from './connection.js';
import { plainWriter, zlibStreamWriter } from './frame-writer.js';
import type { Handshake } from './handshake.js';
import { throughIntents } from './intents.js';
import { memberChunk } from './member-chunk.js';
import { CloseCode, leavesSession, Op } from './protocol.js';
import type { Session } from './session.js';
import type { SessionTable } from './session-table.js';
import { describeTarget, isMeant, type SessionTarget } from './target.js';

const SERVED_VERSIONS: ReadonlySet<string> = new Set(['9', '10']);

export interface GatewayDeps {
  readonly heartbeatIntervalMs: number;
  readonly world: World;
  readonly sessions: SessionTable;
  readonly handshake: Handshake;
  readonly emitter: LocalDiscordEmitter;
}

export class Gateway implements ConnectionOwner {
  readonly heartbeatIntervalMs: number;
  readonly #deps: GatewayDeps;
  readonly #connections = new Set<Connection>();

  constructor(deps: GatewayDeps) {
    this.heartbeatIntervalMs = deps.heartbeatIntervalMs;
    this.#deps = deps;
  }

  get sessions(): SessionInfo[] {
    return this.#deps.sessions.live().map((session) => session.info);
  }

  accept(socket: WebSocket, query: URLSearchParams): void {
    const compressed = query.get('compress') === 'zlib-stream';
    const writer = compressed ? zlibStreamWriter(socket) : plainWriter(socket);
    const connection = new Connection(socket, writer, this);
    this.#connections.add(connection);
    if (!SERVED_VERSIONS.has(query.get('v') ?? '10')) {
      return connection.close(CloseCode.invalidApiVersion, 'Invalid API version.');
    }
    if ((query.get('encoding') ?? 'json') !== 'json') {
      return connection.close(CloseCode.decodeError, 'Only encoding=json is served here.');
    }
    connection.hello();
  }

  /** Gives an event of a guild to all sessions that want it. */
  publish(guildId: string, t: string, d: unknown): void {
    const botId = this.#deps.world.bot.id;
    const served = this.#deps.sessions.all().filter((session) => session.serves(guildId));
    for (const session of served) {
      const seen = throughIntents({ t, d }, { intents: session.facts.intents, botId });
      if (seen !== undefined) session.dispatch(seen.t, seen.d);
    }
  }

  /** Gives an event to the sessions meant, whatever their intents. Returns how many of them are connected. */
  dispatch(target: SessionTarget, t: string, d: unknown): number {
    const meant = this.#deps.sessions.all().filter((session) => isMeant(session, target));
    for (const session of meant) session.dispatch(t, d);
    return meant.filter((session) => session.isLive).length;
  }

  isServed(target: SessionTarget): boolean {
    return this.#deps.sessions.live().some((session) => isMeant(session, target));
  }

  /** The connections of the targeted sessions. At least one is required: a fault without a target is a mistake in the test. */
  connectionsOf(target: SessionTarget): Connection[] {
    const found = [...this.#connections].filter(
      ({ session }) => session !== undefined && isMeant(session, target),
    );
    if (found.length > 0) return found;
    throw new LocalDiscordError('NO_SESSION', `no session is connected for ${describeTarget(target)}`);
  }

  /** Takes the session away and says so with op 9. The connection stays. */
  invalidate(connection: Connection, resumable: boolean): void {
    this.#detach(connection, { code: undefined, resumable });
    connection.send({ op: Op.invalidSession, d: resumable });
  }

  close(): void {
    for (const connection of this.#connections) connection.cut();
  }

  onFrame(connection: Connection, frame: ConnectionFrame): void {
    switch (frame.kind) {
      case 'identify':
      case 'resume':
        return this.#authenticate(connection, frame);
      case 'requestGuildMembers':
        return this.#whenAuthenticated(connection, (session) => this.#sendMembers(session, frame.data));
      case 'noted':
        return this.#whenAuthenticated(connection, () => undefined);
    }
  }

  onEnd(connection: Connection, code: number): void {
    this.#connections.delete(connection);
    this.#detach(connection, { code, resumable: leavesSession(code) });
  }

  #authenticate(connection: Connection, frame: ConnectionFrame & { kind: 'identify' | 'resume' }): void {
    if (connection.session !== undefined) {
      return connection.close(CloseCode.alreadyAuthenticated, 'Already authenticated.');
    }
    if (frame.kind === 'identify') return this.#deps.handshake.identify(connection, frame.data);
    this.#deps.handshake.resume(connection, frame.data);
  }

  #whenAuthenticated(connection: Connection, act: (session: Session) => void): void {
    if (connection.session !== undefined) return act(connection.session);
    connection.close(CloseCode.notAuthenticated, 'Not authenticated.');
  }

  #sendMembers(session: Session, request: unknown): void {
    const chunk = memberChunk(request, this.#deps.world);
    if (chunk !== undefined && session.serves(chunk.guild_id)) session.dispatch('GUILD_MEMBERS_CHUNK', chunk);
  }

  #detach(
    connection: Connection,
    end: { readonly code: number | undefined; readonly resumable: boolean },
  ): void {
    const { session } = connection;
    if (session === undefined) return;

    connection.session = undefined;
    session.detach();
    if (!end.resumable) this.#deps.sessions.delete(session);
    this.#deps.emitter.emit('close', { session: session.info, ...end });
  }
}
