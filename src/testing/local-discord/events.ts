/**
 * What a local Discord tells a test while it runs.
 */
import { EventEmitter } from 'node:events';

/** A gateway session as it was at one moment. */
export interface SessionInfo {
  /** Id of the session, as in its READY. */
  readonly sessionId: string;
  /** Id of its shard. */
  readonly shardId: number;
  /** How many shards the bot said it has. Each session goes by its own number. */
  readonly numShards: number;
  /** The intents bitfield of its IDENTIFY. */
  readonly intents: number;
  /** `Date.now()` of its IDENTIFY. */
  readonly identifiedAt: number;
  /** `Date.now()` of its IDENTIFY or last RESUME. */
  readonly connectedAt: number;
  /** Sequence number of the last event it was given. */
  readonly sequence: number;
}

/** An IDENTIFY that did not become a session. */
export interface IdentifyRefusal {
  /** Id of the shard; `undefined` if the IDENTIFY named none. */
  readonly shardId: number | undefined;
  /** Shard count of the IDENTIFY; `undefined` if it named none. */
  readonly numShards: number | undefined;
  /** The code the connection was closed with; `undefined` if it got INVALID SESSION (op 9) instead. */
  readonly closeCode: number | undefined;
  /** Why it was refused, for people. */
  readonly reason: string;
}

/** A session that came back by RESUME. */
export interface SessionResume {
  /** The session that was resumed. */
  readonly session: SessionInfo;
  /** How many missed events were sent again. */
  readonly replayed: number;
}

/** A session that lost its connection. */
export interface SessionEnd {
  /** The session that lost its connection. */
  readonly session: SessionInfo;
  /** The close code, 1006 when the TCP connection was cut, `undefined` when the session was invalidated. */
  readonly code: number | undefined;
  /** Whether the bot may still RESUME it. */
  readonly resumable: boolean;
}

/** A REST request that was answered. */
export interface RestRequest {
  /** The HTTP method, in upper case. */
  readonly method: string;
  /** Without `/api/v10` and without the query: `/channels/123/messages`. */
  readonly path: string;
  /** The query parameters by name. */
  readonly query: Readonly<Record<string, string>>;
  /** The parsed JSON body (for an upload, its `payload_json`), `undefined` if there was none. */
  readonly body: unknown;
  /** The status that was answered. */
  readonly status: number;
}

/** The events of a `LocalDiscord`, each with one argument. */
export interface LocalDiscordEvents {
  /** A shard identified: READY and its guilds were sent. */
  identify: [session: SessionInfo];
  /** A shard tried to identify and was refused. */
  identifyRefused: [refusal: IdentifyRefusal];
  /** A shard resumed its session. */
  resume: [resume: SessionResume];
  /** A session has no connection any more. */
  close: [end: SessionEnd];
  /** A REST request was answered. */
  request: [request: RestRequest];
}

export type EventName = keyof LocalDiscordEvents;
export type EventPayload<Name extends EventName> = LocalDiscordEvents[Name][0];

/** The emitter behind a `LocalDiscord`. */
export class LocalDiscordEmitter extends EventEmitter<LocalDiscordEvents> {}
