import type { Handlers } from 'shardwire/contract';

interface Job {
  id: string;
  done: () => void;
  cancel(): void;
}

export interface Guilds extends Handlers {
  first(data: Job): void;
  second(data: { job: Job }): void;
}
