/**
 * Lifecycle log: formats every lifecycle event of the bot.
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
  /** `undefined` before the process is started. */
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
    const subject = facts === '' ? `cluster ${id}` : `cluster ${id} (${facts})`;
    const fields = { event, cluster: id, clusterPid: pid, generation, reason };
    this.#write(fields, `${subject} ${LOG_EVENTS[event].text}: ${reason}`);
  }

  bot(event: LogEvent, reason: string): void {
    const { text } = LOG_EVENTS[event];
    this.#write({ event, reason }, reason === '' ? text : `${text}: ${reason}`);
  }

  #write(fields: LogFields, text: string): void {
    this.#debug(text);
    try {
      this.#logger?.[LOG_EVENTS[fields.event].level](fields, text);
    } catch (error) {
      // As with listeners: the operation that logs must not be left half done.
      reportUncaught(error);
    }
  }
}
