/**
 * Ambiguous recursion: recursive unions that would make a check exponential.
 *
 * If two members of a union lead back to it and have no discriminant, a check has to try both at each level of a value,
 * which is not feasible for 64 levels. A discriminant selects the member at once.
 */
import type { Shape } from '../../model/model.js';
import { findRecursion } from '../../model/recursion.js';
import type { Recursion } from '../../model/recursion.js';
import {
  alternativesOf,
  namesIn,
  objectsOf,
  resolve,
  tableOf,
  discriminantOf,
  unionsIn,
} from '../../model/shapes.js';
import type { TypeTable } from '../../model/shapes.js';
import type { Reporter } from '../program/reporter.js';
import type { WalkedType } from './type-names.js';

export function reportAmbiguousRecursion(walked: readonly WalkedType[], reporter: Reporter): void {
  const types = tableOf(walked.map(({ type }) => type));
  const recursion = findRecursion([...types.values()]);
  for (const { type, site } of walked) {
    if (!recursion.isRecursive(type.name)) continue;
    if (!unionsIn(type.shape).some((union) => isAmbiguous(union, type.name, types, recursion))) continue;
    reporter.report(site.node, {
      code: 'SW2011',
      message: `${type.name}: the members of this recursive union cannot be distinguished`,
      hint: "give each of them a property with a unique literal type: kind: 'a'",
    });
  }
}

const LISTS: ReadonlySet<Shape['kind']> = new Set(['array', 'tuple']);

function isAmbiguous(union: Shape, type: string, types: TypeTable, recursion: Recursion): boolean {
  const leadBack = alternativesOf(union, types).filter((one) => leadsTo(one, type, types, recursion));
  const arrays = leadBack.filter((one) => LISTS.has(resolve(one, types).kind));
  const objects = leadBack.map((one) => objectsOf(one, types)).filter((some) => some.length > 0);
  // A record has no discriminant, so it cannot be distinguished from objects.
  const records = leadBack.filter((one) => resolve(one, types).kind === 'record');
  if (records.length > 0 && records.length + objects.length > 1) return true;
  return arrays.length > 1 || (objects.length > 1 && discriminantOf(objects, types) === undefined);
}

/** Whether a member of a union contains the type to which the union belongs. */
function leadsTo(shape: Shape, type: string, types: TypeTable, recursion: Recursion): boolean {
  const seen = new Set<string>();
  const visit = (name: string): boolean => {
    if (name === type || recursion.isStep(type, name)) return true;
    if (seen.has(name)) return false;
    seen.add(name);
    return namesIn(types.get(name)?.shape ?? { kind: 'undefined' }).some(visit);
  };
  return namesIn(resolve(shape, types)).some(visit);
}
