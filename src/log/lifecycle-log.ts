/**
 * Lifecycle log: the one place where the manager puts into words what happens.
 *
 * Each line goes to the `debug` event as text, and to the user's logger, if there is one, as text and fields.
 */
import { LOG_EVENTS } from './log-events.js';
import type { LogEvent } from './log-events.js';
import type { LogFields, Logger } from './logger.js';
import { reportUncaught } from '../async/report-uncaught.js';

/** Which process a line is about. */
export interface LoggedProcess {
  readonly id: number;
  /** `undefined` before there is one. */
  readonly pid: number | undefined;
  readonly generation: number;
}

export class LifecycleLog {
  readonly #logger: Logger | undefined;
  readonly #debug: (message: string) => void;

  constructor(logger: Logger | undefined, debug: (message: string) => void) {
    this.#logger = logger;
    this.#debug = debug;
  }

  cluster({ id, pid, generation }: LoggedProcess, event: LogEvent, reason: string): void {
    const facts = [pid && `pid ${pid}`, generation && `generation ${generation}`].filter(Boolean).join(', ');
    const who = facts === '' ? `cluster ${id}` : `cluster ${id} (${facts})`;
    const fields = { event, cluster: id, clusterPid: pid, generation, reason };
    this.#write(fields, `${who} ${LOG_EVENTS[event].says}: ${reason}`);
  }

  bot(event: LogEvent, reason: string): void {
    const { says } = LOG_EVENTS[event];
    this.#write({ event, reason }, reason === '' ? says : `${says}: ${reason}`);
  }

  #write(fields: LogFields, text: string): void {
    this.#debug(text);
    try {
      this.#logger?.[LOG_EVENTS[fields.event].level](fields, text);
    } catch (error) {
      // As with listeners: what is being done when something is logged must not be left half done.
      reportUncaught(error);
    }
  }
}
