/**
 * All sessions of the gateway: those with a connection, and those that may still come back for theirs.
 */
import type { Session } from './session.js';

/** So that a crash loop in a test does not fill the memory: beyond this the oldest lost sessions are forgotten. */
const MOST_LOST_SESSIONS = 256;

export class SessionTable {
  readonly #sessions = new Map<string, Session>();

  add(session: Session): void {
    this.#sessions.set(session.facts.sessionId, session);
    this.#forgetOldest();
  }

  get(sessionId: string): Session | undefined {
    return this.#sessions.get(sessionId);
  }

  delete(session: Session): void {
    this.#sessions.delete(session.facts.sessionId);
  }

  /** Every session, lost ones included: events are kept for those too. */
  all(): Session[] {
    return [...this.#sessions.values()];
  }

  live(): Session[] {
    return this.all().filter((session) => session.isLive);
  }

  #forgetOldest(): void {
    const lost = this.all().filter((session) => !session.isLive);
    for (const session of lost.slice(0, -MOST_LOST_SESSIONS)) this.delete(session);
  }
}
