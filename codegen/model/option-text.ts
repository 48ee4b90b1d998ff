/**
 * Option text: the options of a handler or an event, written for people. Lists and references print it.
 */
import type { EventOptions, HandlerOptions, Reduce, Target } from './model.js';

export function handlerOptionWords(options: HandlerOptions): readonly string[] {
  const { timeoutMs, target, idempotent, retry, reduce, partial, throws } = options;
  return [
    ...(timeoutMs === undefined ? [] : [`timeout ${timeoutMs} ms`]),
    ...(target === undefined ? [] : [`target ${targetText(target)}`]),
    ...(idempotent === true ? ['idempotent'] : []),
    ...(retry === undefined ? [] : [`retry ${retry.attempts} × after ${retry.backoffMs} ms`]),
    ...(reduce === undefined ? [] : [`reduce ${reduceText(reduce)}${partial === true ? ' (partial)' : ''}`]),
    ...(throws === undefined || throws.length === 0 ? [] : [`throws ${throws.join(', ')}`]),
  ];
}

export function eventOptionWords({ timeoutMs, ack }: EventOptions): readonly string[] {
  return [
    ...(timeoutMs === undefined ? [] : [`timeout ${timeoutMs} ms`]),
    ...(ack === undefined ? [] : [`ack ${ack}`]),
  ];
}

/** Describes a target. Without one a call may go to any cluster. */
export function targetText(target: Target | undefined): string {
  if (target === undefined) return 'any';
  return target.by === 'place' ? target.place : `${target.by} of data.${target.key}`;
}

export function reduceText(reduce: Reduce): string {
  return 'key' in reduce ? `${reduce.by} ${reduce.key}` : reduce.by;
}
