import type { Arr, Handlers, Str } from 'shardwire/contract';

type Wide = number;

interface Profile {
  /** @minLength many */
  name: string;
  /** @maximum 10 */
  bio: string;
  /** @pattern ( */
  code: string;
  /** @format phone */
  phone: string;
  /**
   * @minimum 5
   * @maximum 1
   */
  level: number;
}

export interface Profiles extends Handlers {
  get(data: { name: Str<{ min: Wide }> }): Profile;
  set(data: { names: Arr<string, { min: 3; max: 2 }> }): void;
}
