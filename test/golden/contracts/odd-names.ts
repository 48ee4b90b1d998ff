/** Names that want to be something else on a page. */
import type { ContractOptions, Handlers, Snowflake } from 'shardwire/contract';
import type { Shape } from '../shared/shapes.js';

interface string_ {
  'user-id': Snowflake;
  class: string;
  default: number;
  value: boolean;
  depth: null;
  isObject: string;
  "it's": 'quoted \' and "double" and \\ and \u2028';
  '1st': 1;
  ключ: string;
  '': string;
  item: { item: string[][] }[][];
}

/** A comment that tries *​/ to end, and
 * goes on. */
interface optional {
  union: Shape;
  literal?: array | undefined;
}

type array = optional[];

export interface oddNames extends Handlers {
  /** Deletes. */
  delete(data: string_): optional;
  'with-dash'(data: Partial<Pick<string_, 'class' | 'value'>> & { extra: number }): Page<Shape>;
  OddNames(data: Page<Page<number>>): void;
}

interface Page<T> {
  items: T[];
  next: string | null;
}

export const options = {
  delete: { target: { guild: 'user-id' } },
  'with-dash': {},
} as const satisfies ContractOptions<oddNames>;
