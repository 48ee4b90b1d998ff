/**
 * Log events: what the manager logs, at which level, and in which words. To log something new, add a line.
 */

interface LogEventFormat {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  /** Follows the name of the cluster, or starts a line about the bot. A reason may follow. */
  readonly text: string;
}

export const LOG_EVENTS = {
  started: { level: 'info', text: 'started' },
  up: { level: 'debug', text: 'is up' },
  ready: { level: 'info', text: 'is ready' },
  'identify-granted': { level: 'debug', text: 'may identify' },
  'identify-waits': { level: 'warn', text: 'must wait before it can identify' },
  'replace-requested': { level: 'info', text: 'requests a replacement' },
  draining: { level: 'info', text: 'gets no new calls' },
  stopping: { level: 'info', text: 'is asked to shut down' },
  killed: { level: 'warn', text: 'is sent a signal' },
  'heartbeat-lost': { level: 'warn', text: 'does not respond' },
  'link-ended': { level: 'debug', text: 'has disconnected' },
  'protocol-error': { level: 'warn', text: 'sent data that cannot be decoded' },
  stopped: { level: 'info', text: 'has stopped' },
  died: { level: 'warn', text: 'has died' },
  backoff: { level: 'info', text: 'will be restarted' },
  failed: { level: 'error', text: 'has failed' },
  handover: { level: 'info', text: 'hands over' },
  'handover-failed': { level: 'error', text: 'could not hand over' },
  'job-started': { level: 'info', text: 'starts a job' },
  'job-stopping': { level: 'info', text: 'must stop a job' },
  'job-stopped': { level: 'info', text: 'has stopped a job' },
  'job-failed': { level: 'error', text: 'failed to run a job' },
  'bot-starting': { level: 'info', text: 'the bot is starting' },
  'bot-ready': { level: 'info', text: 'the bot is ready' },
  'bot-stopping': { level: 'info', text: 'the bot is shutting down' },
  'bot-stopped': { level: 'info', text: 'the bot has shut down' },
  'bot-ended': { level: 'error', text: 'no cluster is left' },
  'contract-skew': { level: 'info', text: 'contracts differ' },
} as const satisfies Readonly<Record<string, LogEventFormat>>;

/** The event that a line of the manager's log reports. The names are stable. */
export type LogEvent = keyof typeof LOG_EVENTS;
