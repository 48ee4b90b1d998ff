/**
 * The handshake: how a connection gets a session, by IDENTIFY or by RESUME.
 *
 * @see https://discord.com/developers/docs/events/gateway#identifying
 * @see https://discord.com/developers/docs/events/gateway#resuming
 */
import { randomBytes } from 'node:crypto';
import type { LocalDiscordEmitter } from '../events.js';
import { isRecord, isWhole } from '../json.js';
import { guildCreatePayload } from '../world/guild-payload.js';
import type { World } from '../world/world.js';
import type { Connection } from './connection.js';
import type { IdentifyFaults } from './identify-faults.js';
import type { IdentifyLimiter } from './identify-limiter.js';
import { type Identify, isToken, judgeIdentify } from './identify-rules.js';
import { throughIntents } from './intents.js';
import { CloseCode, Op } from './protocol.js';
import { Session } from './session.js';
import type { SessionStartLimit } from './session-start-limit.js';
import type { SessionTable } from './session-table.js';

const GATEWAY_VERSION = 10;

export interface HandshakeDeps {
  readonly token: string;
  readonly gatewayUrl: string;
  readonly disallowedIntents: number;
  readonly world: World;
  readonly sessions: SessionTable;
  readonly limiter: IdentifyLimiter;
  readonly startLimit: SessionStartLimit;
  readonly faults: IdentifyFaults;
  readonly emitter: LocalDiscordEmitter;
}

export class Handshake {
  readonly #deps: HandshakeDeps;

  constructor(deps: HandshakeDeps) {
    this.#deps = deps;
  }

  identify(connection: Connection, data: unknown): void {
    const { token, disallowedIntents, world } = this.#deps;
    const guildsOn = (shardId: number, numShards: number): number =>
      world.guildsOf(shardId, numShards).length;
    const verdict = judgeIdentify(data, { token, disallowedIntents, guildsOn });

    if (verdict.ok) return this.#admit(connection, verdict.identify);
    this.#refuse(connection, { ...verdict.shard, closeCode: verdict.code, reason: verdict.reason });
  }

  resume(connection: Connection, data: unknown): void {
    if (!isRecord(data)) return connection.close(CloseCode.decodeError, 'Error while decoding payload.');
    if (!isToken(data['token'], this.#deps.token)) {
      return connection.close(CloseCode.authenticationFailed, 'Authentication failed.');
    }
    const { session_id: sessionId } = data;
    const session = typeof sessionId === 'string' ? this.#deps.sessions.get(sessionId) : undefined;
    if (session === undefined) return invalidSession(connection);
    this.#comeBack(connection, session, data['seq']);
  }

  /** The checks that use something up: they come last. */
  #admit(connection: Connection, identify: Identify): void {
    const { faults, limiter, startLimit } = this.#deps;
    const ordered = faults.take(identify.shardId);
    if (ordered !== undefined) {
      return this.#refuse(connection, { ...identify, closeCode: ordered, reason: 'Ordered by the test.' });
    }
    if (!limiter.tryTake(identify.shardId)) {
      const reason = 'Another shard of this bucket identified within the window.';
      return this.#refuse(connection, { ...identify, closeCode: undefined, reason });
    }
    if (!startLimit.tryTake()) {
      const closeCode = CloseCode.authenticationFailed;
      return this.#refuse(connection, { ...identify, closeCode, reason: 'No session start is left.' });
    }
    this.#welcome(connection, identify);
  }

  #welcome(connection: Connection, identify: Identify): void {
    const { sessions, emitter } = this.#deps;
    const session = new Session({ sessionId: randomBytes(16).toString('hex'), ...identify }, connection);
    sessions.add(session);
    connection.session = session;

    this.#sendReady(session);
    this.#sendGuilds(session);
    emitter.emit('identify', session.info);
  }

  #sendReady(session: Session): void {
    const { world, gatewayUrl } = this.#deps;
    const { sessionId, shardId, numShards } = session.facts;
    session.dispatch('READY', {
      v: GATEWAY_VERSION,
      user: world.bot,
      guilds: world.guildsOf(shardId, numShards).map(({ id }) => ({ id, unavailable: true })),
      session_id: sessionId,
      resume_gateway_url: gatewayUrl,
      shard: [shardId, numShards],
      application: { id: world.bot.id, flags: 0 },
    });
  }

  #sendGuilds(session: Session): void {
    const { world } = this.#deps;
    const { shardId, numShards, intents } = session.facts;
    for (const guild of world.guildsOf(shardId, numShards)) {
      const event = { t: 'GUILD_CREATE', d: guildCreatePayload(guild, world.bot) };
      const seen = throughIntents(event, { intents, botId: world.bot.id });
      if (seen !== undefined) session.dispatch(seen.t, seen.d);
    }
  }

  #refuse(connection: Connection, refusal: Refusal): void {
    const { closeCode, reason, shardId, numShards } = refusal;
    if (closeCode === undefined) invalidSession(connection);
    else connection.close(closeCode, reason);
    this.#deps.emitter.emit('identifyRefused', { shardId, numShards, closeCode, reason });
  }

  #comeBack(connection: Connection, session: Session, sequence: unknown): void {
    if (!isWhole(sequence) || sequence < 0 || sequence > session.sequence) {
      return connection.close(CloseCode.invalidSequence, 'Invalid seq.');
    }
    const missed = session.missedSince(sequence);
    if (missed === undefined) return invalidSession(connection);

    session.attach(connection);
    connection.session = session;
    for (const frame of missed) connection.send(frame);
    session.dispatch('RESUMED', { _trace: [] });
    this.#deps.emitter.emit('resume', { session: session.info, replayed: missed.length });
  }
}

interface Refusal {
  readonly shardId?: number;
  readonly numShards?: number;
  readonly closeCode: number | undefined;
  readonly reason: string;
}

/** Op 9 with `false`: nothing to resume, identify anew. */
function invalidSession(connection: Connection): void {
  connection.send({ op: Op.invalidSession, d: false });
}
