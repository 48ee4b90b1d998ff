/**
 * Type walker: from the checker's types to shapes.
 *
 * The checker knows what a type comes to, but not how it was written: aliases of unions get lost in larger unions, and
 * only nodes have places. So both are followed in parallel. A node is trusted as long as it says the same as the type
 * at hand; inside generic types it does not, and there the type alone decides.
 */
import { ts } from 'ts-morph';
import type { Member, NamedType, Shape } from '../model.js';
import { unionOf, withoutAbsent } from '../shapes.js';
import { constrainedShape } from './vocabulary.js';
import { isReservedKey, isUnresolved, refusalOf } from './refusals.js';
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

/** Walks the types of one contract. */
export class TypeWalker {
  readonly #checker: ts.TypeChecker;
  readonly #program: ts.Program;
  readonly #reporter: Reporter;
  readonly #file: ts.SourceFile;
  readonly #names = new Map<ts.Type, string>();
  readonly #instances = new Map<ts.Symbol, number>();
  readonly #walked = new Map<string, WalkedType | undefined>();

  /** @param file - The contract file. */
  constructor(program: ts.Program, reporter: Reporter, file: ts.SourceFile) {
    this.#file = file;
    this.#program = program;
    this.#checker = program.getTypeChecker();
    this.#reporter = reporter;
  }

  /** The named types met so far, in the order in which they were met. */
  types(): readonly WalkedType[] {
    return [...this.#walked.values()].filter((one) => one !== undefined);
  }

  /** The shape of a type as it was written somewhere. */
  shapeOfNode(node: ts.TypeNode, path: string): Shape {
    return this.shapeOf(this.#checker.getTypeFromTypeNode(node), { node, written: node, path });
  }

  shapeOf(type: ts.Type, spot: Spot): Shape {
    const named = this.#nameOf(type);
    return named === undefined ? this.#structure(type, spot) : this.#named(type, named, spot);
  }

  /** What to call a type, if it is worth a name: an interface of the user's, or an alias of something composed. */
  #nameOf(type: ts.Type): ts.Symbol | undefined {
    if (constrainedShape(type, this.#checker) !== undefined) return undefined;
    const isInterface = type.isClassOrInterface() || isReference(type);
    const symbol = type.aliasSymbol ?? (isInterface ? type.symbol : undefined);
    if (symbol === undefined || this.#isFromTypeScript(symbol)) return undefined;
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

    const name = this.#freeName(symbol.name);
    this.#names.set(type, name);
    this.#walked.set(name, undefined);
    const inside = insideOf(type, symbol, name, spot);
    const shape = this.#structure(type, inside);
    const doc = ts.displayPartsToString(symbol.getDocumentationComment(this.#checker));
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
      if (isUnresolved(type) && spot.node.getSourceFile() === this.#file) return REFUSED;
      this.#reporter.at(spot.node, { ...refusal, message: `${spot.path}: ${refusal.message}` });
      return REFUSED;
    }
    const written = spot.written && skipParentheses(spot.written);
    if (written !== undefined && ts.isUnionTypeNode(written)) {
      return unionOf(written.types.map((node) => this.shapeOfNode(node, spot.path)));
    }
    return (
      constrainedShape(type, this.#checker) ??
      primitiveShape(type) ??
      this.#composed(type, { ...spot, written })
    );
  }

  #composed(type: ts.Type, spot: Spot): Shape {
    if (type.isUnion())
      return unionOf(type.types.map((one) => this.shapeOf(one, { ...spot, written: undefined })));
    if (this.#checker.isArrayType(type)) return this.#array(type as ts.TypeReference, spot);
    const members = this.#checker.getPropertiesOfType(type).map((property) => this.#member(property, spot));
    return { kind: 'object', members: members.filter((member) => member !== undefined) };
  }

  #array(type: ts.TypeReference, spot: Spot): Shape {
    const node = itemNode(spot.written);
    const path = `${spot.path}[]`;
    const [itemType] = this.#checker.getTypeArguments(type);
    const isTrusted = node !== undefined && this.#checker.getTypeFromTypeNode(node) === itemType;
    const at: Spot = { node: node ?? spot.node, written: isTrusted ? node : undefined, path };
    const item = itemType === undefined ? REFUSED : this.shapeOf(itemType, at);
    if (itemType !== undefined && includesUndefined(itemType)) {
      this.#refuse(
        at,
        'SW2009',
        `${path}: JSON has no \`undefined\` in arrays, it would arrive as \`null\``,
        'use `null`',
      );
    }
    return { kind: 'array', item };
  }

  #member(property: ts.Symbol, owner: Spot): Member | undefined {
    const path = `${owner.path}.${property.name}`;
    const declaration = property.valueDeclaration ?? property.declarations?.[0];
    const node = declaration && typeNodeOf(declaration);
    const at = node ?? declaration ?? owner.node;
    if (property.escapedName.toString().startsWith('__@') || isReservedKey(property.name)) {
      this.#refuse(
        { node: nameNodeOf(declaration) ?? at },
        'SW2010',
        `${path}: objects have \`${property.name}\` by themselves`,
        'choose another name',
      );
      return undefined;
    }
    const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
    const type = this.#checker.getTypeOfSymbol(property);
    const written = node === undefined ? undefined : this.#checker.getTypeFromTypeNode(node);
    const isTrusted = written !== undefined && sameButUndefined(written, type);
    const shape =
      isTrusted && node !== undefined
        ? this.shapeOfNode(node, path)
        : this.shapeOf(type, { node: at, written: undefined, path });
    return { key: property.name, optional, shape: optional ? withoutAbsent(shape) : shape };
  }

  #refuse(
    spot: Pick<Spot, 'node'>,
    code: 'SW2009' | 'SW2010' | 'SW2013',
    message: string,
    hint: string,
  ): void {
    this.#reporter.at(spot.node, { code, message, hint });
  }
}

function primitiveShape(type: ts.Type): Shape | undefined {
  const { flags } = type;
  if (flags & ts.TypeFlags.Unknown) return { kind: 'anything' };
  if (flags & ts.TypeFlags.String) return { kind: 'string' };
  if (flags & ts.TypeFlags.Number) return { kind: 'number' };
  if (flags & ts.TypeFlags.Boolean) return { kind: 'boolean' };
  if (flags & ts.TypeFlags.Null) return { kind: 'null' };
  if (flags & ts.TypeFlags.VoidLike) return { kind: 'absent' };
  if (type.isStringLiteral() || type.isNumberLiteral()) return { kind: 'literal', value: type.value };
  if (flags & ts.TypeFlags.BooleanLiteral) return { kind: 'literal', value: isTrue(type) };
  return undefined;
}

function isTrue(type: ts.Type): boolean {
  return (type as ts.Type & { readonly intrinsicName?: string }).intrinsicName === 'true';
}

function isReference(type: ts.Type): boolean {
  return ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference) !== 0;
}

/** Where the inside of a named type stands. An alias' own node can be trusted unless it has parameters. */
function insideOf(type: ts.Type, symbol: ts.Symbol, path: string, spot: Spot): Spot {
  const declaration = symbol.declarations?.[0];
  if (declaration === undefined) return { node: spot.node, written: undefined, path };
  if (!ts.isTypeAliasDeclaration(declaration))
    return { node: nameNodeOf(declaration) ?? spot.node, written: undefined, path };
  const isPlain = type.aliasSymbol === symbol && declaration.typeParameters === undefined;
  return { node: declaration.type, written: isPlain ? declaration.type : undefined, path };
}

function skipParentheses(node: ts.TypeNode): ts.TypeNode {
  return ts.isParenthesizedTypeNode(node) ? skipParentheses(node.type) : node;
}

/** The node of the items, for each of the ways to write an array. */
function itemNode(written: ts.TypeNode | undefined): ts.TypeNode | undefined {
  if (written === undefined) return undefined;
  if (ts.isParenthesizedTypeNode(written)) return itemNode(written.type);
  if (ts.isTypeOperatorNode(written)) return itemNode(written.type);
  if (ts.isArrayTypeNode(written)) return written.elementType;
  return ts.isTypeReferenceNode(written) && written.typeArguments?.length === 1
    ? written.typeArguments[0]
    : undefined;
}

function typeNodeOf(declaration: ts.Declaration): ts.TypeNode | undefined {
  const { type } = declaration as ts.Declaration & { readonly type?: ts.Node };
  return type !== undefined && ts.isTypeNode(type) && !ts.isMethodSignature(declaration) ? type : undefined;
}

export function nameNodeOf(declaration: ts.Declaration | undefined): ts.Node | undefined {
  return declaration && ts.getNameOfDeclaration(declaration);
}

function includesUndefined(type: ts.Type): boolean {
  return partsOf(type).some((part) => (part.flags & ts.TypeFlags.VoidLike) !== 0);
}

/** An optional member's type has an `undefined` more than its node says. */
function sameButUndefined(a: ts.Type, b: ts.Type): boolean {
  if (a === b) return true;
  const [x, y] = [definedParts(a), definedParts(b)];
  return x.length === y.length && x.every((part) => y.includes(part));
}

function definedParts(type: ts.Type): readonly ts.Type[] {
  return partsOf(type).filter((part) => (part.flags & ts.TypeFlags.VoidLike) === 0);
}

function partsOf(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types : [type];
}
