/**
 * Log events: what the manager tells of, how much it matters, and how it reads. To log something new, add a line.
 */

/** How a line about a cluster reads behind its name, or a line about the bot at its beginning; a reason may follow. */
interface LogEventKind {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly says: string;
}

export const LOG_EVENTS = {
  started: { level: 'info', says: 'started' },
  up: { level: 'debug', says: 'is up' },
  ready: { level: 'info', says: 'is ready' },
  'identify-granted': { level: 'debug', says: 'may identify' },
  'identify-waits': { level: 'warn', says: 'waits before it identifies' },
  'leave-asked': { level: 'info', says: 'asks to be replaced' },
  draining: { level: 'info', says: 'takes no new calls' },
  finishing: { level: 'info', says: 'is told to finish' },
  killed: { level: 'warn', says: 'is sent a signal' },
  'heartbeat-lost': { level: 'warn', says: 'does not answer' },
  'link-ended': { level: 'debug', says: 'has no link any more' },
  'link-garbage': { level: 'warn', says: 'is not understood' },
  stopped: { level: 'info', says: 'has ended' },
  died: { level: 'warn', says: 'has died' },
  backoff: { level: 'info', says: 'will be started again' },
  failed: { level: 'error', says: 'has failed' },
  handover: { level: 'info', says: 'takes over' },
  'handover-failed': { level: 'error', says: 'does not take over' },
  'job-started': { level: 'info', says: 'is given work' },
  'job-stopping': { level: 'info', says: 'is to stop work' },
  'job-stopped': { level: 'info', says: 'has stopped work' },
  'job-failed': { level: 'error', says: 'has failed at work' },
  'bot-starting': { level: 'info', says: 'the bot starts' },
  'bot-ready': { level: 'info', says: 'the bot is ready' },
  'bot-stopping': { level: 'info', says: 'the bot shuts down' },
  'bot-stopped': { level: 'info', says: 'the bot was shut down' },
  'bot-over': { level: 'error', says: 'no cluster is left' },
  'contract-skew': { level: 'info', says: 'contracts differ' },
} as const satisfies Readonly<Record<string, LogEventKind>>;

/** What a line of the manager's log is about. */
export type LogEvent = keyof typeof LOG_EVENTS;
