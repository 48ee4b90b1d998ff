/**
 * Encoders: for each type of a page a function that copies the members that the contract names.
 *
 * Encoders run only on values that a check has accepted and do not check again, except where only a check can tell the
 * members of a union apart.
 */
import { isLeaf } from '../../model/leaf-shapes.js';
import type { Member, NamedType, RecordShape, Shape, TupleShape } from '../../model/model.js';
import {
  alternativesOf,
  isOptional,
  isRich,
  objectsOf,
  resolve,
  withoutUndefined,
} from '../../model/shapes.js';
import { checkOf } from '../checks/check-expression.js';
import type { ContractPage } from '../contract-page.js';
import { destructure } from '../destructure.js';
import { isVariableName, packFunctionName, propertyName } from '../names.js';
import { needsPack } from '../predicates.js';
import { braces, brackets, call, isGroup, parenthesised } from '../printer/fragment.js';
import type { Fragment } from '../printer/fragment.js';
import type { BodyName } from '../runtime-names.js';
import { emitCases, namedKeys, dispatchOnKey, taggedMembers } from '../union-dispatch.js';
import type { TaggedMembers } from '../union-dispatch.js';

/** Writes `packX` for a type; nothing for a type whose values are sent unchanged. */
export function emitPack(page: ContractPage, type: NamedType): void {
  if (!needsPack(type.shape, page.model.types)) return;
  const isObject = type.shape.kind === 'object' || type.shape.kind === 'record';
  const result = isObject ? page.runtimeType('Fields') : 'unknown';
  page.line();
  page.block(
    `function ${packFunctionName(type.name)}(value: unknown): ${result} {`,
    () => emitBody(page, type.shape),
    '}',
  );
}

function emitBody(page: ContractPage, shape: Shape): void {
  if (shape.kind === 'object') return emitObject(page, shape.members);
  if (shape.kind === 'record') return emitRecord(page, shape);
  if (shape.kind === 'tuple') return page.line('return ', tuplePack(page, shape), ';');
  const tagged = shape.kind === 'union' ? taggedMembers(page, shape.members) : undefined;
  if (tagged !== undefined && areSentUnchanged(page, tagged.others)) return emitTagged(page, tagged);
  page.line('return ', packOf(page, shape, 'value'), ';');
}

/** Whether the members need no encoder and are no objects, which could be mistaken for members that need one. */
function areSentUnchanged(page: ContractPage, members: readonly Shape[]): boolean {
  return !hasOtherObjects(page, members) && !members.some((member) => needsPack(member, page.model.types));
}

function emitObject(page: ContractPage, members: readonly Member[]): void {
  const locals = destructure(page, members, `value as ${page.runtimeType('Fields')}`);
  const items = members.map((member, i) => packedMember(page, member, locals[i] ?? ''));
  page.line('return ', braces(items), ';');
}

function emitRecord(page: ContractPage, { members, rules }: RecordShape): void {
  const source = `value as ${page.runtimeType('Fields')}`;
  const locals = destructure(page, members, source);
  const items = members.map((member, i) => packedMember(page, member, locals[i] ?? ''));
  const isCertain = rules.some(({ pattern }) => pattern === undefined);
  const packed = dispatchOnKey(rules, (rule) => packOf(page, rule.value, 'item'), 'undefined');
  const parameters = rules.length === 1 && isCertain ? '(item) => ' : '(item, key) => ';
  const args = ['value', [parameters, packed], ...namedKeys(members)];
  const entries = call(page.runtime('packRecord'), args);
  page.line('return ', items.length === 0 ? entries : braces([['...', entries], ...items]), ';');
}

function tuplePack(page: ContractPage, shape: TupleShape): Fragment {
  const functions = tupleFunctions(shape, (item) => packFunction(page, item));
  return call(page.runtime('packTuple'), ['value', functions]);
}

/** Returns `{ head: [a, b], rest: c, tail: [d] }`, the item functions that `packTuple` and `unpackTuple` expect. */
export function tupleFunctions(
  { head, optional, rest, tail }: TupleShape,
  functionOf: (shape: Shape) => Fragment,
): Fragment {
  const parts: Fragment[] = [['head: ', brackets([...head, ...optional].map(functionOf))]];
  if (rest !== undefined) parts.push(['rest: ', functionOf(rest)]);
  if (tail.length > 0) parts.push(['tail: ', brackets(tail.map(functionOf))]);
  return braces(parts);
}

/** Returns a function that encodes the shape: its name if it has one, otherwise a lambda. */
export function packFunction(page: ContractPage, shape: Shape, local = ''): Fragment {
  if (!needsPack(shape, page.model.types)) return page.runtime('identity');
  if (shape.kind === 'named') return packFunctionName(shape.name);
  const name = leafPack(shape);
  if (name !== undefined) return page.runtime(name);
  const inner = local === 'item' ? 'inner' : 'item';
  return [`(${inner}) => `, packOf(page, shape, inner)];
}

function leafPack({ kind }: Shape): BodyName | undefined {
  if (kind === 'bigint') return 'packBigInt';
  if (kind === 'date') return 'packDate';
  return kind === 'bytes' ? 'packBytes' : undefined;
}

function packedMember(page: ContractPage, member: Member, local: string): Fragment {
  const isPlain = !needsPack(member.shape, page.model.types);
  if (isPlain && member.key === local && isVariableName(local)) return local;
  return [`${propertyName(member.key)}: `, memberPack(page, member, local)];
}

/** Returns an expression for the encoded form of a member, or `undefined`. */
export function memberPack(page: ContractPage, member: Member, local: string): Fragment {
  if (!needsPack(member.shape, page.model.types)) return local;
  if (!isOptional(member, page.model.types)) return packOf(page, member.shape, local);
  const shape = withoutUndefined(member.shape);
  const members = shape.kind === 'union' ? shape.members : [shape];
  return packUnion(page, [...members, { kind: 'undefined' }], local);
}

function emitTagged(page: ContractPage, { tag, tagged, others }: TaggedMembers): void {
  if (others.length > 0) page.line(`if (!${page.runtime('isObject')}(value)) return value;`);
  const source = others.length > 0 ? 'value' : `value as ${page.runtimeType('Fields')}`;
  const [local = ''] = destructure(page, [{ key: tag.key }], source);
  page.block(
    `switch (${local}) {`,
    () => {
      for (const [i, member] of tagged.entries()) {
        const isLast = i === tagged.length - 1;
        if (isLast) page.line('default:');
        else emitCases(page, tag.values[i] ?? []);
        page.line('  return ', packOf(page, member, 'value'), ';');
      }
    },
    '}',
  );
}

/** Returns an expression for the encoded form of the value of `local`. */
export function packOf(page: ContractPage, shape: Shape, local: string): Fragment {
  if (!needsPack(shape, page.model.types)) return local;
  if (isLeaf(shape)) return `${page.runtime(leafPack(shape) ?? 'identity')}(${local})`;
  switch (shape.kind) {
    case 'array':
      return call(page.runtime('packArray'), [local, packFunction(page, shape.item, local)]);
    case 'set':
      return call(page.runtime('packSet'), [local, packFunction(page, shape.item, local)]);
    case 'map': {
      const parts = [shape.key, shape.value].map((part) => packFunction(page, part, local));
      return call(page.runtime('packMap'), [local, ...parts]);
    }
    case 'union':
      return packUnion(page, shape.members, local);
    case 'named':
      return `${packFunctionName(shape.name)}(${local})`;
    case 'object':
    case 'record':
    case 'tuple':
      throw new Error(`a page contains an inline ${shape.kind}`);
  }
}

function packUnion(page: ContractPage, members: readonly Shape[], local: string): Fragment {
  const { types } = page.model;
  const packed = members.filter((member) => needsPack(member, types));
  const plain = members.filter((member) => !needsPack(member, types));
  const [only] = packed;
  if (only === undefined) return local;
  // A value that fits a record may fit an object as well.
  if (packed.length > 1 || hasOtherObjects(page, plain))
    return packByKind(page, members, local) ?? mergedPack(page, members, local);
  return plain.length === 0 ? packOf(page, only, local) : onePack(page, only, plain, local);
}

/** Encodes one member of a union and sends the others unchanged. */
function onePack(page: ContractPage, only: Shape, plain: readonly Shape[], local: string): Fragment {
  const kinds = plain.map((member) => member.kind);
  if (kinds.every((kind) => kind === 'null' || kind === 'undefined')) {
    const isEmpty = kinds.map((kind) => `${local} === ${kind === 'null' ? 'null' : 'undefined'}`);
    return [`${isEmpty.join(' || ')} ? ${local} : `, packOf(page, only, local)];
  }
  const isObject = objectsOf(only, page.model.types).length > 0;
  const test = isObject
    ? `${page.runtime('isObject')}(${local})`
    : inTest(checkOf(page, only, local, undefined));
  return [test, ' ? ', packOf(page, only, local), ` : ${local}`];
}

/** Whether values of some members are objects although the shape is not `object`: records and class instances. */
function hasOtherObjects(page: ContractPage, members: readonly Shape[]): boolean {
  const { types } = page.model;
  return members
    .flatMap((member) => alternativesOf(member, types))
    .map((member) => resolve(member, types))
    .some((member) => member.kind === 'record' || (isRich(member) && member.kind !== 'bigint'));
}

function isList({ kind }: Shape): boolean {
  return kind === 'array' || kind === 'tuple';
}

/** Tells an object from arrays, if that suffices. */
function packByKind(page: ContractPage, members: readonly Shape[], local: string): Fragment | undefined {
  const { types } = page.model;
  const packed = members.filter((member) => needsPack(member, types));
  if (
    hasOtherObjects(
      page,
      members.filter((member) => objectsOf(member, types).length === 0),
    )
  )
    return undefined;
  const [only, second] = packed.filter((member) => !isList(resolve(member, types)));
  if (only === undefined || second !== undefined || objectsOf(only, types).length === 0) return undefined;
  const rest = members.filter((member) => member !== only);
  return [
    `${page.runtime('isObject')}(${local}) ? `,
    packOf(page, only, local),
    ' : ',
    packUnion(page, rest, local),
  ];
}

/** Merges what all fitting members name, for unions without a discriminant. */
function mergedPack(page: ContractPage, members: readonly Shape[], local: string): Fragment {
  const parts = members.map((member): Fragment => {
    const test = inTest(checkOf(page, member, local, undefined));
    return [test, ' ? ', packOf(page, member, local), ' : undefined'];
  });
  return call(page.runtime('mergePacked'), parts);
}

function inTest(check: Fragment): Fragment {
  return isGroup(check) && check.open === '(' ? parenthesised(check) : check;
}
