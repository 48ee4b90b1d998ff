/**
 * Contract pages: `generated/<contract>.ts`, the module that a bot loads.
 *
 * A page declares for each type its check, its encoder and its shape, below the types that it mentions; then the error
 * classes, and the contract itself.
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
import { emitCheck } from './checks/emit-check.js';
import { emitPack, packFunction } from './codecs/emit-pack.js';
import { emitRows, rowMembers } from './positional/emit-row-writers.js';
import { emitShape, shapeOf } from './emit-shape.js';
import { emitUnpack, unpackFunction } from './codecs/emit-unpack.js';
import { ContractPage } from './contract-page.js';
import { boundTypeName, propertyName } from './names.js';
import { pageModel } from './page-model.js';
import { emptyMembers, needsUnpack } from './predicates.js';
import { braces, typeArguments, typeBraces } from './printer/fragment.js';
import type { Fragment } from './printer/fragment.js';
import { quote } from './printer/literals.js';

/** The results of reductions that do not have the handler's result type. */
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
  const page = new ContractPage(model);
  for (const type of model.recursion.groups.flat()) emitType(page, type);
  for (const error of model.contract.errors) emitError(page, error, contractImport);
  emitBoundType(page, contractImport);
  emitContract(page, fingerprintsOf(contract.types), contract);
  emitKnownNames(page, contractImport);
  return page.toString();
}

function emitType(page: ContractPage, type: NamedType): void {
  page.docComment(type.doc);
  emitCheck(page, type);
  emitPack(page, type);
  emitUnpack(page, type);
  emitRows(page, type);
  page.line();
  emitShape(page, type);
  page.line();
}

/** The class that handlers throw and callers catch. */
function emitError(page: ContractPage, { name, doc, data }: ErrorModel, contractImport: string): void {
  const { name: contract, errorsType } = page.model.contract;
  if (errorsType === undefined) throw new Error('an error without the interface that declares it');
  const base = page.runtime('ContractError');
  const dataType = `${page.useType(errorsType, contractImport)}[${quote(name)}]`;
  page.docComment(doc === '' ? `Thrown by handlers of \`${contract}\`.` : doc);
  page.block(
    `export class ${name} extends ${base}<${dataType}> {`,
    () => {
      const specType = page.runtimeType('ValueSpec');
      page.line(`static readonly errorName = ${quote(`${contract}.${name}`)};`);
      page.line(`static readonly errorData: ${specType} = `, valueSpec(page, data, false), ';');
    },
    '}',
  );
  page.line();
}

function emitBoundType(page: ContractPage, contractImport: string): void {
  const { name, handlersType, eventsType, handlers } = page.model.contract;
  const interfaceOf = (type: string | undefined): string =>
    type === undefined ? 'Record<never, never>' : page.useType(type, contractImport);
  const reduced = handlers.flatMap((handler) => reducedMember(page, handler, interfaceOf(handlersType)));
  const results = reduced.length === 0 ? [] : [typeBraces(reduced)];
  const base = page.runtimeType('BoundContract');

  page.docComment(`The stubs of \`${name}\`: its handlers and events, bound to one process.`);
  const managed = handlers.filter(isManaged).map(({ name: handler }) => quote(handler));
  const rest =
    managed.length === 0 ? results : [...(results.length === 0 ? ['unknown'] : results), managed.join(' | ')];
  const args = typeArguments(base, [interfaceOf(handlersType), interfaceOf(eventsType), ...rest]);
  page.line(`export interface ${boundTypeName(name)} extends `, args, ' {}');
  page.line();
}

/** Whether the manager answers the handler, instead of clusters. */
function isManaged({ options: { target } }: HandlerModel): boolean {
  return target?.by === 'place' && target.place === 'manager';
}

/** Returns `name: type` with the result of `reduce()`, for a handler that has a reduction. */
function reducedMember(page: ContractPage, handler: HandlerModel, handlersType: string): Fragment[] {
  const { reduce } = handler.options;
  if (reduce === undefined) return [];
  const plain = PLAIN_RESULTS[reduce.by];
  const result = plain ?? `${page.runtimeType('OutputOf')}<${handlersType}[${quote(handler.name)}]>`;
  return [`${propertyName(handler.name)}: ${result}`];
}

function emitContract(page: ContractPage, fingerprints: Fingerprints, contract: ContractModel): void {
  const { name, handlers, events, source, textHash } = page.model.contract;
  const type = `${page.runtimeType('DefinedContract')}<${boundTypeName(name)}>`;
  page.block(
    `export const ${name}: ${type} = ${page.runtime('defineContract')}({`,
    () => {
      page.line(`name: ${quote(name)},`);
      if (textHash !== undefined) {
        page.line(`source: { file: ${quote(source)}, hash: ${quote(textHash)} },`);
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

/** Augments the string API (`cluster.ipc.request('guilds.getGuildData', ...)`) with the contract's types. */
function emitKnownNames(page: ContractPage, contractImport: string): void {
  const { name, handlersType, eventsType, handlers, events } = page.model.contract;
  const table = (
    known: string,
    type: string | undefined,
    members: readonly { readonly name: string }[],
  ): void => {
    if (type === undefined || members.length === 0) return;
    page.block(
      `interface ${known} {`,
      () => {
        const owner = page.useType(type, contractImport);
        for (const member of members) {
          page.line(`${quote(`${name}.${member.name}`)}: ${owner}[${quote(member.name)}];`);
        }
      },
      '}',
    );
  };
  page.line();
  // An augmented module has to be part of the program, even where nothing else imports it: in a package of contracts.
  page.line("import type {} from 'shardwire';");
  page.line();
  page.block(
    "declare module 'shardwire' {",
    () => {
      table('ContractHandlers', handlersType, handlers);
      table('ContractEvents', eventsType, events);
    },
    '}',
  );
}

function emitTable<M extends HandlerModel | EventModel>(
  page: ContractPage,
  name: string,
  members: readonly M[],
  emit: (member: M, index: number) => void,
): void {
  if (members.length === 0) return page.line(`${name}: {},`);
  page.block(
    `${name}: {`,
    () => {
      for (const [i, member] of members.entries()) {
        page.comment(member.doc);
        page.block(`${propertyName(member.name)}: {`, () => emit(member, i), '},');
      }
    },
    '},',
  );
}

function emitHandler(
  page: ContractPage,
  { input, output, options }: HandlerModel,
  fingerprint: string,
): void {
  page.line('input: ', valueSpec(page, input), ',');
  page.line('output: ', valueSpec(page, output), ',');
  page.line(`fingerprint: ${quote(fingerprint)},`);
  if (options.timeoutMs !== undefined) page.line(`timeoutMs: ${options.timeoutMs},`);
  const target = options.target && targetSpec(options.target);
  if (target !== undefined) page.line(`target: ${target},`);
  if (options.retry !== undefined) {
    page.line(`retry: { attempts: ${options.retry.attempts}, backoffMs: ${options.retry.backoffMs} },`);
  }
  if (options.reduce !== undefined) page.line('reduce: ', reduceSpec(options.reduce), ',');
  if (options.partial === true) page.line('partial: true,');
  if (options.throws !== undefined && options.throws.length > 0) {
    page.line(`throws: [${options.throws.join(', ')}],`);
  }
}

/** Returns nothing for `any`, which is the default. */
function targetSpec(target: Target): string | undefined {
  if (target.by !== 'place') return `{ ${target.by}: ${quote(target.key)} }`;
  return target.place === 'any' ? undefined : quote(target.place);
}

function emitEvent(page: ContractPage, { data, options }: EventModel, fingerprint: string): void {
  page.line('data: ', valueSpec(page, data), ',');
  page.line(`fingerprint: ${quote(fingerprint)},`);
  if (options.timeoutMs !== undefined) page.line(`timeoutMs: ${options.timeoutMs},`);
  if (options.ack === 'settled') page.line('ackSettled: true,');
}

function reduceSpec(reduce: Reduce): Fragment {
  return braces([`by: ${quote(reduce.by)}`, ...('key' in reduce ? [`key: ${quote(reduce.key)}`] : [])]);
}

/**
 * Returns a `ValueSpec` for a payload.
 *
 * @param hasRows - `false` for the data of errors, which is always sent as keyed JSON.
 */
function valueSpec(page: ContractPage, shape: Shape, hasRows = true): Fragment {
  if (shape.kind === 'undefined') return page.runtime('noValue');
  const [empty] = emptyMembers(shape);
  if (shape.kind === 'union' && empty !== undefined) {
    const rest = unionOf(shape.members.filter((member) => member !== empty));
    return [
      `${page.runtime(empty.kind === 'null' ? 'orNull' : 'orUndefined')}(`,
      valueSpec(page, rest, hasRows),
      ')',
    ];
  }
  const members: Fragment[] = [
    ['is: ', checkFunction(page, shape, '', undefined)],
    ['pack: ', packFunction(page, shape)],
  ];
  if (needsUnpack(shape, page.model.types))
    members.push(['unpack: ', unpackFunction(page, shape, undefined)]);
  members.push(['shape: ', shapeOf(page, shape, undefined)]);
  return braces([...members, ...(hasRows ? rowMembers(page, shape) : [])]);
}
