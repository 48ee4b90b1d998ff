/**
 * Client frames: everything a bot may send to the gateway, parsed from untrusted bytes.
 *
 * Reading never throws; what cannot be read becomes a `bad` frame with the code to close with.
 */
import { isRecord } from '../json.js';
import { CloseCode, Op } from './protocol.js';

export type ClientFrame =
  | { readonly kind: 'heartbeat' }
  | { readonly kind: 'identify'; readonly data: unknown }
  | { readonly kind: 'resume'; readonly data: unknown }
  | { readonly kind: 'requestGuildMembers'; readonly data: unknown }
  | { readonly kind: 'noted' }
  | { readonly kind: 'bad'; readonly code: number; readonly reason: string };

/** @see https://discord.com/developers/docs/events/gateway#sending-events */
const LONGEST_FRAME = 4_096;

export function readClientFrame(bytes: Buffer): ClientFrame {
  if (bytes.length > LONGEST_FRAME) return undecodable(`The payload is longer than ${LONGEST_FRAME} bytes.`);
  try {
    const parsed: unknown = JSON.parse(bytes.toString('utf8'));
    return isRecord(parsed) ? frameOf(parsed) : undecodable('The payload is not an object.');
  } catch {
    return undecodable('The payload is not JSON.');
  }
}

function frameOf({ op, d }: Readonly<Record<string, unknown>>): ClientFrame {
  switch (op) {
    case Op.heartbeat:
      return { kind: 'heartbeat' };
    case Op.identify:
      return { kind: 'identify', data: d };
    case Op.resume:
      return { kind: 'resume', data: d };
    case Op.requestGuildMembers:
      return { kind: 'requestGuildMembers', data: d };
    case Op.presenceUpdate:
    case Op.voiceStateUpdate:
    case Op.requestSoundboardSounds:
      return { kind: 'noted' };
    default:
      return { kind: 'bad', code: CloseCode.unknownOpcode, reason: 'Unknown opcode.' };
  }
}

function undecodable(reason: string): ClientFrame {
  return { kind: 'bad', code: CloseCode.decodeError, reason };
}
