/** Types that contain themselves, and each other. */
import type { Handlers, Snowflake, UInt } from 'shardwire/contract';

/** A comment and what was answered to it. */
export interface Thread {
  author: Snowflake;
  text: string;
  replies: Thread[];
  /** What it answers, if it answers something. */
  parent?: Thread;
}

interface Folder {
  kind: 'folder';
  name: string;
  entries: readonly Entry[];
}

interface File {
  kind: 'file';
  name: string;
  size: UInt;
}

type Entry = Folder | File;

type Nested = string | Nested[];

interface Holder {
  thread: Thread | null;
  nested?: Nested;
}

export interface Trees extends Handlers {
  getThread(data: { id: Snowflake }): Thread | null;
  getFolder(): Promise<Folder>;
  flatten(data: Nested): string[];
  hold(data: Holder): void;
}
