/**
 * Decoders: a function for each type of a page whose values look different on the wire.
 *
 * They run before any check, on whatever was parsed, and leave alone what they do not know. The members of a union
 * can be told apart on the wire (the front end has seen to it), so each may try in turn: what one has turned back is
 * nothing that another takes for its own.
 */
import type { Member, NamedType, RecordShape, Shape } from '../../model/model.js';
import { alternativesOf, resolve } from '../../model/shapes.js';
import { wireKinds } from '../../model/wire-kinds.js';
import { emitCases, exceptions, ruleChoice, taggedMembers } from '../union-dispatch.js';
import type { TaggedMembers } from '../union-dispatch.js';
import { braces, list } from '../printer/fragment.js';
import type { Doc } from '../printer/fragment.js';
import { tuplePlaces } from './emit-pack.js';
import { propertyName } from '../names.js';
import { needsUnpack, unpackFunctionName } from '../page-model.js';
import { depthArgument, readMembers, runtime } from '../emit-context.js';
import type { PageScope } from '../emit-context.js';

/** Writes `unpackX` for a type; nothing for a type that JSON carries as it is. */
export function emitUnpack(page: PageScope, type: NamedType): void {
  if (!needsUnpack(type.shape, page.model.types)) return;
  const { recursion } = page.model;
  const depth = recursion.isDeep(type.name) ? ', depth = 0' : '';
  page.out.line();
  page.out.block(
    `function ${unpackFunctionName(type.name)}(value: unknown${depth}): unknown {`,
    () => {
      if (recursion.isRecursive(type.name)) {
        page.out.line(`if (depth > ${runtime(page, 'MAX_DEPTH')}) return value;`);
      }
      emitBody(page, type);
    },
    '}',
  );
}

function emitBody(page: PageScope, { name, shape }: NamedType): void {
  const tagged = shape.kind === 'union' ? taggedMembers(page, shape.members) : undefined;
  if (tagged !== undefined && tagged.tagged.some((one) => needsUnpack(one, page.model.types))) {
    return emitTagged(page, name, tagged);
  }
  page.out.line('return ', unpackOf(page, shape, 'value', name), ';');
}

function emitTagged(page: PageScope, type: string, { tag, tagged, others }: TaggedMembers): void {
  const rest = unpackUnion(page, { kind: 'union', members: others }, 'value', type);
  page.out.line(`if (!${runtime(page, 'isObject')}(value)) return `, rest, ';');
  const [local = ''] = readMembers(page, [{ key: tag.key }], 'value');
  page.out.block(
    `switch (${local}) {`,
    () => {
      for (const [i, member] of tagged.entries()) {
        if (!needsUnpack(member, page.model.types)) continue;
        emitCases(page, tag.values[i] ?? []);
        page.out.line('  return ', unpackOf(page, member, 'value', type), ';');
      }
      page.out.line('default:');
      page.out.line('  return value;');
    },
    '}',
  );
}

/** An expression for what `local` stands for. `type` is the type whose function this stands in. */
export function unpackOf(page: PageScope, shape: Shape, local: Doc, type: string | undefined): Doc {
  if (!needsUnpack(shape, page.model.types)) return local;
  switch (shape.kind) {
    case 'bigint':
    case 'date':
    case 'bytes':
      return [`${runtime(page, leafUnpack(shape))}(`, local, ')'];
    case 'array':
      return list(`${runtime(page, 'unpackArray')}(`, [local, unpackFunction(page, shape.item, type)], ')');
    case 'set':
      return list(`${runtime(page, 'unpackSet')}(`, [local, unpackFunction(page, shape.item, type)], ')');
    case 'map': {
      const parts = [shape.key, shape.value].map((part) => unpackFunction(page, part, type));
      return list(`${runtime(page, 'unpackMap')}(`, [local, ...parts], ')');
    }
    case 'tuple': {
      const places = tuplePlaces(shape, (item) => unpackFunction(page, item, type));
      return list(`${runtime(page, 'unpackTuple')}(`, [local, places], ')');
    }
    case 'object':
      return unpackMembers(page, shape.members, local, type);
    case 'record':
      return unpackRecord(page, shape, local, type);
    case 'union':
      return unpackUnion(page, shape, local, type);
    case 'named':
      return [`${unpackFunctionName(shape.name)}(`, local, `${depthArgument(page, shape.name, type)})`];
    case 'string':
    case 'number':
    case 'int':
    case 'uint':
    case 'snowflake':
    case 'boolean':
    case 'null':
    case 'absent':
    case 'anything':
    case 'literal':
    case 'text':
    case 'range':
      return local;
  }
}

function leafUnpack(shape: Shape): string {
  if (shape.kind === 'bigint') return 'unpackBigInt';
  if (shape.kind === 'date') return 'unpackDate';
  return shape.kind === 'bytes' && shape.as === 'Buffer' ? 'unpackBuffer' : 'unpackBytes';
}

/** A function that decodes: by its name if it has one that will do. */
export function unpackFunction(page: PageScope, shape: Shape, type: string | undefined): Doc {
  if (!needsUnpack(shape, page.model.types)) return runtime(page, 'asIs');
  if (shape.kind === 'named' && depthArgument(page, shape.name, type) === '') {
    return unpackFunctionName(shape.name);
  }
  if (shape.kind === 'bigint' || shape.kind === 'date' || shape.kind === 'bytes') {
    return runtime(page, leafUnpack(shape));
  }
  const [only, second] = richMembers(page, shape);
  // `null` and the like pass through any decoder.
  if (only !== undefined && second === undefined && only.kind !== 'date')
    return unpackFunction(page, only, type);
  return ['(item) => ', unpackOf(page, shape, 'item', type)];
}

function richMembers(page: PageScope, shape: Shape): readonly Shape[] {
  return shape.kind === 'union'
    ? shape.members.filter((member) => needsUnpack(member, page.model.types))
    : [];
}

function unpackMembers(
  page: PageScope,
  members: readonly Member[],
  local: Doc,
  type: string | undefined,
): Doc {
  const rich = members.filter((member) => needsUnpack(member.shape, page.model.types));
  if (rich.length === 0) return local;
  const items = rich.map((member): Doc => {
    return [`${propertyName(member.key)}: `, unpackFunction(page, member.shape, type)];
  });
  return list(`${runtime(page, 'unpackMembers')}(`, [local, braces(items)], ')');
}

function unpackRecord(
  page: PageScope,
  { members, rules }: RecordShape,
  local: Doc,
  type: string | undefined,
): Doc {
  const named = unpackMembers(page, members, local, type);
  if (!rules.some((rule) => needsUnpack(rule.value, page.model.types))) return named;
  const item = ruleChoice(rules, (rule) => unpackOf(page, rule.value, 'item', type), 'item');
  const isCertain = rules.length === 1 && rules[0]?.pattern === undefined;
  const args = [named, [isCertain ? '(item) => ' : '(item, key) => ', item], ...exceptions(members)];
  return list(`${runtime(page, 'unpackRecord')}(`, args, ')');
}

type UnionShape = Extract<Shape, { readonly kind: 'union' }>;

/** Objects first: what they come from is an object before and after. */
function unpackUnion(page: PageScope, shape: UnionShape, local: Doc, type: string | undefined): Doc {
  const { types } = page.model;
  const rich = shape.members.filter((member) => needsUnpack(member, types));
  const isString = shape.members
    .filter((member) => resolve(member, types).kind !== 'date')
    .some((member) => alternativesOf(member, types).some((one) => wireKinds(one, types).has('string')));
  return rich.reduce<Doc>((inner, member) => {
    // The text of a time is a string like any other where one may stand.
    if (member.kind === 'date' && isString) return [`${runtime(page, 'unpackTime')}(`, inner, ')'];
    return unpackOf(page, member, inner, type);
  }, local);
}
