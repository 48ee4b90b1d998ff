/**
 * Payloads: what is asked, answered and told, the same for every contender.
 *
 * `page` counts up, since a bot's calls differ: one peer lets identical calls share one answer.
 */
import { Buffer } from 'node:buffer';

let page = 0;

/** Four fields, about 60 bytes as JSON. */
export function nextRequest() {
  page = (page + 1) % 1_000_000;
  return { guildId: '123456789012345678', page, locale: 'en-GB', fresh: true };
}

/** Five fields, about 200 bytes as JSON. */
const guild = {
  name: 'A guild of some size',
  memberCount: 48_123,
  channels: 212,
  owner: '234567890123456789',
  description: 'What a guild says about itself in a line that is neither short nor long, as they are.',
};

/** A hundred objects of six fields, about 14 kB as JSON. */
const members = Array.from({ length: 100 }, (_, i) => ({
  id: String(345_678_901_234_500_000n + BigInt(i)),
  name: `member number ${i} of the guild`,
  joinedAt: 1_700_000_000_000 + i * 86_400_000,
  roles: i % 12,
  bot: i % 20 === 0,
  nickname: i % 3 === 0 ? null : `somebody whom they call ${i}`,
}));

let heard = 0;

/** What every cluster answers, whoever carries the question. */
export const served = {
  getGuild: () => guild,
  listMembers: () => members,
  /** One-way. */
  changed: () => {
    heard += 1;
  },
};

/** One-way messages that came since the last call. */
export function takeHeard() {
  const count = heard;
  heard = 0;
  return count;
}

const bytesOf = (value) => Buffer.byteLength(JSON.stringify(value));
export const sizes = { request: bytesOf(nextRequest()), answer: bytesOf(guild), large: bytesOf(members) };
