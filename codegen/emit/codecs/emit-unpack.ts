/**
 * Decoders: a function for each type of a page whose values look different on the wire.
 *
 * Decoders run before any check, on any parsed JSON, and leave values that they do not recognise unchanged. The members of
 * a union can be told apart on the wire (the front end ensures it), so their decoders run one after the other: no decoder
 * recognises a value that another one has decoded.
 */
import { isLeaf } from '../../model/leaf-shapes.js';
import type { Member, NamedType, RecordShape, Shape } from '../../model/model.js';
import { alternativesOf, resolve } from '../../model/shapes.js';
import { wireKinds } from '../../model/wire-kinds.js';
import { tupleFunctions } from './emit-pack.js';
import type { ContractPage } from '../contract-page.js';
import { destructure } from '../destructure.js';
import { propertyName, unpackFunctionName } from '../names.js';
import { needsUnpack } from '../predicates.js';
import { braces, call } from '../printer/fragment.js';
import type { Fragment } from '../printer/fragment.js';
import type { BodyName } from '../runtime-names.js';
import { emitCases, namedKeys, dispatchOnKey, taggedMembers } from '../union-dispatch.js';
import type { TaggedMembers } from '../union-dispatch.js';

/** Writes `unpackX` for a type; nothing for a type whose values JSON can express. */
export function emitUnpack(page: ContractPage, type: NamedType): void {
  if (!needsUnpack(type.shape, page.model.types)) return;
  const { recursion } = page.model;
  const depth = recursion.isDeep(type.name) ? ', depth = 0' : '';
  page.line();
  page.block(
    `function ${unpackFunctionName(type.name)}(value: unknown${depth}): unknown {`,
    () => {
      if (recursion.isRecursive(type.name)) {
        page.line(`if (depth > ${page.runtime('MAX_DEPTH')}) return value;`);
      }
      emitBody(page, type);
    },
    '}',
  );
}

function emitBody(page: ContractPage, { name, shape }: NamedType): void {
  const tagged = shape.kind === 'union' ? taggedMembers(page, shape.members) : undefined;
  if (tagged !== undefined && tagged.tagged.some((one) => needsUnpack(one, page.model.types))) {
    return emitTagged(page, name, tagged);
  }
  page.line('return ', unpackOf(page, shape, 'value', name), ';');
}

function emitTagged(page: ContractPage, type: string, { tag, tagged, others }: TaggedMembers): void {
  const rest = unpackUnion(page, { kind: 'union', members: others }, 'value', type);
  page.line(`if (!${page.runtime('isObject')}(value)) return `, rest, ';');
  const [local = ''] = destructure(page, [{ key: tag.key }], 'value');
  page.block(
    `switch (${local}) {`,
    () => {
      for (const [i, member] of tagged.entries()) {
        if (!needsUnpack(member, page.model.types)) continue;
        emitCases(page, tag.values[i] ?? []);
        page.line('  return ', unpackOf(page, member, 'value', type), ';');
      }
      page.line('default:');
      page.line('  return value;');
    },
    '}',
  );
}

/**
 * Returns an expression for the decoded form of `local`.
 *
 * @param type - The type whose function the expression is part of.
 */
export function unpackOf(
  page: ContractPage,
  shape: Shape,
  local: Fragment,
  type: string | undefined,
): Fragment {
  if (!needsUnpack(shape, page.model.types)) return local;
  if (isLeaf(shape)) return [`${page.runtime(leafUnpack(shape))}(`, local, ')'];
  switch (shape.kind) {
    case 'array':
      return call(page.runtime('unpackArray'), [local, unpackFunction(page, shape.item, type)]);
    case 'set':
      return call(page.runtime('unpackSet'), [local, unpackFunction(page, shape.item, type)]);
    case 'map': {
      const parts = [shape.key, shape.value].map((part) => unpackFunction(page, part, type));
      return call(page.runtime('unpackMap'), [local, ...parts]);
    }
    case 'tuple': {
      const functions = tupleFunctions(shape, (item) => unpackFunction(page, item, type));
      return call(page.runtime('unpackTuple'), [local, functions]);
    }
    case 'object':
      return unpackMembers(page, shape.members, local, type);
    case 'record':
      return unpackRecord(page, shape, local, type);
    case 'union':
      return unpackUnion(page, shape, local, type);
    case 'named':
      return [`${unpackFunctionName(shape.name)}(`, local, `${page.depthArgument(shape.name, type)})`];
  }
}

function leafUnpack(shape: Shape): BodyName {
  if (shape.kind === 'bigint') return 'unpackBigInt';
  if (shape.kind === 'date') return 'unpackDate';
  return shape.kind === 'bytes' && shape.as === 'Buffer' ? 'unpackBuffer' : 'unpackBytes';
}

/** Returns a function that decodes the shape: its name if it has one that can be called as it is, otherwise a lambda. */
export function unpackFunction(page: ContractPage, shape: Shape, type: string | undefined): Fragment {
  if (!needsUnpack(shape, page.model.types)) return page.runtime('identity');
  if (shape.kind === 'named' && page.depthArgument(shape.name, type) === '') {
    return unpackFunctionName(shape.name);
  }
  if (shape.kind === 'bigint' || shape.kind === 'date' || shape.kind === 'bytes') {
    return page.runtime(leafUnpack(shape));
  }
  const [only, second] = richMembers(page, shape);
  // Any decoder leaves `null` and `undefined` unchanged.
  if (only !== undefined && second === undefined && only.kind !== 'date')
    return unpackFunction(page, only, type);
  return ['(item) => ', unpackOf(page, shape, 'item', type)];
}

function richMembers(page: ContractPage, shape: Shape): readonly Shape[] {
  return shape.kind === 'union'
    ? shape.members.filter((member) => needsUnpack(member, page.model.types))
    : [];
}

function unpackMembers(
  page: ContractPage,
  members: readonly Member[],
  local: Fragment,
  type: string | undefined,
): Fragment {
  const rich = members.filter((member) => needsUnpack(member.shape, page.model.types));
  if (rich.length === 0) return local;
  const items = rich.map((member): Fragment => {
    return [`${propertyName(member.key)}: `, unpackFunction(page, member.shape, type)];
  });
  return call(page.runtime('unpackMembers'), [local, braces(items)]);
}

function unpackRecord(
  page: ContractPage,
  { members, rules }: RecordShape,
  local: Fragment,
  type: string | undefined,
): Fragment {
  const named = unpackMembers(page, members, local, type);
  if (!rules.some((rule) => needsUnpack(rule.value, page.model.types))) return named;
  const item = dispatchOnKey(rules, (rule) => unpackOf(page, rule.value, 'item', type), 'item');
  const isCertain = rules.length === 1 && rules[0]?.pattern === undefined;
  const args = [named, [isCertain ? '(item) => ' : '(item, key) => ', item], ...namedKeys(members)];
  return call(page.runtime('unpackRecord'), args);
}

type UnionShape = Extract<Shape, { readonly kind: 'union' }>;

/** Nests the decoders of the members, objects innermost: an object is an object before and after decoding. */
function unpackUnion(
  page: ContractPage,
  shape: UnionShape,
  local: Fragment,
  type: string | undefined,
): Fragment {
  const { types } = page.model;
  const rich = shape.members.filter((member) => needsUnpack(member, types));
  const isString = shape.members
    .filter((member) => resolve(member, types).kind !== 'date')
    .some((member) => alternativesOf(member, types).some((one) => wireKinds(one, types).has('string')));
  return rich.reduce<Fragment>((inner, member) => {
    // Where strings fit as well, an ISO time is a string, not a date.
    if (member.kind === 'date' && isString) return [`${page.runtime('unpackNumericDate')}(`, inner, ')'];
    return unpackOf(page, member, inner, type);
  }, local);
}
