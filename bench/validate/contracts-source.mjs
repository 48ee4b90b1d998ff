/** The same payloads as a contract. Plain strings and numbers, so that every contender checks the same. */
export const CONTRACT = `import type { Events } from 'shardwire/contract';

interface Item {
  id: string;
  name: string;
  members: number;
  channels: number;
  large: boolean;
  owner: string | null;
}

export interface Payloads extends Events {
  small: { guildId: string };
  fields: { guildId: string; name: string; members: number };
  many: Item[];
}
`;
