/**
 * Logger: the interface that the manager logs to.
 *
 * It is what pino's loggers and `console` have in common, so that none of them is a dependency.
 */
import type { LogEvent } from './log-events.js';

/** The structured fields of a log line. */
export interface LogFields {
  /** Name of the event. Stable: code may depend on it. */
  readonly event: LogEvent;
  /** Id of the cluster; `undefined` in lines about the whole bot. */
  readonly cluster?: number | undefined;
  /** Id of the cluster's process. Not called `pid`, since pino adds the manager's `pid` to every line. */
  readonly clusterPid?: number | undefined;
  /** Number of the process among those started for this cluster id, from 1. */
  readonly generation?: number | undefined;
  /** Reason or details, for people: the text may change. */
  readonly reason?: string | undefined;
}

/** Logs one line: first its structured fields, then its text. */
export type LogMethod = (fields: LogFields, message: string) => void;

/**
 * Receives the manager's log lines. Any pino logger fits, and so does `console`.
 *
 * The methods are called on the logger itself. An error that a method throws becomes an uncaught exception one turn later,
 * like an error of a listener.
 */
export interface Logger {
  /** Logs details, such as a cluster whose code has loaded. */
  readonly debug: LogMethod;
  /** Logs normal lifecycle events, such as a start. */
  readonly info: LogMethod;
  /** Logs problems that the manager handles itself, such as the death of a process. */
  readonly warn: LogMethod;
  /** Logs problems that need attention, such as a cluster that has failed. */
  readonly error: LogMethod;
}

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/** Returns the logger. @throws TypeError when one of its methods is missing. */
export function checkedLogger(logger: Logger | undefined): Logger | undefined {
  const missing = logger && LEVELS.find((level) => typeof logger[level] !== 'function');
  if (missing !== undefined)
    throw new TypeError(`logger must have the methods ${LEVELS.join(', ')}: ${missing} is missing.`);
  return logger;
}
