/**
 * Arrays and tuples: their lengths, and what stands in their places.
 */
import type { Shape } from '../model/model.js';
import type { Difference } from './difference.js';
import { differs, under } from './difference.js';

type Compare = (given: Shape, taken: Shape) => readonly Difference[];
export type ListShape = Extract<Shape, { readonly kind: 'array' | 'tuple' }>;

/** Both as one: places from the front, what repeats, places from the end. */
interface Places {
  readonly front: readonly Shape[];
  readonly rest: Shape | undefined;
  readonly tail: readonly Shape[];
  readonly min: number;
  readonly max: number;
}

function placesOf(shape: ListShape): Places {
  if (shape.kind === 'array') {
    const { min = 0, max = Infinity } = shape.bounds ?? {};
    return { front: [], rest: shape.item, tail: [], min, max };
  }
  const { head, optional, rest, tail } = shape;
  const min = head.length + tail.length;
  const max = rest === undefined ? min + optional.length : Infinity;
  return { front: [...head, ...optional], rest, tail, min, max };
}

export function listDifferences(given: ListShape, taken: ListShape, compare: Compare): readonly Difference[] {
  const [from, to] = [placesOf(given), placesOf(taken)];
  const isLength = from.min >= to.min && from.max <= to.max;
  const items =
    from.tail.length + to.tail.length === 0 ? byPlace(from, to, compare) : byEnds(from, to, compare);
  return [...(isLength ? [] : differs('length', given, taken)), ...items];
}

function byPlace(from: Places, to: Places, compare: Compare): readonly Difference[] {
  const count = Math.min(Math.max(from.front.length, to.front.length), from.max);
  const places = Array.from({ length: count }, (_, i) =>
    pair(`[${i}]`, from.front[i] ?? from.rest, to.front[i] ?? to.rest, compare),
  );
  const rest = from.max > count ? pair('[]', from.rest, to.rest, compare) : [];
  return [...places.flat(), ...rest];
}

/** With as many places at both ends they meet in pairs; otherwise anything may meet anything. */
function byEnds(from: Places, to: Places, compare: Compare): readonly Difference[] {
  if (from.front.length === to.front.length && from.tail.length === to.tail.length) {
    return [
      ...from.front.flatMap((one, i) => pair(`[${i}]`, one, to.front[i], compare)),
      ...pair('[]', from.rest, to.rest, compare),
      ...from.tail.flatMap((one, i) => pair(`[${i - from.tail.length}]`, one, to.tail[i], compare)),
    ];
  }
  const all = ({ front, rest, tail }: Places): readonly Shape[] => [
    ...front,
    ...(rest === undefined ? [] : [rest]),
    ...tail,
  ];
  return all(from).flatMap((one) => all(to).flatMap((other) => pair('[]', one, other, compare)));
}

/** Where nothing can stand, nothing has to fit: the lengths say so already. */
function pair(
  step: string,
  given: Shape | undefined,
  taken: Shape | undefined,
  compare: Compare,
): readonly Difference[] {
  return given === undefined || taken === undefined ? [] : under(step, compare(given, taken));
}
