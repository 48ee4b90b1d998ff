import type { Handlers } from 'shardwire/contract';

enum Colour {
  Red,
}

export interface Guilds extends Handlers {
  getColour(): Colour;
  getDate(): Date;
  getPair(): [string, number];
  getTable(): { [key: string]: number };
  getTopic(): `guild:${string}`;
}
