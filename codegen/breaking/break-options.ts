/**
 * Options: which changes in the table of a contract alter what calls do.
 *
 * A timeout or another number of attempts is tuning, and breaks nothing.
 */
import type { EventOptions, HandlerOptions } from '../model/model.js';
import { reduceText, targetText } from '../model/option-text.js';
import type { PlaceBreak } from './break-place.js';

export function handlerOptionBreaks(before: HandlerOptions, now: HandlerOptions): readonly PlaceBreak[] {
  return [
    ...changed('TARGET_CHANGED', targetText(before.target), targetText(now.target)),
    ...(before.idempotent === true && now.idempotent !== true ? [notIdempotent(before)] : []),
    ...(before.reduce === undefined
      ? []
      : changed(
          'REDUCE_CHANGED',
          reduceText(before.reduce),
          now.reduce === undefined ? 'nothing' : reduceText(now.reduce),
        )),
    ...(before.reduce === undefined || now.reduce === undefined
      ? []
      : changed('PARTIAL_CHANGED', String(before.partial ?? false), String(now.partial ?? false))),
    ...(before.throws ?? [])
      .filter((error) => now.throws?.includes(error) !== true)
      .map((error): PlaceBreak => {
        return {
          rule: 'THROWS_REMOVED',
          path: '',
          message: `${error} is no longer declared: callers get it as a RemoteError`,
        };
      }),
  ];
}

export function eventOptionBreaks(before: EventOptions, now: EventOptions): readonly PlaceBreak[] {
  return changed('ACK_CHANGED', before.ack ?? 'received', now.ack ?? 'received');
}

function notIdempotent({ retry }: HandlerOptions): PlaceBreak {
  const message =
    retry === undefined
      ? 'it was declared to be'
      : `callers of before still make a call up to ${retry.attempts} times`;
  return { rule: 'IDEMPOTENT_REMOVED', path: '', message };
}

function changed(rule: PlaceBreak['rule'], before: string, now: string): readonly PlaceBreak[] {
  return before === now ? [] : [{ rule, path: '', message: `before: ${before}; now: ${now}` }];
}
