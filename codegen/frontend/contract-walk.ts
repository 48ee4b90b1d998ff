/**
 * Contract walk: one contract file to its model.
 *
 * Finds the interfaces and the options table, reads each member, and leaves the types to the type walker. Everything
 * wrong is reported, and the walk goes on, so that one run shows it all.
 */
import type { ts } from 'ts-morph';
import { contractFile } from '../contract-name.js';
import type { ContractModel, ErrorModel, EventModel, HandlerModel, Shape } from '../model.js';
import { tableOf, unionOf } from '../shapes.js';
import { reportAmbiguousRecursion } from './ambiguous-recursion.js';
import { awaitedType } from './awaited-type.js';
import { compiler } from './compiler.js';
import { OptionsWalk } from './options-walk.js';
import type { Reason, Reporter } from './reporter.js';
import { nameNodeOf } from './type-nodes.js';
import { TypeWalker } from './type-walker.js';
import { extendsMarker, isMarker } from './vocabulary.js';
import type { Marker } from './vocabulary.js';

/** An interface of the contract, by the name under which the file exports it. */
interface FoundInterface {
  readonly name: string;
  readonly node: ts.Node;
  readonly type: ts.Type;
}

/** A handler or an event without its options. */
type Bare<M extends HandlerModel | EventModel> = Omit<M, 'options'>;

/** Starts with a capital, so it cannot be a reserved word; `Error` itself would hide the real one. */
const CLASS_NAME = /^(?!Error$)[A-Z][A-Za-z0-9]*$/;

const ABSENT: Shape = { kind: 'absent' };

/** What the stubs of a contract, and every object, have already, and `errors`, which they are to have. */
const RESERVED_MEMBERS: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  'errors',
  'handle',
  'prototype',
  'then',
  'toJSON',
]);

export class ContractWalk {
  readonly #checker: ts.TypeChecker;
  readonly #reporter: Reporter;
  readonly #file: ts.SourceFile;
  readonly #program: ts.Program;
  readonly #types: TypeWalker;

  constructor(program: ts.Program, reporter: Reporter, file: ts.SourceFile) {
    this.#program = program;
    this.#checker = program.getTypeChecker();
    this.#reporter = reporter;
    this.#file = file;
    this.#types = new TypeWalker(program, reporter, file);
  }

  model(name: string, source: string): ContractModel | undefined {
    const handlersType = this.#interface('Handlers');
    const eventsType = this.#interface('Events');
    const errorsType = this.#interface('Errors');
    if (handlersType === undefined && eventsType === undefined) return this.#empty(source);

    const handlers = this.#members(handlersType).flatMap((symbol) => this.#handler(symbol));
    const events = this.#members(eventsType).flatMap((symbol) => this.#event(symbol));
    const errors = this.#members(errorsType).flatMap((symbol) => this.#error(symbol));
    this.#checkSharedNames(this.#members(handlersType), this.#members(eventsType));
    const walked = this.#types.types();
    reportAmbiguousRecursion(walked, this.#reporter);
    const members = [handlersType, eventsType, errorsType].flatMap((found) => this.#members(found));
    this.#types.reportWhole(members.flatMap(({ declarations }) => declarations ?? []));

    const table = tableOf(walked.map(({ type }) => type));
    const declared = {
      handlers: new Set(this.#members(handlersType).map((symbol) => symbol.name)),
      events: new Set(this.#members(eventsType).map((symbol) => symbol.name)),
      errors: new Set(this.#members(errorsType).map((symbol) => symbol.name)),
    };
    const options = new OptionsWalk(this.#reporter, table, handlers, declared).read(this.#file);
    return {
      name,
      file: contractFile(source),
      source,
      handlersType: handlersType?.name,
      eventsType: eventsType?.name,
      errorsType: errorsType?.name,
      handlers: handlers.map((handler) => ({
        ...handler,
        options: options.handlers.get(handler.name) ?? {},
      })),
      events: events.map((event) => ({ ...event, options: options.events.get(event.name) ?? {} })),
      errors,
      types: walked.map(({ type }) => type),
      ...(this.#types.hasBrands ? { hasBrands: true } : {}),
    };
  }

  /** Says so, unless TypeScript has something to say first: without the import nothing extends `Handlers`. */
  #empty(source: string): undefined {
    const hasErrors = this.#program.getSemanticDiagnostics(this.#file).length > 0;
    const isKnown = this.#reporter.all().some(({ place }) => place?.file === source);
    if (hasErrors || isKnown) return;
    this.#reporter.file(source, {
      code: 'SW1001',
      message: 'no exported interface extends `Handlers` or `Events`',
      hint: 'keep types that contracts share in a folder of their own, beside the contracts folder',
    });
  }

  #interface(marker: Marker): FoundInterface | undefined {
    const exported = this.#exportedInterfaces(marker);
    for (const declaration of this.#file.statements.filter(compiler.isInterfaceDeclaration)) {
      this.#checkExported(declaration, marker, exported);
    }
    const [first, second] = exported;
    if (first !== undefined && second !== undefined) {
      this.#refuse(second.node, {
        code: 'SW1002',
        message: `\`${first.name}\` and \`${second.name}\` both extend \`${marker}\``,
        hint: 'a contract file has one of a kind; give the other a file of its own',
      });
    }
    return first;
  }

  #exportedInterfaces(marker: Marker): readonly FoundInterface[] {
    const module = this.#checker.getSymbolAtLocation(this.#file);
    const exports = module === undefined ? [] : this.#checker.getExportsOfModule(module);
    return exports.flatMap((symbol) => {
      const target =
        symbol.flags & compiler.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol;
      const declaration = target.declarations?.find(compiler.isInterfaceDeclaration);
      if (declaration?.getSourceFile() !== this.#file || symbol.name === 'default') return [];
      const type = this.#checker.getDeclaredTypeOfSymbol(target);
      return extendsMarker(type, marker) ? [{ name: symbol.name, node: declaration.name, type }] : [];
    });
  }

  #checkExported(
    declaration: ts.InterfaceDeclaration,
    marker: Marker,
    exported: readonly FoundInterface[],
  ): void {
    const type = this.#checker.getTypeAtLocation(declaration);
    if (!extendsMarker(type, marker)) return;
    if (!exported.some((one) => one.type === type)) {
      const hint = `write \`export interface ${declaration.name.text} extends ${marker}\``;
      this.#refuse(declaration.name, {
        code: 'SW1003',
        message: `\`${declaration.name.text}\` extends \`${marker}\`, but is not exported by its name`,
        hint,
      });
    }
    if (declaration.typeParameters !== undefined) {
      this.#refuse(declaration.name, {
        code: 'SW1004',
        message: `\`${declaration.name.text}\` has type parameters, and nobody who could fill them in`,
        hint: 'write the types out',
      });
    }
  }

  /** The members of an interface, inherited ones included, that have a name to call them by. */
  #members(found: FoundInterface | undefined): readonly ts.Symbol[] {
    if (found === undefined) return [];
    this.#checkPlain(found);
    return this.#checker
      .getPropertiesOfType(found.type)
      .filter((symbol) => !isMarker(symbol) && this.#isNamed(symbol));
  }

  #checkPlain({ type, name, node }: FoundInterface): void {
    const isPlain =
      type.getCallSignatures().length === 0 &&
      type.getConstructSignatures().length === 0 &&
      this.#checker.getIndexInfosOfType(type).length === 0;
    if (isPlain) return;
    this.#refuse(node, {
      code: 'SW1015',
      message: `\`${name}\` has a call or index signature`,
      hint: 'name every handler and every event',
    });
  }

  #isNamed(symbol: ts.Symbol): boolean {
    const isPlain = symbol.name !== '' && !symbol.escapedName.toString().startsWith('__@');
    const node = nameNodeOf(symbol.declarations?.[0]) ?? this.#file;
    if (!isPlain) {
      const hint = 'give it a plain name';
      this.#refuse(node, { code: 'SW1015', message: 'handlers and events are called by their names', hint });
    } else if (RESERVED_MEMBERS.has(symbol.name)) {
      const hint = 'choose another name';
      this.#refuse(node, {
        code: 'SW1013',
        message: `\`${symbol.name}\` means something else on the stubs`,
        hint,
      });
    }
    return isPlain;
  }

  #checkSharedNames(handlers: readonly ts.Symbol[], events: readonly ts.Symbol[]): void {
    const names = new Set(handlers.map((symbol) => symbol.name));
    for (const event of events.filter((symbol) => names.has(symbol.name))) {
      this.#refuse(nameNodeOf(event.declarations?.[0]) ?? this.#file, {
        code: 'SW1014',
        message: `\`${event.name}\` is a handler and an event`,
        hint: 'handlers and events of a contract share their names; rename one of them',
      });
    }
  }

  #handler(symbol: ts.Symbol): readonly Bare<HandlerModel>[] {
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

  #input(handler: string, signature: ts.Signature): Shape {
    const [parameter] = signature.getParameters();
    const declaration = parameter?.valueDeclaration;
    if (parameter === undefined || declaration === undefined || !compiler.isParameter(declaration))
      return ABSENT;
    const path = `${handler}.data`;
    const shape =
      declaration.type === undefined
        ? this.#types.shapeOf(this.#checker.getTypeOfSymbol(parameter), {
            node: declaration,
            written: undefined,
            path,
          })
        : this.#types.shapeOfNode(declaration.type, path);
    return declaration.questionToken === undefined ? shape : unionOf([shape, ABSENT]);
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

  #event(symbol: ts.Symbol): readonly Bare<EventModel>[] {
    const [declaration] = symbol.declarations ?? [];
    const node = nameNodeOf(declaration) ?? this.#file;
    const isOptional = (symbol.flags & compiler.SymbolFlags.Optional) !== 0;
    const isProperty = declaration !== undefined && compiler.isPropertySignature(declaration);
    if (!isProperty || isOptional) {
      const name = symbol.name;
      const message = isOptional ? `event \`${name}\` is optional` : `event \`${name}\` is not a property`;
      const hint = `write \`${name}: { ... }\`, \`${name}: void\`, or \`${name}: { ... } | undefined\``;
      this.#refuse(node, { code: 'SW1012', message, hint });
      return [];
    }
    return [{ name: symbol.name, doc: this.#docOf(symbol), data: this.#data(symbol, declaration, node) }];
  }

  /** An error becomes a class of the page, so its name must be one that a class can have. */
  #error(symbol: ts.Symbol): readonly ErrorModel[] {
    const [declaration] = symbol.declarations ?? [];
    const node = nameNodeOf(declaration) ?? this.#file;
    const isProperty = declaration !== undefined && compiler.isPropertySignature(declaration);
    const isOptional = (symbol.flags & compiler.SymbolFlags.Optional) !== 0;
    if (!isProperty || isOptional || !CLASS_NAME.test(symbol.name)) {
      const message = `error \`${symbol.name}\` cannot be a class`;
      const hint = 'write `GuildUnavailable: { ... }` or `NotLoaded: void`: a name in capitals, and its data';
      this.#refuse(node, { code: 'SW1016', message, hint });
      return [];
    }
    return [{ name: symbol.name, doc: this.#docOf(symbol), data: this.#data(symbol, declaration, node) }];
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
    this.#reporter.at(node, reason);
  }
}

function handlerRefusal({ name, flags }: ts.Symbol, signatures: readonly ts.Signature[]): Reason | undefined {
  const [signature] = signatures;
  const hint = `write \`${name}(data: { ... }): Result\``;
  if (signature === undefined || flags & compiler.SymbolFlags.Optional) {
    const message =
      signature === undefined ? `\`${name}\` is not a function` : `handler \`${name}\` is optional`;
    return { code: 'SW1011', message, hint };
  }
  if (signatures.length > 1) {
    return {
      code: 'SW1010',
      message: `handler \`${name}\` has several signatures`,
      hint: 'declare one handler for each',
    };
  }
  if (signature.typeParameters !== undefined) {
    return { code: 'SW1009', message: `handler \`${name}\` is generic`, hint: 'write the types out' };
  }
  const parameters = signature.getParameters();
  const declaration = parameters[0]?.valueDeclaration;
  const isRest =
    declaration !== undefined &&
    compiler.isParameter(declaration) &&
    declaration.dotDotDotToken !== undefined;
  if (parameters.length < 2 && !isRest) return undefined;
  const message = isRest
    ? `handler \`${name}\` takes any number of parameters; a handler takes one \`data\``
    : `handler \`${name}\` takes ${parameters.length} parameters; a handler takes one \`data\``;
  return { code: 'SW1008', message, hint };
}

/** What stands in `Promise<...>`. */
function promised(node: ts.TypeNode): ts.TypeNode | undefined {
  if (!compiler.isTypeReferenceNode(node) || !compiler.isIdentifier(node.typeName)) return undefined;
  return node.typeName.text === 'Promise' && node.typeArguments?.length === 1
    ? node.typeArguments[0]
    : undefined;
}
