/**
 * Contract pages: `generated/<contract>.ts`, what a bot loads.
 *
 * For each type its check, its encoder and its shape, with what it mentions above it; then the contract itself.
 */
import { fingerprintsOf } from '../model/fingerprint.js';
import type { Fingerprints } from '../model/fingerprint.js';
import type {
  ContractModel,
  ErrorModel,
  EventModel,
  HandlerModel,
  NamedType,
  Reduce,
  Shape,
  Target,
} from '../model/model.js';
import { unionOf } from '../model/shapes.js';
import { checkFunction } from './checks/check-expression.js';
import { braces, typeArguments, typeBraces } from './printer/fragment.js';
import type { Doc } from './printer/fragment.js';
import { emitCheck } from './checks/emit-check.js';
import { emitPack, packFunction } from './codecs/emit-pack.js';
import { emitRows, rowPlaces } from './positional/emit-row-writers.js';
import { emitShape, shapeOf } from './emit-shape.js';
import { emitUnpack, unpackFunction } from './codecs/emit-unpack.js';
import { pageHeader } from './header.js';
import { propertyName } from './names.js';
import { boundTypeName, emptyMembers, needsUnpack, pageModel } from './page-model.js';
import { RUNTIME, runtime } from './emit-context.js';
import type { PageScope } from './emit-context.js';
import { SourcePrinter, quote } from './printer/source-printer.js';

/** What a reduction gives where that is not what the handler returns. */
const PLAIN_RESULTS: Readonly<Partial<Record<Reduce['by'], string>>> = {
  sum: 'number',
  min: 'number',
  max: 'number',
  avg: 'number',
  every: 'boolean',
  some: 'boolean',
};

/**
 * Writes a contract's page.
 *
 * @param contractImport - The contract file as the page imports it: `../contracts/guilds.js`.
 */
export function emitPage(contract: ContractModel, contractImport: string): string {
  const model = pageModel(contract);
  const page: PageScope = { model, out: new SourcePrinter(pageHeader(contract.source), model.names) };
  for (const type of model.recursion.groups.flat()) emitType(page, type);
  for (const error of model.contract.errors) emitError(page, error, contractImport);
  emitBoundType(page, contractImport);
  emitContract(page, fingerprintsOf(contract.types), contract);
  emitKnownNames(page, contractImport);
  return page.out.toString();
}

function emitType(page: PageScope, type: NamedType): void {
  page.out.docComment(type.doc);
  emitCheck(page, type);
  emitPack(page, type);
  emitUnpack(page, type);
  emitRows(page, type);
  page.out.line();
  emitShape(page, type);
  page.out.line();
}

/** The class that handlers throw and callers catch. */
function emitError(page: PageScope, { name, doc, data }: ErrorModel, contractImport: string): void {
  const { name: contract, errorsType } = page.model.contract;
  if (errorsType === undefined) throw new Error('an error without the interface that declares it');
  const base = runtime(page, 'ContractError');
  const dataType = `${page.out.useType(errorsType, contractImport)}[${quote(name)}]`;
  page.out.docComment(doc === '' ? `Thrown by handlers of \`${contract}\`.` : doc);
  page.out.block(
    `export class ${name} extends ${base}<${dataType}> {`,
    () => {
      const specType = page.out.useType('ValueSpec', RUNTIME);
      page.out.line(`static readonly errorName = ${quote(`${contract}.${name}`)};`);
      page.out.line(`static readonly errorData: ${specType} = `, valueSpec(page, data, false), ';');
    },
    '}',
  );
  page.out.line();
}

function emitBoundType(page: PageScope, contractImport: string): void {
  const { name, handlersType, eventsType, handlers } = page.model.contract;
  const interfaceOf = (type: string | undefined): string =>
    type === undefined ? 'Record<never, never>' : page.out.useType(type, contractImport);
  const reduced = handlers.flatMap((handler) => reducedMember(page, handler, interfaceOf(handlersType)));
  const results = reduced.length === 0 ? [] : [typeBraces(reduced)];
  const base = page.out.useType('BoundContract', RUNTIME);

  page.out.docComment(`The stubs of \`${name}\`: its handlers and events, bound to one process.`);
  const managed = handlers.filter(isManaged).map(({ name: handler }) => quote(handler));
  const rest =
    managed.length === 0 ? results : [...(results.length === 0 ? ['unknown'] : results), managed.join(' | ')];
  const args = typeArguments(base, [interfaceOf(handlersType), interfaceOf(eventsType), ...rest]);
  page.out.line(`export interface ${boundTypeName(name)} extends `, args, ' {}');
  page.out.line();
}

/** Answered by the manager, not by clusters. */
function isManaged({ options: { target } }: HandlerModel): boolean {
  return target?.by === 'place' && target.place === 'manager';
}

/** What `reduce()` gives, for a handler that has it. */
function reducedMember(page: PageScope, handler: HandlerModel, handlersType: string): Doc[] {
  const { reduce } = handler.options;
  if (reduce === undefined) return [];
  const plain = PLAIN_RESULTS[reduce.by];
  const result = plain ?? `${page.out.useType('OutputOf', RUNTIME)}<${handlersType}[${quote(handler.name)}]>`;
  return [`${propertyName(handler.name)}: ${result}`];
}

function emitContract(page: PageScope, fingerprints: Fingerprints, contract: ContractModel): void {
  const { name, handlers, events, source, textHash } = page.model.contract;
  const type = `${page.out.useType('DefinedContract', RUNTIME)}<${boundTypeName(name)}>`;
  page.out.block(
    `export const ${name}: ${type} = ${runtime(page, 'defineContract')}({`,
    () => {
      page.out.line(`name: ${quote(name)},`);
      if (textHash !== undefined) {
        page.out.line(`source: { file: ${quote(source)}, hash: ${quote(textHash)} },`);
      }
      emitTable(page, 'handlers', handlers, (handler, i) => {
        const { input, output } = contract.handlers[i] ?? handler;
        emitHandler(page, handler, fingerprints.of(`${name}.${handler.name}`, [input, output]));
      });
      emitTable(page, 'events', events, (event, i) => {
        const { data } = contract.events[i] ?? event;
        emitEvent(page, event, fingerprints.of(`${name}.${event.name}`, [data]));
      });
    },
    '});',
  );
}

/** Gives the string API (`cluster.ipc.request('guilds.getGuildData', ...)`) the contract's types. */
function emitKnownNames(page: PageScope, contractImport: string): void {
  const { name, handlersType, eventsType, handlers, events } = page.model.contract;
  const table = (
    known: string,
    type: string | undefined,
    members: readonly { readonly name: string }[],
  ): void => {
    if (type === undefined || members.length === 0) return;
    page.out.block(
      `interface ${known} {`,
      () => {
        const owner = page.out.useType(type, contractImport);
        for (const member of members) {
          page.out.line(`${quote(`${name}.${member.name}`)}: ${owner}[${quote(member.name)}];`);
        }
      },
      '}',
    );
  };
  page.out.line();
  // What is augmented has to be part of the program, also where nothing else imports it: in a package of contracts.
  page.out.line("import type {} from 'shardwire';");
  page.out.line();
  page.out.block(
    "declare module 'shardwire' {",
    () => {
      table('ContractHandlers', handlersType, handlers);
      table('ContractEvents', eventsType, events);
    },
    '}',
  );
}

function emitTable<M extends HandlerModel | EventModel>(
  page: PageScope,
  name: string,
  members: readonly M[],
  emit: (member: M, index: number) => void,
): void {
  if (members.length === 0) return page.out.line(`${name}: {},`);
  page.out.block(
    `${name}: {`,
    () => {
      for (const [i, member] of members.entries()) {
        page.out.comment(member.doc);
        page.out.block(`${propertyName(member.name)}: {`, () => emit(member, i), '},');
      }
    },
    '},',
  );
}

function emitHandler(page: PageScope, { input, output, options }: HandlerModel, fingerprint: string): void {
  page.out.line('input: ', valueSpec(page, input), ',');
  page.out.line('output: ', valueSpec(page, output), ',');
  page.out.line(`fingerprint: ${quote(fingerprint)},`);
  if (options.timeoutMs !== undefined) page.out.line(`timeoutMs: ${options.timeoutMs},`);
  const target = options.target && targetSpec(options.target);
  if (target !== undefined) page.out.line(`target: ${target},`);
  if (options.retry !== undefined) {
    page.out.line(`retry: { attempts: ${options.retry.attempts}, backoffMs: ${options.retry.backoffMs} },`);
  }
  if (options.reduce !== undefined) page.out.line('reduce: ', reduceSpec(options.reduce), ',');
  if (options.partial === true) page.out.line('partial: true,');
  if (options.throws !== undefined && options.throws.length > 0) {
    page.out.line(`throws: [${options.throws.join(', ')}],`);
  }
}

/** `any` is what a handler without a target has. */
function targetSpec(target: Target): string | undefined {
  if (target.by !== 'place') return `{ ${target.by}: ${quote(target.key)} }`;
  return target.place === 'any' ? undefined : quote(target.place);
}

function emitEvent(page: PageScope, { data, options }: EventModel, fingerprint: string): void {
  page.out.line('data: ', valueSpec(page, data), ',');
  page.out.line(`fingerprint: ${quote(fingerprint)},`);
  if (options.timeoutMs !== undefined) page.out.line(`timeoutMs: ${options.timeoutMs},`);
  if (options.ack === 'settled') page.out.line('ackSettled: true,');
}

function reduceSpec(reduce: Reduce): Doc {
  return braces([`by: ${quote(reduce.by)}`, ...('key' in reduce ? [`key: ${quote(reduce.key)}`] : [])]);
}

/** @param hasRows - Errors travel with what they are about by name. */
function valueSpec(page: PageScope, shape: Shape, hasRows = true): Doc {
  if (shape.kind === 'absent') return runtime(page, 'nothing');
  const [empty] = emptyMembers(shape);
  if (shape.kind === 'union' && empty !== undefined) {
    const rest = unionOf(shape.members.filter((member) => member !== empty));
    return [
      `${runtime(page, empty.kind === 'null' ? 'orNull' : 'orNothing')}(`,
      valueSpec(page, rest, hasRows),
      ')',
    ];
  }
  const places: Doc[] = [
    ['is: ', checkFunction(page, shape, '', undefined)],
    ['pack: ', packFunction(page, shape)],
  ];
  if (needsUnpack(shape, page.model.types)) places.push(['unpack: ', unpackFunction(page, shape, undefined)]);
  places.push(['shape: ', shapeOf(page, shape, undefined)]);
  return braces([...places, ...(hasRows ? rowPlaces(page, shape) : [])]);
}
