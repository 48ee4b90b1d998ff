/**
 * Contract members: turns one handler, event or error of a contract into its model, without options.
 *
 * An invalid member is reported and left out. Types are the business of the type walker.
 */
import type { ts } from 'ts-morph';
import type { ErrorModel, EventModel, HandlerModel, Shape } from '../../model/model.js';
import { unionOf } from '../../model/shapes.js';
import { awaitedType } from './awaited-type.js';
import { compiler } from '../program/compiler.js';
import { handlerRefusal } from './handler-refusal.js';
import type { Reason, Reporter } from '../program/reporter.js';
import { nameNodeOf } from '../types/type-nodes.js';
import type { TypeWalker } from '../types/type-walker.js';

/** A handler or an event without its options. */
export type Bare<M extends HandlerModel | EventModel> = Omit<M, 'options'>;

/** An initial capital rules out reserved words. The excluded names would shadow globals that a page uses. */
const CLASS_NAME = /^(?!(?:Array|Error|Infinity|Number|Record)$)[A-Z][A-Za-z0-9]*$/;

const UNDEFINED: Shape = { kind: 'undefined' };

export class ContractMembers {
  readonly #program: ts.Program;
  readonly #checker: ts.TypeChecker;
  readonly #reporter: Reporter;
  readonly #file: ts.SourceFile;
  readonly #types: TypeWalker;

  constructor(program: ts.Program, reporter: Reporter, file: ts.SourceFile, types: TypeWalker) {
    this.#program = program;
    this.#checker = program.getTypeChecker();
    this.#reporter = reporter;
    this.#file = file;
    this.#types = types;
  }

  handler(symbol: ts.Symbol): readonly Bare<HandlerModel>[] {
    const node = symbol.declarations?.[0] ?? this.#file;
    const type = this.#checker.getNonNullableType(this.#checker.getTypeOfSymbol(symbol));
    const signatures = this.#checker.getSignaturesOfType(type, compiler.SignatureKind.Call);
    const [signature] = signatures;
    const reason = handlerRefusal(symbol, signatures);
    if (reason !== undefined) this.#refuse(nameNodeOf(symbol.declarations?.[0]) ?? node, reason);
    if (signature === undefined || reason !== undefined) return [];
    const input = this.#input(symbol.name, signature);
    return [
      {
        name: symbol.name,
        doc: this.#docOf(symbol),
        input,
        output: this.#output(symbol.name, signature, node),
      },
    ];
  }

  event(symbol: ts.Symbol): readonly Bare<EventModel>[] {
    const [declaration] = symbol.declarations ?? [];
    const node = nameNodeOf(declaration) ?? this.#file;
    const isOptional = (symbol.flags & compiler.SymbolFlags.Optional) !== 0;
    const isProperty = declaration !== undefined && compiler.isPropertySignature(declaration);
    if (!isProperty || isOptional) {
      const name = symbol.name;
      const message = isOptional
        ? `event \`${name}\` must not be optional`
        : `event \`${name}\` must be a property`;
      const hint = `write \`${name}: { ... }\`, \`${name}: void\`, or \`${name}: { ... } | undefined\``;
      this.#refuse(node, { code: 'SW1012', message, hint });
      return [];
    }
    return [{ name: symbol.name, doc: this.#docOf(symbol), data: this.#data(symbol, declaration, node) }];
  }

  /** An error becomes a class of the page, so its name must be a valid class name. */
  error(symbol: ts.Symbol): readonly ErrorModel[] {
    const [declaration] = symbol.declarations ?? [];
    const node = nameNodeOf(declaration) ?? this.#file;
    const isProperty = declaration !== undefined && compiler.isPropertySignature(declaration);
    const isOptional = (symbol.flags & compiler.SymbolFlags.Optional) !== 0;
    if (!isProperty || isOptional || !CLASS_NAME.test(symbol.name)) {
      const message = `error \`${symbol.name}\` cannot become a class`;
      const hint =
        'declare it as a required property with a PascalCase name: `GuildUnavailable: { ... }` or `NotLoaded: void`';
      this.#refuse(node, { code: 'SW1016', message, hint });
      return [];
    }
    return [{ name: symbol.name, doc: this.#docOf(symbol), data: this.#data(symbol, declaration, node) }];
  }

  #input(handler: string, signature: ts.Signature): Shape {
    const [parameter] = signature.getParameters();
    const declaration = parameter?.valueDeclaration;
    if (parameter === undefined || declaration === undefined || !compiler.isParameter(declaration))
      return UNDEFINED;
    const path = `${handler}.data`;
    const shape =
      declaration.type === undefined
        ? this.#types.shapeOf(this.#checker.getTypeOfSymbol(parameter), {
            node: declaration,
            written: undefined,
            path,
          })
        : this.#types.shapeOfNode(declaration.type, path);
    return declaration.questionToken === undefined ? shape : unionOf([shape, UNDEFINED]);
  }

  #output(handler: string, signature: ts.Signature, node: ts.Node): Shape {
    const path = `${handler}.result`;
    const written = signature.getDeclaration().type;
    const awaited = awaitedType(signature.getReturnType(), this.#program);
    if (written === undefined) return this.#types.shapeOf(awaited, { node, written: undefined, path });
    const inside = promised(written) ?? written;
    if (this.#checker.getTypeFromTypeNode(inside) === awaited) return this.#types.shapeOfNode(inside, path);
    return this.#types.shapeOf(awaited, { node: inside, written: undefined, path });
  }

  #data(symbol: ts.Symbol, { type: written }: ts.PropertySignature, node: ts.Node): Shape {
    const path = `${symbol.name}.data`;
    const type = this.#checker.getTypeOfSymbol(symbol);
    const isTrusted = written !== undefined && this.#checker.getTypeFromTypeNode(written) === type;
    return isTrusted
      ? this.#types.shapeOfNode(written, path)
      : this.#types.shapeOf(type, { node: written ?? node, written: undefined, path });
  }

  #docOf(symbol: ts.Symbol): string {
    return compiler.displayPartsToString(symbol.getDocumentationComment(this.#checker));
  }

  #refuse(node: ts.Node, reason: Reason): void {
    this.#reporter.report(node, reason);
  }
}

/** Returns the type argument of `Promise<...>`. */
function promised(node: ts.TypeNode): ts.TypeNode | undefined {
  if (!compiler.isTypeReferenceNode(node) || !compiler.isIdentifier(node.typeName)) return undefined;
  return node.typeName.text === 'Promise' && node.typeArguments?.length === 1
    ? node.typeArguments[0]
    : undefined;
}
