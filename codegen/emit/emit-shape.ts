/**
 * Shapes on a page: the types once more as data, for `explain` to walk.
 */
import type { Member, NamedType, Shape } from '../model.js';
import { isOptional, withoutAbsent } from '../shapes.js';
import { braces, list } from './doc.js';
import type { Doc } from './doc.js';
import { propertyName } from './names.js';
import { RUNTIME, literalText, runtime } from './page-scope.js';
import type { PageScope } from './page-scope.js';

/** Writes the constant for a type. Those that it mentions must stand above it. */
export function emitShape(page: PageScope, type: NamedType): void {
  const annotation = page.out.useType('Shape', RUNTIME);
  page.out.line(`const ${type.name}: ${annotation} = `, shapeOf(page, type.shape, type.name), ';');
}

/** An expression for a shape. `type` is the type in whose constant it stands. */
export function shapeOf(page: PageScope, shape: Shape, type: string | undefined): Doc {
  switch (shape.kind) {
    case 'string':
    case 'number':
    case 'int':
    case 'uint':
    case 'snowflake':
    case 'boolean':
    case 'absent':
    case 'anything':
      return runtime(page, shape.kind);
    case 'null':
      return runtime(page, 'nil');
    case 'literal':
      return `${runtime(page, 'literal')}(${literalText(shape.value)})`;
    case 'array':
      return [`${runtime(page, 'array')}(`, shapeOf(page, shape.item, type), ')'];
    case 'object':
      return objectOf(page, shape.members, type);
    case 'union':
      return list(
        `${runtime(page, 'union')}(`,
        shape.members.map((member) => shapeOf(page, member, type)),
        ')',
      );
    case 'named':
      return page.model.recursion.isStep(type, shape.name)
        ? `${runtime(page, 'ref')}(() => ${shape.name})`
        : shape.name;
  }
}

function objectOf(page: PageScope, members: readonly Member[], type: string | undefined): Doc {
  const object = runtime(page, 'object');
  const items = members.map((member): Doc => [`${propertyName(member.key)}: `, memberOf(page, member, type)]);
  return [`${object}(`, braces(items), ')'];
}

function memberOf(page: PageScope, member: Member, type: string | undefined): Doc {
  if (!isOptional(member, page.model.types)) return shapeOf(page, member.shape, type);
  return [`${runtime(page, 'optional')}(`, shapeOf(page, withoutAbsent(member.shape), type), ')'];
}
