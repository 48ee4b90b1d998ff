/**
 * Quick measurement: short rounds of what is fast to start. Short rounds are colder than long ones, so its figures
 * can be compared with those of another quick measurement only; every full run keeps one.
 */
import { find, findContender } from '../contenders/index.mjs';
import { loads } from './loads.mjs';
import { measure } from './measure.mjs';

export const QUICK_CONTENDERS = ['raw', 'limit', 'shardwire', 'shardwire-typed', 'indomitable'];
export const QUICK_LOADS = ['serial', '64', '1000', 'large', 'tell-1'];

/** @returns As `measure` does. */
export function measureQuickly(tell) {
  return measure(
    QUICK_CONTENDERS.map(findContender),
    QUICK_LOADS.map((name) => find(loads, name)),
    { rounds: 3, ms: 300, warmMs: 300, tell },
  );
}
