/**
 * The gateway's numbers: opcodes and close codes, and which closes leave a session that can be resumed.
 *
 * @see https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway
 */

export const Op = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  presenceUpdate: 3,
  voiceStateUpdate: 4,
  resume: 6,
  reconnect: 7,
  requestGuildMembers: 8,
  invalidSession: 9,
  hello: 10,
  heartbeatAck: 11,
  requestSoundboardSounds: 31,
} as const;

export const CloseCode = {
  normal: 1000,
  goingAway: 1001,
  cut: 1006,
  unknownError: 4000,
  unknownOpcode: 4001,
  decodeError: 4002,
  notAuthenticated: 4003,
  authenticationFailed: 4004,
  alreadyAuthenticated: 4005,
  invalidSequence: 4007,
  sessionTimedOut: 4009,
  invalidShard: 4010,
  shardingRequired: 4011,
  invalidApiVersion: 4012,
  invalidIntents: 4013,
  disallowedIntents: 4014,
} as const;

/** A frame that only the gateway sends. */
export interface ServerFrame {
  readonly op: number;
  readonly d?: unknown;
  readonly s?: number;
  readonly t?: string;
}

/** An event on its way to one session. */
export interface DispatchFrame extends ServerFrame {
  readonly op: 0;
  readonly s: number;
  readonly t: string;
  readonly d: unknown;
}

const CLOSES_THAT_END_SESSIONS: ReadonlySet<number> = new Set([
  CloseCode.normal,
  CloseCode.goingAway,
  CloseCode.notAuthenticated,
  CloseCode.authenticationFailed,
  CloseCode.alreadyAuthenticated,
  CloseCode.invalidSequence,
  CloseCode.sessionTimedOut,
  CloseCode.invalidShard,
  CloseCode.shardingRequired,
  CloseCode.invalidApiVersion,
  CloseCode.invalidIntents,
  CloseCode.disallowedIntents,
]);

/**
 * Whether a session outlives a connection that closed with this code, from either side.
 *
 * @see https://discord.com/developers/docs/events/gateway#initiating-a-disconnect
 */
export function leavesSession(closeCode: number): boolean {
  return !CLOSES_THAT_END_SESSIONS.has(closeCode);
}
