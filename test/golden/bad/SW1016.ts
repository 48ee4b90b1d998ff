import type { Errors, Handlers } from 'shardwire/contract';

export interface GuildErrors extends Errors {
  notLoaded: void;
  Error: { reason: string };
  'Not-There': void;
  Maybe?: { id: string };
}

export interface Guilds extends Handlers {
  reload(): void;
}
