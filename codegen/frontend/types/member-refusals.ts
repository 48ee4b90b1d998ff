/**
 * Member refusals: the reasons why an object of a contract cannot have a member.
 *
 * Only the member itself is checked here; its type is checked separately (`refusals.ts`).
 */
import type { ts } from 'ts-morph';
import { compiler } from '../program/compiler.js';
import { hasLostTags } from './constraint-tags.js';
import { isReservedKey } from './refusals.js';
import type { Reason } from '../program/reporter.js';
import { nameNodeOf, typeNodeOf } from './type-nodes.js';
import type { TypeSite } from './type-nodes.js';

/** A reason, and the node to underline. */
export interface Refusal {
  readonly node: ts.Node;
  readonly reason: Reason;
}

/** Returns why a member cannot have its name. */
export function keyRefusal(property: ts.Symbol, owner: TypeSite): Refusal | undefined {
  const declaration = declarationOf(property);
  const node = nameNodeOf(declaration) ?? (declaration && typeNodeOf(declaration)) ?? declaration;
  const at = node ?? owner.node;
  if (property.escapedName.toString().startsWith('__@')) {
    const message = `${owner.path}: symbol keys cannot be sent to another process`;
    return { node: at, reason: { code: 'SW2005', message, hint: 'use string keys' } };
  }
  if (!isReservedKey(property.name)) return undefined;
  const message = `${owner.path}.${property.name}: every object already has \`${property.name}\``;
  return { node: at, reason: { code: 'SW2010', message, hint: 'use a different name' } };
}

/** Returns why several declarations of a member exclude each other. */
export function conflictRefusal(property: ts.Symbol, type: ts.Type, owner: TypeSite): Refusal | undefined {
  const { declarations = [] } = property;
  if ((type.flags & compiler.TypeFlags.Never) === 0 || declarations.length < 2) return undefined;
  const message = `${owner.path}.${property.name}: no value satisfies all of these types`;
  return { node: owner.node, reason: { code: 'SW2008', message, hint: 'write out the intended type' } };
}

/** Returns a warning if TypeScript drops the comment with a member's constraint tags. */
export function lostTags(property: ts.Symbol, owner: TypeSite): Refusal | undefined {
  const declaration = declarationOf(property);
  if (declaration === undefined || !hasLostTags(declaration)) return undefined;
  const message = `${owner.path}.${property.name}: TypeScript does not attach the comment to this member, so its tags have no effect`;
  const hint = 'put the comment on a separate line above the member';
  return {
    node: nameNodeOf(declaration) ?? declaration,
    reason: { code: 'SW2016', severity: 'warning', message, hint },
  };
}

export function declarationOf(property: ts.Symbol): ts.Declaration | undefined {
  return property.valueDeclaration ?? property.declarations?.[0];
}
