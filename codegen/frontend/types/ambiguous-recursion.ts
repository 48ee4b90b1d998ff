/**
 * Ambiguous recursion: unions that would have to be tried out again at every level.
 *
 * Where two members of a union both lead back to it and nothing tells them apart, a check has two ways to go at each
 * level of a value, and 64 levels make more steps than there is time for. A literal tag decides at once.
 */
import type { Shape } from '../../model/model.js';
import { findRecursion } from '../../model/recursion.js';
import type { Recursion } from '../../model/recursion.js';
import { alternativesOf, namesIn, objectsOf, resolve, tableOf, tagOf, unionsIn } from '../../model/shapes.js';
import type { TypeTable } from '../../model/shapes.js';
import type { Reporter } from '../program/reporter.js';
import type { WalkedType } from './type-names.js';

export function reportAmbiguousRecursion(walked: readonly WalkedType[], reporter: Reporter): void {
  const types = tableOf(walked.map(({ type }) => type));
  const recursion = findRecursion([...types.values()]);
  for (const { type, spot } of walked) {
    if (!recursion.isRecursive(type.name)) continue;
    if (!unionsIn(type.shape).some((union) => isAmbiguous(union, type.name, types, recursion))) continue;
    reporter.at(spot.node, {
      code: 'SW2011',
      message: `${type.name}: nothing tells the members of this recursive union apart`,
      hint: "give each a member with a literal of its own: kind: 'a'",
    });
  }
}

const LISTS: ReadonlySet<Shape['kind']> = new Set(['array', 'tuple']);

function isAmbiguous(union: Shape, type: string, types: TypeTable, recursion: Recursion): boolean {
  const leadBack = alternativesOf(union, types).filter((one) => leadsTo(one, type, types, recursion));
  const arrays = leadBack.filter((one) => LISTS.has(resolve(one, types).kind));
  const objects = leadBack.map((one) => objectsOf(one, types)).filter((some) => some.length > 0);
  // A record has no tag: nothing tells it from the objects beside it.
  const records = leadBack.filter((one) => resolve(one, types).kind === 'record');
  if (records.length > 0 && records.length + objects.length > 1) return true;
  return arrays.length > 1 || (objects.length > 1 && tagOf(objects, types) === undefined);
}

/** Whether a member of a union contains the type that the union is part of. */
function leadsTo(shape: Shape, type: string, types: TypeTable, recursion: Recursion): boolean {
  const seen = new Set<string>();
  const visit = (name: string): boolean => {
    if (name === type || recursion.isStep(type, name)) return true;
    if (seen.has(name)) return false;
    seen.add(name);
    return namesIn(types.get(name)?.shape ?? { kind: 'absent' }).some(visit);
  };
  return namesIn(resolve(shape, types)).some(visit);
}
