/** Events alone, in an interface that is called like a type of the language. */
import type { Events } from 'shardwire/contract';

export interface Record extends Events {
  changed: string;
}
