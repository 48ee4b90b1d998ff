/**
 * Encoders: a function for each type of a page that copies what the contract names.
 *
 * They run only on values that a check has accepted, so they do not look again, except where only a check can tell
 * the members of a union apart.
 */
import type { Member, NamedType, RecordShape, Shape, TupleShape } from '../../model/model.js';
import { alternativesOf, isOptional, isRich, objectsOf, resolve, withoutAbsent } from '../../model/shapes.js';
import { checkOf } from '../checks/check-expression.js';
import { emitCases, exceptions, ruleChoice, taggedMembers } from '../union-dispatch.js';
import type { TaggedMembers } from '../union-dispatch.js';
import { braces, chain, list, parenthesised } from '../printer/fragment.js';
import type { Doc } from '../printer/fragment.js';
import { isVariableName, propertyName } from '../names.js';
import { needsPack, packFunctionName } from '../page-model.js';
import { RUNTIME, readMembers, runtime } from '../emit-context.js';
import type { PageScope } from '../emit-context.js';

/** Writes `packX` for a type; nothing for a type whose values are sent as they are. */
export function emitPack(page: PageScope, type: NamedType): void {
  if (!needsPack(type.shape, page.model.types)) return;
  const isObject = type.shape.kind === 'object' || type.shape.kind === 'record';
  const result = isObject ? page.out.useType('Fields', RUNTIME) : 'unknown';
  page.out.line();
  page.out.block(
    `function ${packFunctionName(type.name)}(value: unknown): ${result} {`,
    () => emitBody(page, type.shape),
    '}',
  );
}

function emitBody(page: PageScope, shape: Shape): void {
  if (shape.kind === 'object') return emitObject(page, shape.members);
  if (shape.kind === 'record') return emitRecord(page, shape);
  if (shape.kind === 'tuple') return page.out.line('return ', tuplePack(page, shape), ';');
  const tagged = shape.kind === 'union' ? taggedMembers(page, shape.members) : undefined;
  if (tagged !== undefined && areSentAsTheyAre(page, tagged.others)) return emitTagged(page, tagged);
  page.out.line('return ', packOf(page, shape, 'value'), ';');
}

/** Whether these need no encoder, and are no objects, which could be taken for those that do. */
function areSentAsTheyAre(page: PageScope, members: readonly Shape[]): boolean {
  return !hasFields(page, members) && !members.some((member) => needsPack(member, page.model.types));
}

function emitObject(page: PageScope, members: readonly Member[]): void {
  const locals = readMembers(page, members, `value as ${page.out.useType('Fields', RUNTIME)}`);
  const items = members.map((member, i) => packedMember(page, member, locals[i] ?? ''));
  page.out.line('return ', braces(items), ';');
}

function emitRecord(page: PageScope, { members, rules }: RecordShape): void {
  const source = `value as ${page.out.useType('Fields', RUNTIME)}`;
  const locals = readMembers(page, members, source);
  const items = members.map((member, i) => packedMember(page, member, locals[i] ?? ''));
  const isCertain = rules.some(({ pattern }) => pattern === undefined);
  const packed = ruleChoice(rules, (rule) => packOf(page, rule.value, 'item'), 'undefined');
  const parameters = rules.length === 1 && isCertain ? '(item) => ' : '(item, key) => ';
  const args = ['value', [parameters, packed], ...exceptions(members)];
  const call = list(`${runtime(page, 'packRecord')}(`, args, ')');
  page.out.line('return ', items.length === 0 ? call : braces([['...', call], ...items]), ';');
}

function tuplePack(page: PageScope, shape: TupleShape): Doc {
  const places = tuplePlaces(shape, (item) => packFunction(page, item));
  return list(`${runtime(page, 'packTuple')}(`, ['value', places], ')');
}

/** `{ head: [a, b], rest: c, tail: [d] }`, as encoders and decoders of tuples take them. */
export function tuplePlaces(
  { head, optional, rest, tail }: TupleShape,
  functionOf: (shape: Shape) => Doc,
): Doc {
  const places: Doc[] = [['head: ', list('[', [...head, ...optional].map(functionOf), ']')]];
  if (rest !== undefined) places.push(['rest: ', functionOf(rest)]);
  if (tail.length > 0) places.push(['tail: ', list('[', tail.map(functionOf), ']')]);
  return braces(places);
}

/** A function that encodes: by its name if it has one. */
export function packFunction(page: PageScope, shape: Shape, local = ''): Doc {
  if (!needsPack(shape, page.model.types)) return runtime(page, 'asIs');
  if (shape.kind === 'named') return packFunctionName(shape.name);
  const name = leafPack(shape);
  if (name !== undefined) return runtime(page, name);
  const inner = local === 'item' ? 'inner' : 'item';
  return [`(${inner}) => `, packOf(page, shape, inner)];
}

function leafPack({ kind }: Shape): string | undefined {
  if (kind === 'bigint') return 'packBigInt';
  if (kind === 'date') return 'packDate';
  return kind === 'bytes' ? 'packBytes' : undefined;
}

function packedMember(page: PageScope, member: Member, local: string): Doc {
  const isPlain = !needsPack(member.shape, page.model.types);
  if (isPlain && member.key === local && isVariableName(local)) return local;
  return [`${propertyName(member.key)}: `, memberPack(page, member, local)];
}

/** An expression that is the encoded form of a member, or `undefined`. */
export function memberPack(page: PageScope, member: Member, local: string): Doc {
  if (!needsPack(member.shape, page.model.types)) return local;
  if (!isOptional(member, page.model.types)) return packOf(page, member.shape, local);
  const shape = withoutAbsent(member.shape);
  const members = shape.kind === 'union' ? shape.members : [shape];
  return packUnion(page, [...members, { kind: 'absent' }], local);
}

function emitTagged(page: PageScope, { tag, tagged, others }: TaggedMembers): void {
  if (others.length > 0) page.out.line(`if (!${runtime(page, 'isObject')}(value)) return value;`);
  const source = others.length > 0 ? 'value' : `value as ${page.out.useType('Fields', RUNTIME)}`;
  const [local = ''] = readMembers(page, [{ key: tag.key }], source);
  page.out.block(
    `switch (${local}) {`,
    () => {
      for (const [i, member] of tagged.entries()) {
        const isLast = i === tagged.length - 1;
        if (isLast) page.out.line('default:');
        else emitCases(page, tag.values[i] ?? []);
        page.out.line('  return ', packOf(page, member, 'value'), ';');
      }
    },
    '}',
  );
}

/** An expression that is the encoded form of what `local` holds. */
export function packOf(page: PageScope, shape: Shape, local: string): Doc {
  if (!needsPack(shape, page.model.types)) return local;
  switch (shape.kind) {
    case 'array':
      return list(`${runtime(page, 'packArray')}(`, [local, packFunction(page, shape.item, local)], ')');
    case 'set':
      return list(`${runtime(page, 'packSet')}(`, [local, packFunction(page, shape.item, local)], ')');
    case 'map': {
      const parts = [shape.key, shape.value].map((part) => packFunction(page, part, local));
      return list(`${runtime(page, 'packMap')}(`, [local, ...parts], ')');
    }
    case 'bigint':
    case 'date':
    case 'bytes':
      return `${runtime(page, leafPack(shape) ?? '')}(${local})`;
    case 'union':
      return packUnion(page, shape.members, local);
    case 'named':
      return `${packFunctionName(shape.name)}(${local})`;
    case 'object':
    case 'record':
    case 'tuple':
      throw new Error(`a shape without a name has got onto a page: ${shape.kind}`);
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

function packUnion(page: PageScope, members: readonly Shape[], local: string): Doc {
  const { types } = page.model;
  const packed = members.filter((member) => needsPack(member, types));
  const plain = members.filter((member) => !needsPack(member, types));
  const [only] = packed;
  if (only === undefined) return local;
  // What fits a record may fit an object, too.
  if (packed.length > 1 || hasFields(page, plain))
    return packByKind(page, members, local) ?? mergedPack(page, members, local);
  return plain.length === 0 ? packOf(page, only, local) : onePack(page, only, plain, local);
}

/** One member is copied, the others are sent as they are. */
function onePack(page: PageScope, only: Shape, plain: readonly Shape[], local: string): Doc {
  const kinds = plain.map((member) => member.kind);
  if (kinds.every((kind) => kind === 'null' || kind === 'absent')) {
    const isEmpty = kinds.map((kind) => `${local} === ${kind === 'null' ? 'null' : 'undefined'}`);
    return [`${isEmpty.join(' || ')} ? ${local} : `, packOf(page, only, local)];
  }
  const isObject = objectsOf(only, page.model.types).length > 0;
  const test = isObject
    ? `${runtime(page, 'isObject')}(${local})`
    : inTest(checkOf(page, only, local, undefined));
  return [test, ' ? ', packOf(page, only, local), ` : ${local}`];
}

/** Whether some of these are objects to JavaScript without being so by name. */
function hasFields(page: PageScope, members: readonly Shape[]): boolean {
  const { types } = page.model;
  return members
    .flatMap((member) => alternativesOf(member, types))
    .map((member) => resolve(member, types))
    .some((member) => member.kind === 'record' || (isRich(member) && member.kind !== 'bigint'));
}

function isList({ kind }: Shape): boolean {
  return kind === 'array' || kind === 'tuple';
}

/** An object and arrays exclude each other. */
function packByKind(page: PageScope, members: readonly Shape[], local: string): Doc | undefined {
  const { types } = page.model;
  const packed = members.filter((member) => needsPack(member, types));
  if (
    hasFields(
      page,
      members.filter((member) => objectsOf(member, types).length === 0),
    )
  )
    return undefined;
  const [only, second] = packed.filter((member) => !isList(resolve(member, types)));
  if (only === undefined || second !== undefined || objectsOf(only, types).length === 0) return undefined;
  const rest = members.filter((member) => member !== only);
  return [
    `${runtime(page, 'isObject')}(${local}) ? `,
    packOf(page, only, local),
    ' : ',
    packUnion(page, rest, local),
  ];
}

/** Nothing tells the members apart: what each of them names is sent. */
function mergedPack(page: PageScope, members: readonly Shape[], local: string): Doc {
  const parts = members.map((member): Doc => {
    const test = inTest(checkOf(page, member, local, undefined));
    return [test, ' ? ', packOf(page, member, local), ' : undefined'];
  });
  return list(`${runtime(page, 'mergePacked')}(`, parts, ')');
}

function inTest(check: Doc): Doc {
  return typeof check === 'object' && 'items' in check && check.open === '('
    ? parenthesised(chain([check], '||'))
    : check;
}
