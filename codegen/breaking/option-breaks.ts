/**
 * Option breaks: changes in the options of a handler or an event that change what calls do.
 *
 * A different timeout or number of attempts is tuning, and breaks nothing.
 */
import type { EventOptions, HandlerOptions } from '../model/model.js';
import { reduceText, targetText } from '../model/option-text.js';
import type { BreakDetail } from './payload-breaks.js';

export function handlerOptionBreaks(before: HandlerOptions, now: HandlerOptions): readonly BreakDetail[] {
  return [
    ...changed('TARGET_CHANGED', 'target', targetText(before.target), targetText(now.target)),
    ...(before.idempotent === true && now.idempotent !== true ? [notIdempotent(before)] : []),
    ...(before.reduce === undefined
      ? []
      : changed(
          'REDUCE_CHANGED',
          'reduce',
          reduceText(before.reduce),
          now.reduce === undefined ? 'none' : reduceText(now.reduce),
        )),
    ...(before.reduce === undefined || now.reduce === undefined
      ? []
      : changed('PARTIAL_CHANGED', 'partial', String(before.partial ?? false), String(now.partial ?? false))),
    ...(before.throws ?? [])
      .filter((error) => now.throws?.includes(error) !== true)
      .map((error): BreakDetail => {
        return {
          rule: 'THROWS_REMOVED',
          path: '',
          message: `${error} is no longer declared, so callers receive a RemoteError instead`,
        };
      }),
  ];
}

export function eventOptionBreaks(before: EventOptions, now: EventOptions): readonly BreakDetail[] {
  return changed('ACK_CHANGED', 'ack', before.ack ?? 'received', now.ack ?? 'received');
}

function notIdempotent({ retry }: HandlerOptions): BreakDetail {
  const message =
    retry === undefined
      ? 'the handler is no longer declared as idempotent'
      : `callers of the previous version still attempt a call up to ${retry.attempts} times`;
  return { rule: 'IDEMPOTENT_REMOVED', path: '', message };
}

function changed(
  rule: BreakDetail['rule'],
  option: string,
  before: string,
  now: string,
): readonly BreakDetail[] {
  if (before === now) return [];
  return [{ rule, path: '', message: `\`${option}\` changed from ${before} to ${now}` }];
}
