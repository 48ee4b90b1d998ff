/**
 * Member refusals: members that no object of a contract can have, and what to say about them.
 *
 * Only about the member itself; what it holds is refused as a type (`refusals.ts`).
 */
import type { ts } from 'ts-morph';
import { compiler } from '../program/compiler.js';
import { hasLostTags } from './constraint-tags.js';
import { isReservedKey } from './refusals.js';
import type { Reason } from '../program/reporter.js';
import { nameNodeOf, typeNodeOf } from './type-nodes.js';
import type { Spot } from './type-nodes.js';

/** A reason, and what to underline. */
export interface Refusal {
  readonly node: ts.Node;
  readonly reason: Reason;
}

/** Why a member cannot be called what it is called. */
export function keyRefusal(property: ts.Symbol, owner: Spot): Refusal | undefined {
  const declaration = declarationOf(property);
  const node = nameNodeOf(declaration) ?? (declaration && typeNodeOf(declaration)) ?? declaration;
  const at = node ?? owner.node;
  if (property.escapedName.toString().startsWith('__@')) {
    const message = `${owner.path}: symbols as keys cannot cross a process`;
    return { node: at, reason: { code: 'SW2005', message, hint: 'use strings' } };
  }
  if (!isReservedKey(property.name)) return undefined;
  const message = `${owner.path}.${property.name}: objects have \`${property.name}\` by themselves`;
  return { node: at, reason: { code: 'SW2010', message, hint: 'choose another name' } };
}

/** Why several declarations of a member leave no value possible. */
export function conflictRefusal(property: ts.Symbol, type: ts.Type, owner: Spot): Refusal | undefined {
  const { declarations = [] } = property;
  if ((type.flags & compiler.TypeFlags.Never) === 0 || declarations.length < 2) return undefined;
  const message = `${owner.path}.${property.name}: no value is all of this at once`;
  return { node: owner.node, reason: { code: 'SW2008', message, hint: 'write out what you mean' } };
}

/** A warning, where TypeScript drops the comment that constrains a member. */
export function lostTags(property: ts.Symbol, owner: Spot): Refusal | undefined {
  const declaration = declarationOf(property);
  if (declaration === undefined || !hasLostTags(declaration)) return undefined;
  const message = `${owner.path}.${property.name}: TypeScript does not connect the comment to this, so its tags do nothing`;
  const hint = 'put the comment and what it is about on lines of their own';
  return {
    node: nameNodeOf(declaration) ?? declaration,
    reason: { code: 'SW2016', severity: 'warning', message, hint },
  };
}

export function declarationOf(property: ts.Symbol): ts.Declaration | undefined {
  return property.valueDeclaration ?? property.declarations?.[0];
}
