/**
 * Type walker: from the checker's types to shapes.
 *
 * The checker knows what a type comes to, but not how it was written: aliases of unions get lost in larger unions, and
 * only nodes have places. So both are followed in parallel. A node is trusted as long as it says the same as the type
 * at hand; inside generic types it does not, and there the type alone decides.
 */
import type { ts } from 'ts-morph';
import type { DiagnosticCode } from '../diagnostics.js';
import { FORMATS } from '../formats.js';
import type { KeyRule, Member, NamedType, Shape, TextRules } from '../model.js';
import { compare, tableOf, unionOf, unionsIn, withoutAbsent } from '../shapes.js';
import { describeShape, indistinct } from '../wire-kinds.js';
import { compiler } from './compiler.js';
import { constrainByTag, constraintTags, hasLostTags, isPattern, isPossible } from './constraint-tags.js';
import { builtInOf, isReservedKey, isUnresolved, refusalOf } from './refusals.js';
import { SchemaReader, staticOf } from './schema-reader.js';
import { NUMBER_PATTERN, templateRules } from './template-literals.js';
import { constraintsOf, isPhantom, isVocabulary } from './vocabulary.js';
import type { Constraint } from './vocabulary.js';
import type { Reporter } from './reporter.js';

/** Where the walk is. */
export interface Spot {
  /** What to underline if something is wrong. */
  readonly node: ts.Node;
  /** How the type was written, if that can be trusted. */
  readonly written: ts.TypeNode | undefined;
  /** How messages call it: `getGuildData.data.guildId`. */
  readonly path: string;
}

/** A type with a name, and where it comes from. */
export interface WalkedType {
  readonly type: NamedType;
  readonly spot: Spot;
}

/** What stands for a type that was refused; a diagnostic has been reported for it. */
const REFUSED: Shape = { kind: 'anything' };

const MAX_INSTANCES = 50;

/** More types of the Discord API than this in one contract are worth a word. */
const MANY_TYPES = 25;

function isFromDiscord(declaration: ts.Declaration): boolean {
  return declaration.getSourceFile().fileName.includes('/node_modules/discord-api-types/');
}

/** Walks the types of one contract. */
export class TypeWalker {
  readonly #checker: ts.TypeChecker;
  readonly #program: ts.Program;
  readonly #reporter: Reporter;
  readonly #file: ts.SourceFile;
  readonly #names = new Map<ts.Type, string>();
  readonly #instances = new Map<ts.Symbol, number>();
  readonly #schemas = new SchemaReader();
  readonly #walked = new Map<string, WalkedType | undefined>();
  readonly #unions: { readonly shape: Shape; readonly spot: Spot }[] = [];
  readonly #fromDiscord: Spot[] = [];
  #hasBrands = false;

  /** @param file - The contract file. */
  constructor(program: ts.Program, reporter: Reporter, file: ts.SourceFile) {
    this.#file = file;
    this.#program = program;
    this.#checker = program.getTypeChecker();
    this.#reporter = reporter;
  }

  /** Whether a primitive was met that is more to the type checker than a value can show. */
  get hasBrands(): boolean {
    return this.#hasBrands;
  }

  /** The named types met so far, in the order in which they were met. */
  types(): readonly WalkedType[] {
    return [...this.#walked.values()].filter((one) => one !== undefined);
  }

  /** The shape of a type as it was written somewhere. */
  shapeOfNode(node: ts.TypeNode, path: string): Shape {
    const schema = staticOf(node, this.#checker);
    if (schema !== undefined) {
      const read = this.#schemas.shapeAt(schema, node, path, this.#reporter);
      const spot: Spot = { node, written: undefined, path };
      this.#unions.push(...unionsIn(read).map((union) => ({ shape: union, spot })));
      return read;
    }
    const shape = this.shapeOf(this.#checker.getTypeFromTypeNode(node), { node, written: node, path });
    // An alias of something that gets no name of its own: its tags would be lost with it.
    const alias = compiler.isTypeReferenceNode(node)
      ? this.#checker.getSymbolAtLocation(node.typeName)
      : undefined;
    const declarations = alias?.declarations?.filter(compiler.isTypeAliasDeclaration) ?? [];
    return shape.kind === 'named' ? shape : this.#tagged(shape, declarations, path, true);
  }

  /** Members of unions that a check can tell apart, and a receiver cannot. To be asked when all is walked. */
  reportIndistinct(): void {
    const types = tableOf(this.types().map(({ type }) => type));
    for (const { shape, spot } of this.#unions) {
      const pair = indistinct(shape, types)?.map((one) => describeShape(one));
      if (pair === undefined) continue;
      const message = `${spot.path}: on the wire nothing tells ${pair.join(' from ')}`;
      this.#refuse(
        spot,
        'SW2014',
        message,
        "wrap them in objects with a literal of their own each: kind: 'a'",
      );
    }
  }

  /** What Discord sends is plain data and may be sent on, but one name may stand for hundreds of types. */
  reportSize(): void {
    const [first] = this.#fromDiscord;
    const count = this.#fromDiscord.length;
    if (first === undefined || count <= MANY_TYPES) return;
    this.#reporter.at(first.node, {
      code: 'SW2017',
      severity: 'warning',
      message: `${first.path}: this brings ${count} types of the Discord API into the contract`,
      hint: 'send what the other side needs: Pick<APIGuild, ...>',
    });
  }

  #tagged(shape: Shape, declarations: readonly ts.Node[], path: string, isCertain: boolean): Shape {
    return declarations.flatMap(constraintTags).reduce((constrained, tag) => {
      const result = constrainByTag(constrained, tag);
      if (result.ok) return result.shape;
      const hint = 'docs/diagnostics.md says which tag goes with which type';
      if (isCertain) this.#refuse(tag, 'SW2015', `${path}: ${result.message}`, hint);
      return constrained;
    }, shape);
  }

  shapeOf(type: ts.Type, spot: Spot): Shape {
    const named = this.#nameOf(type);
    return named === undefined ? this.#structure(type, spot) : this.#named(type, named, spot);
  }

  /** What to call a type, if it is worth a name: an interface of the user's, or an alias of something composed. */
  #nameOf(type: ts.Type): ts.Symbol | undefined {
    const isDeclared = type.isClassOrInterface() || isReference(type) || isEnum(type);
    const symbol = type.aliasSymbol ?? (isDeclared ? type.symbol : undefined);
    if (symbol === undefined || this.#isFromTypeScript(symbol) || isVocabulary(symbol)) return undefined;
    if (builtInOf(type, this.#program) !== undefined || isBranded(type)) return undefined;
    if (refusalOf(type, this.#program) !== undefined) return undefined;
    return symbol;
  }

  #isFromTypeScript(symbol: ts.Symbol): boolean {
    const [declaration] = symbol.declarations ?? [];
    return declaration !== undefined && this.#program.isSourceFileDefaultLibrary(declaration.getSourceFile());
  }

  #named(type: ts.Type, symbol: ts.Symbol, spot: Spot): Shape {
    const known = this.#names.get(type);
    if (known !== undefined) return { kind: 'named', name: known };
    if (!this.#countInstance(symbol, spot)) return REFUSED;

    if (symbol.declarations?.some(isFromDiscord) === true) this.#fromDiscord.push(spot);
    const name = this.#freeName(symbol.name);
    this.#names.set(type, name);
    this.#walked.set(name, undefined);
    const inside = insideOf(type, symbol, name, spot);
    const shape = this.#tagged(this.#structure(type, inside), symbol.declarations ?? [], name, true);
    const doc = compiler.displayPartsToString(symbol.getDocumentationComment(this.#checker));
    this.#walked.set(name, { type: { name, doc, shape }, spot: inside });
    return { kind: 'named', name };
  }

  #freeName(wish: string): string {
    let name = wish;
    for (let i = 2; this.#walked.has(name); i++) name = `${wish}${i}`;
    return name;
  }

  /** `interface Endless<T> { next: Endless<T[]> }` has a new instance inside each instance. */
  #countInstance(symbol: ts.Symbol, spot: Spot): boolean {
    const count = (this.#instances.get(symbol) ?? 0) + 1;
    this.#instances.set(symbol, count);
    if (count <= MAX_INSTANCES) return true;
    const message = `${spot.path}: \`${symbol.name}\` has more than ${MAX_INSTANCES} different instances`;
    this.#refuse(spot, 'SW2013', message, 'write the types out instead of making them with type parameters');
    return false;
  }

  #structure(type: ts.Type, spot: Spot): Shape {
    const refusal = refusalOf(type, this.#program);
    if (refusal !== undefined) {
      // In the contract itself TypeScript says which name it does not know, and what it may have been meant to be.
      const { written } = spot;
      if (
        type.flags & compiler.TypeFlags.Never &&
        written &&
        compiler.isIntersectionTypeNode(skipParentheses(written))
      ) {
        this.#refuse(
          spot,
          'SW2008',
          `${spot.path}: no value is all of this at once`,
          'write out what you mean',
        );
        return REFUSED;
      }
      if (isUnresolved(type) && spot.node.getSourceFile() === this.#file) return REFUSED;
      this.#reporter.at(spot.node, { ...refusal, message: `${spot.path}: ${refusal.message}` });
      return REFUSED;
    }
    const written = spot.written && skipParentheses(spot.written);
    if (written !== undefined && compiler.isUnionTypeNode(written)) {
      return this.#union(
        written.types.map((node) => this.shapeOfNode(node, spot.path)),
        spot,
      );
    }
    return primitiveShape(type) ?? this.#composed(type, { ...spot, written });
  }

  #union(members: readonly Shape[], spot: Spot): Shape {
    const shape = unionOf(members);
    if (shape.kind === 'union') this.#unions.push({ shape, spot });
    return shape;
  }

  #composed(type: ts.Type, spot: Spot): Shape {
    if (type.isUnion()) {
      const members = type.types.map((one) => this.shapeOf(one, { ...spot, written: undefined }));
      return this.#union(members, spot);
    }
    if (type.flags & compiler.TypeFlags.TemplateLiteral)
      return this.#template(type as ts.TemplateLiteralType, spot);
    if (this.#checker.isTupleType(type)) return this.#tuple(type as ts.TupleTypeReference, spot);
    if (this.#checker.isArrayType(type)) return this.#array(type as ts.TypeReference, spot);
    if (type.isIntersection()) return this.#intersection(type, spot);
    return this.#builtIn(type, spot) ?? this.#object(type, spot);
  }

  #object(type: ts.Type, spot: Spot): Shape {
    const found = this.#checker.getPropertiesOfType(type);
    const members = found.map((property) => this.#member(property, spot)).filter((one) => one !== undefined);
    const keys = this.#checker.getIndexInfosOfType(type);
    if (keys.length > 0) return this.#record(members, keys, spot);
    return { kind: 'object', members };
  }

  #record(members: readonly Member[], infos: readonly ts.IndexInfo[], spot: Spot): Shape {
    const rules = infos.flatMap((info) => this.#keyRules(info, spot));
    const isOpen = (rule: KeyRule): boolean => rule.pattern === undefined;
    const open = rules.find((rule) => isOpen(rule) && rule.value.kind !== 'absent') ?? rules.find(isOpen);
    const patterned = rules.filter((rule) => !isOpen(rule)).toSorted((a, b) => compare(a.keys, b.keys));
    return { kind: 'record', members, rules: open === undefined ? patterned : [...patterned, open] };
  }

  /** Keys of a constrained primitive compile whatever they hold, so others are refused; those of a template do not. */
  #keyRules({ keyType, type, declaration }: ts.IndexInfo, spot: Spot): readonly KeyRule[] {
    const path = `${spot.path}[]`;
    const keys = this.#checker.typeToString(keyType);
    const value = this.shapeOf(type, { node: declaration?.type ?? spot.node, written: undefined, path });
    if (keyType.flags & compiler.TypeFlags.Number)
      return [{ keys, pattern: `^(?:${NUMBER_PATTERN})$`, value }];
    const key = this.shapeOf(keyType, { ...spot, written: undefined, path });
    if (key.kind === 'string') return [{ keys, value }];
    const pattern =
      key.kind === 'snowflake' ? FORMATS.get('snowflake') : key.kind === 'text' ? key.rules.pattern : '';
    if (pattern === undefined || pattern === '') return [{ keys, value }];
    const rule: KeyRule = { keys, pattern, value };
    const isTemplate = key.kind === 'text' && key.rules.template !== undefined;
    return isTemplate ? [rule] : [rule, { keys: 'string', value: { kind: 'absent' } }];
  }

  #template(type: ts.TemplateLiteralType, spot: Spot): Shape {
    const rules = templateRules(type);
    if (rules !== undefined) return { kind: 'text', rules };
    const message = `${spot.path}: this template holds what has no pattern`;
    this.#refuse(spot, 'SW2006', message, 'use `string`, or `Str` with a pattern');
    return REFUSED;
  }

  #builtIn(type: ts.Type, spot: Spot): Shape | undefined {
    const [first, second] = this.#checker.getTypeArguments(type as ts.TypeReference);
    switch (builtInOf(type, this.#program)) {
      case 'Date':
        return { kind: 'date' };
      case 'Uint8Array':
        return { kind: 'bytes', as: 'Uint8Array' };
      case 'Buffer':
        return { kind: 'bytes', as: 'Buffer' };
      case 'Set':
        return { kind: 'set', item: this.#held(first, 0, spot) };
      case 'Map':
        return { kind: 'map', key: this.#held(first, 0, spot), value: this.#held(second, 1, spot) };
      case undefined:
        return undefined;
    }
  }

  /** What an array, a tuple, a `Set` or a `Map` holds. */
  #held(type: ts.Type | undefined, place: number, spot: Spot): Shape {
    if (type === undefined) return REFUSED;
    const { written } = spot;
    const node =
      written !== undefined && compiler.isTypeReferenceNode(written)
        ? written.typeArguments?.[place]
        : undefined;
    return this.#item(type, node, spot);
  }

  #item(type: ts.Type, node: ts.TypeNode | undefined, spot: Spot): Shape {
    const path = `${spot.path}[]`;
    const isTrusted = node !== undefined && this.#checker.getTypeFromTypeNode(node) === type;
    const at: Spot = { node: node ?? spot.node, written: isTrusted ? node : undefined, path };
    const item = isTrusted && node !== undefined ? this.shapeOfNode(node, path) : this.shapeOf(type, at);
    if (includesUndefined(type)) {
      const message = `${path}: JSON has no \`undefined\` in arrays, it would arrive as \`null\``;
      this.#refuse(at, 'SW2009', message, 'use `null`');
    }
    return item;
  }

  #tuple(type: ts.TupleTypeReference, spot: Spot): Shape {
    const { elementFlags } = type.target;
    const elements = this.#checker.getTypeArguments(type).map((element, i) => {
      const flags = elementFlags[i] ?? compiler.ElementFlags.Required;
      // An optional place holds no `undefined`: it is left out.
      const isOptional = (flags & compiler.ElementFlags.Optional) !== 0;
      const at: Spot = { ...spot, written: undefined, path: `${spot.path}[${i}]` };
      const shape = isOptional
        ? withoutAbsent(this.shapeOf(element, at))
        : this.#item(element, undefined, spot);
      return { flags, shape };
    });
    const some = (from: readonly (typeof elements)[number][], flag: ts.ElementFlags): Shape[] =>
      from.filter(({ flags }) => flags & flag).map(({ shape }) => shape);
    const at = elements.findIndex(({ flags }) => flags & compiler.ElementFlags.Variable);
    const [rest] = some(elements, compiler.ElementFlags.Variable);
    const before = at === -1 ? elements : elements.slice(0, at);
    return {
      kind: 'tuple',
      head: some(before, compiler.ElementFlags.Required),
      optional: some(before, compiler.ElementFlags.Optional),
      ...(rest === undefined ? {} : { rest }),
      tail: at === -1 ? [] : some(elements.slice(at), compiler.ElementFlags.Required),
    };
  }

  #intersection(type: ts.IntersectionType, spot: Spot): Shape {
    const [base, ...others] = type.types.filter((part) => !isPhantom(part));
    const primitive = type.types.find((part) => (part.flags & compiler.TypeFlags.Object) === 0);
    const isList = base !== undefined && this.#checker.isArrayType(base) && others.length === 0;
    const constraints = constraintsOf(type, this.#checker);
    const carrier = primitive ?? (isList ? base : undefined);
    if (carrier === undefined) return this.#merged(type, spot);
    if (primitive !== undefined && others.length > 0) this.#hasBrands = true;
    const plain = this.shapeOf(carrier, {
      ...spot,
      written: spot.written && firstArgument(spot.written, isList),
    });
    return constraints.reduce((shape, constraint) => this.#constrained(shape, constraint, spot), plain);
  }

  #constrained(shape: Shape, constraint: Constraint, spot: Spot): Shape {
    if (constraint.kind === 'shape') return constraint.shape;
    if (constraint.kind === 'text' && shape.kind === 'string' && isSound(constraint.rules)) {
      return { kind: 'text', rules: constraint.rules };
    }
    if (constraint.kind === 'items' && shape.kind === 'array' && isSound(constraint.bounds)) {
      return { ...shape, bounds: constraint.bounds };
    }
    const hint = 'write literals: Str<{ min: 2; max: 32 }>, Arr<string, { max: 100 }>';
    this.#refuse(spot, 'SW2015', `${spot.path}: these bounds cannot be kept`, hint);
    return shape;
  }

  /** What has conflicting literals is reduced to nothing by the checker: it has no members left. */
  #merged(type: ts.IntersectionType, spot: Spot): Shape {
    const isEmpty = this.#checker.getPropertiesOfType(type).length === 0;
    const hadMembers = type.types.some((part) => this.#checker.getPropertiesOfType(part).length > 0);
    if (!isEmpty || !hadMembers) return this.#object(type, spot);
    this.#refuse(spot, 'SW2008', `${spot.path}: no value is all of this at once`, 'write out what you mean');
    return REFUSED;
  }

  #array(type: ts.TypeReference, spot: Spot): Shape {
    const [itemType] = this.#checker.getTypeArguments(type);
    if (itemType === undefined) return REFUSED;
    return { kind: 'array', item: this.#item(itemType, itemNode(spot.written), spot) };
  }

  #member(property: ts.Symbol, owner: Spot): Member | undefined {
    const path = `${owner.path}.${property.name}`;
    const declaration = property.valueDeclaration ?? property.declarations?.[0];
    const node = declaration && typeNodeOf(declaration);
    const at = node ?? declaration ?? owner.node;
    if (property.escapedName.toString().startsWith('__@')) {
      const named = nameNodeOf(declaration);
      const message = `${owner.path}: symbols as keys cannot cross a process`;
      this.#refuse({ node: named ?? at }, 'SW2005', message, 'use strings');
      return undefined;
    }
    if (isReservedKey(property.name)) {
      this.#refuse(
        { node: nameNodeOf(declaration) ?? at },
        'SW2010',
        `${path}: objects have \`${property.name}\` by themselves`,
        'choose another name',
      );
      return undefined;
    }
    const optional = (property.flags & compiler.SymbolFlags.Optional) !== 0;
    if (declaration !== undefined && hasLostTags(declaration)) this.#warnOfLostTags(declaration, path);
    const type = this.#checker.getTypeOfSymbol(property);
    if (
      type.flags & compiler.TypeFlags.Never &&
      declaration !== undefined &&
      (property.declarations ?? []).length > 1
    ) {
      const hint = 'write out what you mean';
      this.#refuse(owner, 'SW2008', `${path}: no value is all of this at once`, hint);
      return undefined;
    }
    const written = node === undefined ? undefined : this.#checker.getTypeFromTypeNode(node);
    const isTrusted = written !== undefined && sameButUndefined(written, type);
    const shape =
      isTrusted && node !== undefined
        ? this.shapeOfNode(node, path)
        : this.shapeOf(type, { node: at, written: undefined, path });
    const plain = optional ? withoutAbsent(shape) : shape;
    return {
      key: property.name,
      optional,
      shape: this.#tagged(plain, property.declarations ?? [], path, isTrusted),
    };
  }

  #warnOfLostTags(declaration: ts.Declaration, path: string): void {
    this.#reporter.at(nameNodeOf(declaration) ?? declaration, {
      code: 'SW2016',
      severity: 'warning',
      message: `${path}: TypeScript does not connect the comment to this, so its tags do nothing`,
      hint: 'put the comment and what it is about on lines of their own',
    });
  }

  #refuse(spot: Pick<Spot, 'node'>, code: DiagnosticCode, message: string, hint: string): void {
    this.#reporter.at(spot.node, { code, message, hint });
  }
}

function primitiveShape(type: ts.Type): Shape | undefined {
  const { flags } = type;
  if (flags & compiler.TypeFlags.Unknown) return { kind: 'anything' };
  if (flags & compiler.TypeFlags.String) return { kind: 'string' };
  if (flags & compiler.TypeFlags.Number) return { kind: 'number' };
  if (flags & compiler.TypeFlags.Boolean) return { kind: 'boolean' };
  if (flags & compiler.TypeFlags.BigInt) return { kind: 'bigint' };
  // Of an enum with a member that is worked out at run time, no more is known.
  if (flags & compiler.TypeFlags.Enum && !type.isUnion()) return { kind: 'number' };
  if (flags & compiler.TypeFlags.Null) return { kind: 'null' };
  if (flags & compiler.TypeFlags.VoidLike) return { kind: 'absent' };
  if (type.isStringLiteral() || type.isNumberLiteral()) return { kind: 'literal', value: type.value };
  if (flags & compiler.TypeFlags.BooleanLiteral) return { kind: 'literal', value: isTrue(type) };
  return undefined;
}

function isTrue(type: ts.Type): boolean {
  return (type as ts.Type & { readonly intrinsicName?: string }).intrinsicName === 'true';
}

function isEnum(type: ts.Type): boolean {
  return type.isUnion() && (type.flags & compiler.TypeFlags.EnumLike) !== 0;
}

/** A primitive with something added to it that only the type checker sees. */
function isBranded(type: ts.Type): boolean {
  return (
    type.isIntersection() &&
    type.types.some((part) => (part.flags & compiler.TypeFlags.Object) === 0 || isPhantom(part))
  );
}

function isSound({ pattern, ...bounds }: TextRules): boolean {
  return isPossible(bounds) && (bounds.min ?? 0) >= 0 && (pattern === undefined || isPattern(pattern));
}

/** The node of the items of an `Arr<Item, ...>`; nothing for other constrained types. */
function firstArgument(written: ts.TypeNode, isList: boolean): ts.TypeNode | undefined {
  const node = isList && compiler.isTypeReferenceNode(written) ? written.typeArguments?.[0] : undefined;
  return node && compiler.factory.createArrayTypeNode(node);
}

function isReference(type: ts.Type): boolean {
  return ((type as ts.ObjectType).objectFlags & compiler.ObjectFlags.Reference) !== 0;
}

/** Where the inside of a named type stands. An alias' own node can be trusted unless it has parameters. */
function insideOf(type: ts.Type, symbol: ts.Symbol, path: string, spot: Spot): Spot {
  const declaration = symbol.declarations?.[0];
  if (declaration === undefined) return { node: spot.node, written: undefined, path };
  if (!compiler.isTypeAliasDeclaration(declaration))
    return { node: nameNodeOf(declaration) ?? spot.node, written: undefined, path };
  const isPlain = type.aliasSymbol === symbol && declaration.typeParameters === undefined;
  return { node: declaration.type, written: isPlain ? declaration.type : undefined, path };
}

function skipParentheses(node: ts.TypeNode): ts.TypeNode {
  return compiler.isParenthesizedTypeNode(node) ? skipParentheses(node.type) : node;
}

/** The node of the items, for each of the ways to write an array. */
function itemNode(written: ts.TypeNode | undefined): ts.TypeNode | undefined {
  if (written === undefined) return undefined;
  if (compiler.isParenthesizedTypeNode(written)) return itemNode(written.type);
  if (compiler.isTypeOperatorNode(written)) return itemNode(written.type);
  if (compiler.isArrayTypeNode(written)) return written.elementType;
  return compiler.isTypeReferenceNode(written) && written.typeArguments?.length === 1
    ? written.typeArguments[0]
    : undefined;
}

function typeNodeOf(declaration: ts.Declaration): ts.TypeNode | undefined {
  const { type } = declaration as ts.Declaration & { readonly type?: ts.Node };
  return type !== undefined && compiler.isTypeNode(type) && !compiler.isMethodSignature(declaration)
    ? type
    : undefined;
}

export function nameNodeOf(declaration: ts.Declaration | undefined): ts.Node | undefined {
  return declaration && compiler.getNameOfDeclaration(declaration);
}

function includesUndefined(type: ts.Type): boolean {
  return partsOf(type).some((part) => (part.flags & compiler.TypeFlags.VoidLike) !== 0);
}

/** An optional member's type has an `undefined` more than its node says. */
function sameButUndefined(a: ts.Type, b: ts.Type): boolean {
  if (a === b) return true;
  const [x, y] = [definedParts(a), definedParts(b)];
  return x.length === y.length && x.every((part) => y.includes(part));
}

function definedParts(type: ts.Type): readonly ts.Type[] {
  return partsOf(type).filter((part) => (part.flags & compiler.TypeFlags.VoidLike) === 0);
}

function partsOf(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types : [type];
}
