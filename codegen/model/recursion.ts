/**
 * Recursion: which named types contain themselves, and an order in which types come after those that they mention.
 */
import type { NamedType } from './model.js';
import { namesIn, tableOf } from './shapes.js';

export interface Recursion {
  /** Groups of types that contain each other. A group comes after the groups that it mentions. */
  readonly groups: readonly (readonly NamedType[])[];
  /** Whether the type `name` contains itself. */
  isRecursive(name: string): boolean;
  /** Whether a mention of `to` inside `from` is recursive: a value there nests one level deeper in the same group. */
  isStep(from: string | undefined, to: string): boolean;
  /** Whether values of the type can nest to any depth: the type is recursive, or contains a recursive type. */
  isDeep(name: string): boolean;
}

/** Several emitters ask for the recursion of the same types. */
const known = new WeakMap<readonly NamedType[], Recursion>();

export function findRecursion(types: readonly NamedType[]): Recursion {
  const recursion = known.get(types) ?? recursionOf(types);
  known.set(types, recursion);
  return recursion;
}

function recursionOf(types: readonly NamedType[]): Recursion {
  const groups = stronglyConnected(types);
  const groupOf = new Map(groups.flatMap((group, i) => group.map((type) => [type.name, i] as const)));
  const recursive = new Set(groups.filter(isCycle).flat().map(nameOf));
  const deep = new Set<string>();
  for (const type of groups.flat()) {
    if (recursive.has(type.name) || namesIn(type.shape).some((name) => deep.has(name))) deep.add(type.name);
  }
  return {
    groups,
    isRecursive: (name) => recursive.has(name),
    isStep: (from, to) => from !== undefined && recursive.has(to) && groupOf.get(from) === groupOf.get(to),
    isDeep: (name) => deep.has(name),
  };
}

function nameOf(type: NamedType): string {
  return type.name;
}

function isCycle(group: readonly NamedType[]): boolean {
  return group.length > 1 || group.some((type) => namesIn(type.shape).includes(type.name));
}

/** Tarjan's algorithm. It yields a component after all components that it can reach. */
function stronglyConnected(types: readonly NamedType[]): readonly (readonly NamedType[])[] {
  const table = tableOf(types);
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: NamedType[] = [];
  const groups: NamedType[][] = [];

  const visit = (type: NamedType): number => {
    const own = index.size;
    index.set(type.name, own);
    low.set(type.name, own);
    open.push(type);
    for (const name of namesIn(type.shape)) lower(type, name);
    if (low.get(type.name) === own) groups.push(open.splice(open.indexOf(type)));
    return low.get(type.name) ?? own;
  };
  const lower = (from: NamedType, name: string): void => {
    const to = table.get(name);
    if (to === undefined) return;
    const reached = index.has(name) ? (open.includes(to) ? index.get(name) : undefined) : visit(to);
    low.set(from.name, Math.min(low.get(from.name) ?? 0, reached ?? Infinity));
  };

  for (const type of types) if (!index.has(type.name)) visit(type);
  return groups;
}
