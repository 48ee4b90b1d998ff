/**
 * Contract walk: turns one contract file into its model.
 *
 * Determines the order in which interfaces, members, types and options are read; a separate module reads each of them. The
 * walk continues after a problem, so that one run reports all of them.
 */
import type { ts } from 'ts-morph';
import { contractFile } from '../../model/contract-name.js';
import type { ContractModel, HandlerModel, NamedType } from '../../model/model.js';
import { tableOf } from '../../model/shapes.js';
import { reportAmbiguousRecursion } from '../types/ambiguous-recursion.js';
import { ContractInterfaces } from './contract-interfaces.js';
import type { FoundInterface } from './contract-interfaces.js';
import { ContractMembers } from './contract-members.js';
import type { Bare } from './contract-members.js';
import { OptionsWalk } from '../options/options-walk.js';
import type { MemberOptions } from '../options/options-walk.js';
import type { Reporter } from '../program/reporter.js';
import { nameNodeOf } from '../types/type-nodes.js';
import { StaticSchemas } from '../schemas/static-schemas.js';
import { TypeWalker } from '../types/type-walker.js';

/** The members of the three interfaces, in the order of their declarations. */
interface FoundMembers {
  readonly handlers: readonly ts.Symbol[];
  readonly events: readonly ts.Symbol[];
  readonly errors: readonly ts.Symbol[];
}

export class ContractWalk {
  readonly #reporter: Reporter;
  readonly #file: ts.SourceFile;
  readonly #program: ts.Program;
  readonly #types: TypeWalker;
  readonly #interfaces: ContractInterfaces;
  readonly #members: ContractMembers;

  constructor(program: ts.Program, reporter: Reporter, file: ts.SourceFile) {
    this.#program = program;
    this.#reporter = reporter;
    this.#file = file;
    this.#types = new TypeWalker(
      program,
      reporter,
      file,
      (names, deferred) => new StaticSchemas(program, reporter, names, deferred),
    );
    this.#interfaces = new ContractInterfaces(program.getTypeChecker(), reporter, file);
    this.#members = new ContractMembers(program, reporter, file, this.#types);
  }

  model(name: string, source: string): ContractModel | undefined {
    const handlersType = this.#interfaces.find('Handlers');
    const eventsType = this.#interfaces.find('Events');
    const errorsType = this.#interfaces.find('Errors');
    if (handlersType === undefined && eventsType === undefined) return this.#empty(source);

    const [handlerMembers, handlers] = this.#each(handlersType, (one) => this.#members.handler(one));
    const [eventMembers, events] = this.#each(eventsType, (one) => this.#members.event(one));
    const [errorMembers, errors] = this.#each(errorsType, (one) => this.#members.error(one));
    const found = { handlers: handlerMembers, events: eventMembers, errors: errorMembers };
    this.#checkSharedNames(found);
    const types = this.#walked(found);
    const options = this.#options(found, handlers, types);
    return {
      name,
      file: contractFile(source),
      source,
      handlersType: handlersType?.name,
      eventsType: eventsType?.name,
      errorsType: errorsType?.name,
      handlers: handlers.map((one) => ({ ...one, options: options.handlers.get(one.name) ?? {} })),
      events: events.map((one) => ({ ...one, options: options.events.get(one.name) ?? {} })),
      errors,
      types,
      ...(this.#types.hasBrands ? { hasBrands: true } : {}),
    };
  }

  /** Returns the members of an interface, and the models of the valid ones. */
  #each<Model>(
    found: FoundInterface | undefined,
    read: (member: ts.Symbol) => readonly Model[],
  ): readonly [readonly ts.Symbol[], readonly Model[]] {
    const members = this.#interfaces.members(found);
    return [members, members.flatMap((member) => read(member))];
  }

  /** Returns the named types, once all members are read, and runs the checks that need all of them. */
  #walked({ handlers, events, errors }: FoundMembers): readonly NamedType[] {
    const walked = this.#types.types();
    reportAmbiguousRecursion(walked, this.#reporter);
    const members = [...handlers, ...events, ...errors];
    this.#types.reportDeferred(members.flatMap(({ declarations }) => declarations ?? []));
    return walked.map(({ type }) => type);
  }

  #options(
    found: FoundMembers,
    handlers: readonly Bare<HandlerModel>[],
    types: readonly NamedType[],
  ): MemberOptions {
    const declared = {
      handlers: namesOf(found.handlers),
      events: namesOf(found.events),
      errors: namesOf(found.errors),
    };
    return new OptionsWalk(this.#reporter, tableOf(types), handlers, declared).read(this.#file);
  }

  /** Not reported beside other errors, which may be the cause: without the import no interface extends `Handlers`. */
  #empty(source: string): undefined {
    const hasErrors = this.#program.getSemanticDiagnostics(this.#file).length > 0;
    const isKnown = this.#reporter.diagnostics().some(({ location }) => location?.file === source);
    if (hasErrors || isKnown) return;
    this.#reporter.reportFile(source, {
      code: 'SW1001',
      message: 'no exported interface extends `Handlers` or `Events`',
      hint: 'move types that contracts share to a separate folder, outside the contracts folder',
    });
  }

  #checkSharedNames({ handlers, events }: FoundMembers): void {
    const names = namesOf(handlers);
    for (const event of events.filter((symbol) => names.has(symbol.name))) {
      this.#reporter.report(nameNodeOf(event.declarations?.[0]) ?? this.#file, {
        code: 'SW1014',
        message: `\`${event.name}\` is declared both as a handler and as an event`,
        hint: 'handlers and events of a contract share one namespace; rename one of them',
      });
    }
  }
}

function namesOf(members: readonly ts.Symbol[]): ReadonlySet<string> {
  return new Set(members.map((symbol) => symbol.name));
}
