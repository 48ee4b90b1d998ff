/**
 * Contract interfaces: the interfaces in which a contract file declares its handlers, events and errors.
 *
 * Finds the interfaces and their named members. What a member must look like is checked in `contract-members.ts`.
 */
import type { ts } from 'ts-morph';
import { compiler } from '../program/compiler.js';
import type { Reason, Reporter } from '../program/reporter.js';
import { nameNodeOf } from '../types/type-nodes.js';
import { extendsMarker, isMarker } from '../types/vocabulary.js';
import type { Marker } from '../types/vocabulary.js';

/** An interface of the contract, by the name under which the file exports it. */
export interface FoundInterface {
  readonly name: string;
  readonly node: ts.Node;
  readonly type: ts.Type;
}

/** Names that every object or a contract's stubs have already, and `errors`, which is reserved for the stubs. */
const RESERVED_MEMBERS: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  'errors',
  'handle',
  'prototype',
  'then',
  'toJSON',
]);

export class ContractInterfaces {
  readonly #checker: ts.TypeChecker;
  readonly #reporter: Reporter;
  readonly #file: ts.SourceFile;

  constructor(checker: ts.TypeChecker, reporter: Reporter, file: ts.SourceFile) {
    this.#checker = checker;
    this.#reporter = reporter;
    this.#file = file;
  }

  /** Returns the contract's interface of a kind, if it has one. */
  find(marker: Marker): FoundInterface | undefined {
    const exported = this.#exportedInterfaces(marker);
    for (const declaration of this.#file.statements.filter(compiler.isInterfaceDeclaration)) {
      this.#checkExported(declaration, marker, exported);
    }
    const [first, second] = exported;
    if (first !== undefined && second !== undefined) {
      this.#refuse(second.node, {
        code: 'SW1002',
        message: `\`${first.name}\` and \`${second.name}\` both extend \`${marker}\``,
        hint: 'a contract file has one interface of each kind; move the other one to a separate file',
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
        message: `\`${declaration.name.text}\` extends \`${marker}\` but has no named export`,
        hint,
      });
    }
    if (declaration.typeParameters !== undefined) {
      this.#refuse(declaration.name, {
        code: 'SW1004',
        message: `\`${declaration.name.text}\` must not have type parameters`,
        hint: 'use concrete types',
      });
    }
  }

  /** Returns the named members of an interface, inherited ones included. */
  members(found: FoundInterface | undefined): readonly ts.Symbol[] {
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
      message: `\`${name}\` must not have a call or index signature`,
      hint: 'declare each handler and each event by name',
    });
  }

  #isNamed(symbol: ts.Symbol): boolean {
    const isPlain = symbol.name !== '' && !symbol.escapedName.toString().startsWith('__@');
    const node = nameNodeOf(symbol.declarations?.[0]) ?? this.#file;
    if (!isPlain) {
      const hint = 'use a plain property name';
      this.#refuse(node, {
        code: 'SW1015',
        message: 'the name of a handler or an event must be a non-empty string',
        hint,
      });
    } else if (RESERVED_MEMBERS.has(symbol.name)) {
      const hint = 'use a different name';
      this.#refuse(node, {
        code: 'SW1013',
        message: `\`${symbol.name}\` is a reserved name`,
        hint,
      });
    }
    return isPlain;
  }

  #refuse(node: ts.Node, reason: Reason): void {
    this.#reporter.report(node, reason);
  }
}
