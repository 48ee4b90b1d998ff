/**
 * Evolved shapes: what becomes of a shape when somebody edits a contract, one or two places in it changed.
 */
import fc from 'fast-check';
import type { Bounds, Member, NamedType, Shape } from '../../../codegen/model/model.js';
import { partsOf, unionOf } from '../../../codegen/model/shapes.js';
import { LEAVES } from './arbitrary-shape.js';
import type { ShapeInContext } from './arbitrary-shape.js';

/** What steers an edit: which part, then which part of that, and what happens there. */
type Steps = readonly number[];

const steps = fc.array(fc.nat({ max: 1_000 }), { minLength: 7, maxLength: 7 });

/** The same types, with the shape or one of the types edited. */
export function evolved({ shape, types }: ShapeInContext): fc.Arbitrary<ShapeInContext> {
  return fc.tuple(steps, steps, fc.nat({ max: 3 })).map(([first, second, where]) => {
    if (where > 1) return { shape: edit(where === 2 ? shape : edit(shape, first), second), types };
    const edited = types.map((type, i) => (i === where ? { ...type, shape: editType(type, first) } : type));
    return { shape, types: edited };
  });
}

/** What leads back to a type inside itself stays optional, for there would be no values of it otherwise. */
function editType({ name, shape }: NamedType, [what = 0, ...deeper]: Steps): Shape {
  if (name !== 'Tree' || shape.kind !== 'object') return edit(shape, [what, ...deeper]);
  const label = shape.members.map((member) =>
    member.key === 'label' ? { ...member, shape: edit(member.shape, deeper) } : member,
  );
  return { kind: 'object', members: what % 3 === 0 ? editMembers(label, 0, what) : label };
}

function edit(shape: Shape, [here = 0, ...deeper]: Steps): Shape {
  const parts = partsOf(shape);
  const isHere = parts.length === 0 || deeper.length < 2 || here % 3 === 0;
  if (isHere) return editHere(shape, deeper);
  const at = here % parts.length;
  return withParts(
    shape,
    parts.map((part, i) => (i === at ? edit(part, deeper) : part)),
  );
}

function editHere(shape: Shape, [what = 0, which = 0]: Steps): Shape {
  const leaf = LEAVES[which % LEAVES.length] ?? { kind: 'string' };
  if (what % 5 === 0) return leaf;
  if (what % 5 === 1) return unionOf([shape, leaf]);
  switch (shape.kind) {
    case 'object':
    case 'record':
      return { ...shape, members: editMembers(shape.members, what, which) };
    case 'union':
      return unionOf(shape.members.filter((_, i) => i !== which % shape.members.length));
    case 'array':
      return { ...shape, bounds: boundsFor(which) };
    case 'tuple':
      return what % 2 === 0 ? { ...shape, head: [...shape.head, leaf] } : { kind: 'array', item: leaf };
    case 'text':
      return { kind: 'text', rules: boundsFor(which) };
    case 'range':
      return { ...shape, bounds: boundsFor(which) };
    case 'number':
      return { kind: 'int' };
    case 'int':
      return what % 2 === 0 ? { kind: 'uint' } : { kind: 'number' };
    case 'string':
      return { kind: 'snowflake' };
    case 'snowflake':
      return { kind: 'string' };
    default:
      return unionOf([shape, { kind: 'null' }]);
  }
}

function boundsFor(which: number): Bounds {
  return { min: which % 3, max: 2 + (which % 7) };
}

function editMembers(members: readonly Member[], what: number, which: number): readonly Member[] {
  const at = which % Math.max(1, members.length);
  const added: Member = {
    key: 'new',
    optional: which % 2 === 0,
    shape: LEAVES[which % LEAVES.length] ?? { kind: 'null' },
  };
  if (what % 3 === 0 || members.length < 2) return [...members, added];
  if (what % 3 === 1) return members.filter((_, i) => i !== at);
  return members.map((member, i) => (i === at ? { ...member, optional: !member.optional } : member));
}

/** The shape with others in place of what `partsOf` says. */
function withParts(shape: Shape, parts: readonly Shape[]): Shape {
  const part = (i: number): Shape => parts[i] ?? { kind: 'null' };
  const named = (members: readonly Member[]): Member[] =>
    members.map((member, i) => ({ ...member, shape: part(i) }));
  switch (shape.kind) {
    case 'array':
      return { ...shape, item: part(0) };
    case 'set':
      return { kind: 'set', item: part(0) };
    case 'map':
      return { kind: 'map', key: part(0), value: part(1) };
    case 'object':
      return { kind: 'object', members: named(shape.members) };
    case 'record': {
      const { length } = shape.members;
      const rules = shape.rules.map((rule, i) => ({ ...rule, value: part(length + i) }));
      return { kind: 'record', members: named(shape.members), rules };
    }
    case 'union':
      return unionOf(parts);
    case 'tuple': {
      const [head, optional] = [shape.head.length, shape.head.length + shape.optional.length];
      const tail = optional + (shape.rest === undefined ? 0 : 1);
      return {
        ...shape,
        head: parts.slice(0, head),
        optional: parts.slice(head, optional),
        ...(shape.rest === undefined ? {} : { rest: part(optional) }),
        tail: parts.slice(tail),
      };
    }
    default:
      return shape;
  }
}
