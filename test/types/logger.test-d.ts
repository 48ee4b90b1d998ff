/**
 * A logger is whatever has pino's four methods: pino's own loggers, old and new, `console`, and one written by hand.
 *
 * Pino is not installed here: these are its call signatures, written down by hand.
 */
import { expectTypeOf } from 'vitest';
import type { ClusterManagerOptions, LogEvent, LogFields, Logger } from 'shardwire';

/** Up to pino 9.9. */
interface LogFnBefore {
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as it stands there
  <T extends object>(obj: T, msg?: string, ...args: unknown[]): void;
  (obj: unknown, msg?: string, ...args: unknown[]): void;
  (msg: string, ...args: unknown[]): void;
}

/** What a message's placeholders take. */
type Arguments<Message> = Message extends `${string}%${'s' | 'd' | 'j' | 'o'}${infer Rest}`
  ? [unknown, ...(Arguments<Rest> extends unknown[] ? Arguments<Rest> : [])]
  : [];

/** Since then: messages are parsed for their placeholders, fields may be declared. */
interface LogFnSince {
  <Message extends string = string>(msg: Message, ...args: Arguments<Message>): void;
  <T, Message extends string = string>(
    obj: [T] extends [object] ? T & object : T,
    msg?: T extends string ? never : Message,
    ...args: Arguments<Message> | []
  ): void;
}

interface PinoLogger<LogFn> {
  level: string;
  fatal: LogFn;
  error: LogFn;
  warn: LogFn;
  info: LogFn;
  debug: LogFn;
  trace: LogFn;
  silent: LogFn;
  child(bindings: Record<string, unknown>): PinoLogger<LogFn>;
}

expectTypeOf<PinoLogger<LogFnBefore>>().toExtend<Logger>();
expectTypeOf<PinoLogger<LogFnSince>>().toExtend<Logger>();
expectTypeOf(console).toExtend<Logger>();

declare function takes(options: ClusterManagerOptions): void;
declare const pino: PinoLogger<LogFnSince>;
takes({ logger: pino });
takes({ logger: console });

// Written by hand, its parameters have types.
const write = (fields: LogFields, message: string): void =>
  console.log(fields.cluster, fields.reason, message);
takes({
  logger: {
    debug: () => {},
    info: (fields, message) => {
      expectTypeOf(fields).toEqualTypeOf<LogFields>();
      expectTypeOf(message).toBeString();
    },
    warn: write,
    error: write,
  },
});

// @ts-expect-error -- there is no level of its own for what is worst
takes({ logger: { debug: write, info: write, warn: write } });
// @ts-expect-error -- a logger that takes no fields
expectTypeOf<(message: string) => void>().toExtend<Logger['info']>();

expectTypeOf<'died'>().toExtend<LogEvent>();
