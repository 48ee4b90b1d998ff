/**
 * Logger: whom the manager tells what happens, if anyone.
 *
 * Nothing but the shape that pino's loggers and `console` have, so that none of them has to be installed here.
 */
import type { LogEvent } from './log-events.js';

/** What a line says, as data. */
export interface LogFields {
  /** Stable: code may be written against these words. */
  readonly event: LogEvent;
  /** The cluster's id. In lines about one cluster. */
  readonly cluster?: number | undefined;
  /** The id of the process that the line is about. Not `pid`: pino has one of its own in every line, the manager's. */
  readonly clusterPid?: number | undefined;
  /** Which of the processes started for this id it is, from 1. */
  readonly generation?: number | undefined;
  /** Why, or in what way. For people: the text may change. */
  readonly reason?: string | undefined;
}

export type LogMethod = (fields: LogFields, message: string) => void;

/**
 * Takes what the manager has to say. Any logger of pino's will do, and so will `console`.
 *
 * The methods are called on the logger itself. One that throws does so as any listener: uncaught, one turn later.
 */
export interface Logger {
  readonly debug: LogMethod;
  readonly info: LogMethod;
  readonly warn: LogMethod;
  readonly error: LogMethod;
}

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/** @throws TypeError for what cannot be told everything. */
export function checkedLogger(logger: Logger | undefined): Logger | undefined {
  const missing = logger && LEVELS.find((level) => typeof logger[level] !== 'function');
  if (missing !== undefined)
    throw new TypeError(`logger must have the methods ${LEVELS.join(', ')}: there is no ${missing}.`);
  return logger;
}
