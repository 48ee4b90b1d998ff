/**
 * Waiting for an event, with an end.
 */
import type { EventEmitter } from 'node:events';
import type { EventName, EventPayload } from './events.js';
import type { Waits } from './waits.js';

export interface EventSource {
  readonly emitter: EventEmitter;
  readonly waits: Waits;
}

export interface EventWait<Name extends EventName, Found> {
  /** Any of these may bring it. */
  readonly on: readonly Name[];
  /** Returns what was waited for, or `undefined` to go on waiting. When it throws, that ends the wait. */
  readonly pick: (payload: EventPayload<Name>) => Found | undefined;
  readonly timeoutMs: number;
  /** Goes into the message of the TIMEOUT. */
  readonly what: string;
}

export function waitForEvent<Name extends EventName, Found>(
  source: EventSource,
  wanted: EventWait<Name, Found>,
): Promise<Found> {
  const { emitter, waits } = source;
  const { on, pick, timeoutMs, what } = wanted;
  const listen = (payload: EventPayload<Name>): void => {
    try {
      const found = pick(payload);
      if (found !== undefined) wait.resolve(found);
    } catch (error) {
      wait.reject(error);
    }
  };
  const wait = waits.open<Found>(timeoutMs, `no ${what} within ${timeoutMs} ms`, () => {
    for (const name of on) emitter.off(name, listen);
  });
  for (const name of on) emitter.on(name, listen);
  return wait.promise;
}
