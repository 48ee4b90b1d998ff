/**
 * Lists: compares the lengths and the elements of arrays and tuples.
 */
import type { Shape } from '../model/model.js';
import type { Difference } from './difference.js';
import { differs, nested } from './difference.js';

type Compare = (sent: Shape, accepted: Shape) => readonly Difference[];
export type ListShape = Extract<Shape, { readonly kind: 'array' | 'tuple' }>;

/** An array or a tuple: elements at the front, a repeated element, elements at the end. */
interface ListParts {
  readonly front: readonly Shape[];
  readonly rest: Shape | undefined;
  readonly tail: readonly Shape[];
  readonly min: number;
  readonly max: number;
}

function listParts(shape: ListShape): ListParts {
  if (shape.kind === 'array') {
    const { min = 0, max = Infinity } = shape.bounds ?? {};
    return { front: [], rest: shape.item, tail: [], min, max };
  }
  const { head, optional, rest, tail } = shape;
  const min = head.length + tail.length;
  const max = rest === undefined ? min + optional.length : Infinity;
  return { front: [...head, ...optional], rest, tail, min, max };
}

export function listDifferences(
  sent: ListShape,
  accepted: ListShape,
  compare: Compare,
): readonly Difference[] {
  const [from, to] = [listParts(sent), listParts(accepted)];
  const isLength = from.min >= to.min && from.max <= to.max;
  const items =
    from.tail.length + to.tail.length === 0 ? byIndex(from, to, compare) : byEnds(from, to, compare);
  return [...(isLength ? [] : differs('length', sent, accepted)), ...items];
}

function byIndex(from: ListParts, to: ListParts, compare: Compare): readonly Difference[] {
  const count = Math.min(Math.max(from.front.length, to.front.length), from.max);
  const items = Array.from({ length: count }, (_, i) =>
    pair(`[${i}]`, from.front[i] ?? from.rest, to.front[i] ?? to.rest, compare),
  );
  const rest = from.max > count ? pair('[]', from.rest, to.rest, compare) : [];
  return [...items.flat(), ...rest];
}

/** Compares element by element if both ends have equal lengths; otherwise any element may meet any other one. */
function byEnds(from: ListParts, to: ListParts, compare: Compare): readonly Difference[] {
  if (from.front.length === to.front.length && from.tail.length === to.tail.length) {
    return [
      ...from.front.flatMap((one, i) => pair(`[${i}]`, one, to.front[i], compare)),
      ...pair('[]', from.rest, to.rest, compare),
      ...from.tail.flatMap((one, i) => pair(`[${i - from.tail.length}]`, one, to.tail[i], compare)),
    ];
  }
  const all = ({ front, rest, tail }: ListParts): readonly Shape[] => [
    ...front,
    ...(rest === undefined ? [] : [rest]),
    ...tail,
  ];
  return all(from).flatMap((one) => all(to).flatMap((other) => pair('[]', one, other, compare)));
}

/** An element that one side cannot have needs no comparison: the lengths differ, and that is reported. */
function pair(
  step: string,
  sent: Shape | undefined,
  accepted: Shape | undefined,
  compare: Compare,
): readonly Difference[] {
  return sent === undefined || accepted === undefined ? [] : nested(step, compare(sent, accepted));
}
