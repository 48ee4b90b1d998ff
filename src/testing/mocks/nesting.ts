/**
 * Nesting: the least depth of the values of a shape.
 *
 * A recursive type ends in another member of a union, in an empty array or in a missing member.
 */
import type { Shape } from '../../schema/shape.js';

/** Returns the least depth; `Infinity` for a type without finite values. */
export function leastDepth(shape: Shape, above: ReadonlySet<Shape> = new Set()): number {
  switch (shape.kind) {
    case 'array':
      return (shape.bounds.min ?? 0) === 0 ? 1 : 1 + leastDepth(shape.item, above);
    case 'tuple':
      return 1 + deepest([...shape.items.head, ...(shape.items.tail ?? [])], above);
    case 'object':
    case 'record':
      return 1 + deepest(Object.values(shape.members), above);
    case 'union':
      return Math.min(...shape.members.map((member) => leastDepth(member, above)));
    case 'ref': {
      const to = shape.to();
      return above.has(to) ? Infinity : 1 + leastDepth(to, new Set([...above, to]));
    }
    default:
      return 0;
  }
}

function deepest(shapes: readonly Shape[], above: ReadonlySet<Shape>): number {
  return Math.max(0, ...shapes.map((shape) => leastDepth(shape, above)));
}
