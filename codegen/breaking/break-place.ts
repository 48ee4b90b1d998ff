/**
 * Places: what a change of the data or the result of a handler, of an event or of an error breaks there.
 *
 * What callers send must still be accepted by handlers of now; what handlers and errors give must still be accepted by
 * callers of before. Events go both ways: in a restart, clusters of both versions send and listen.
 */
import type { NamedType, Shape } from '../model/model.js';
import type { Change, Difference } from './difference.js';
import { erase, eraseTypes } from './erase.js';
import type { Break, RuleId } from './rules.js';
import { ShapeComparison } from './shape-differences.js';

export type Place = 'data' | 'result' | 'event' | 'error';

/** One version of what stands in a place. */
export interface Version {
  readonly types: readonly NamedType[];
  readonly shape: Shape;
}

/** A break without what it is about. */
export type PlaceBreak = Pick<Break, 'rule' | 'path' | 'message'>;

const REFUSED_NOW: Readonly<Record<Change, RuleId>> = {
  type: 'TYPE_CHANGED',
  member: 'MEMBER_REQUIRED',
  alternative: 'ALTERNATIVE_REMOVED',
  number: 'NUMBER_NARROWED',
  text: 'TEXT_NARROWED',
  length: 'LENGTH_NARROWED',
  keys: 'KEYS_NARROWED',
};

const REFUSED_BEFORE: Readonly<Record<Change, RuleId>> = {
  type: 'TYPE_CHANGED',
  member: 'MEMBER_NOT_SENT',
  alternative: 'ALTERNATIVE_ADDED',
  number: 'NUMBER_WIDENED',
  text: 'TEXT_WIDENED',
  length: 'LENGTH_WIDENED',
  keys: 'KEYS_WIDENED',
};

/** @param root - What the place is called in paths: `data`, `result`. */
export function breaksIn(place: Place, root: string, before: Version, now: Version): readonly PlaceBreak[] {
  const onWire = [
    ...(place === 'data' || place === 'event' ? refusedNow(root, before, now) : []),
    ...(place === 'data' ? [] : refusedBefore(root, before, now)),
  ];
  const known = new Set(onWire.map(({ path }) => path));
  const inSource = place === 'event' ? [] : sourceBreaks(place, root, before, now);
  return withoutTwins([...onWire, ...inSource.filter(({ path }) => !known.has(path))]);
}

function refusedNow(root: string, before: Version, now: Version): readonly PlaceBreak[] {
  return differencesOf(before, now).map(({ change, path, given, taken }) => ({
    rule: REFUSED_NOW[change],
    path: root + path,
    message: `before: ${given}; now only ${taken} is accepted`,
  }));
}

function refusedBefore(root: string, before: Version, now: Version): readonly PlaceBreak[] {
  return differencesOf(now, before).map(({ change, path, given, taken }) => ({
    rule: REFUSED_BEFORE[change],
    path: root + path,
    message: `now: ${given}; before only ${taken} was accepted`,
  }));
}

/** Code of handlers: it takes what callers send and gives what they get, so its way is the other one. */
function sourceBreaks(place: Place, root: string, before: Version, now: Version): readonly PlaceBreak[] {
  const [old, young] = [erased(before), erased(now)];
  if (place === 'data') {
    return differencesOf(young, old).map(({ path, given, taken }) => ({
      rule: 'DATA_WIDENED',
      path: root + path,
      message: `handlers have to cope with ${given}; before it was ${taken}`,
    }));
  }
  return differencesOf(old, young).map(({ path, given, taken }) => ({
    rule: 'RESULT_NARROWED',
    path: root + path,
    message: `handlers gave ${given}; now it has to be ${taken}`,
  }));
}

function erased({ types, shape }: Version): Version {
  return { types: eraseTypes(types), shape: erase(shape) };
}

function differencesOf(given: Version, taken: Version): readonly Difference[] {
  return new ShapeComparison(given.types, taken.types).compare(given.shape, taken.shape);
}

/** An event that is something else now is so in both directions. */
function withoutTwins(breaks: readonly PlaceBreak[]): readonly PlaceBreak[] {
  return breaks.filter((one, i) => {
    const first = breaks.findIndex(({ rule, path }) => rule === one.rule && path === one.path);
    return one.rule !== 'TYPE_CHANGED' || first === i;
  });
}
