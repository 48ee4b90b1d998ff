/** The payloads, as TypeScript writes them: what typia reads. */
export interface Small {
  guildId: string;
}

export interface Fields {
  guildId: string;
  name: string;
  members: number;
}

export interface Item {
  id: string;
  name: string;
  members: number;
  channels: number;
  large: boolean;
  owner: string | null;
}

export type Many = Item[];
