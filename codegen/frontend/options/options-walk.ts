/**
 * Options walk: reads the `options` table of a contract from its source.
 *
 * The table is never run, so its values must be literals. TypeScript has checked it already if the author wrote
 * `satisfies ContractOptions<...>`; here it is checked again, since `satisfies` is optional and some rules are beyond
 * TypeScript's types.
 */
import type { ts } from 'ts-morph';
import type { EventOptions, HandlerModel, HandlerOptions } from '../../model/model.js';
import { EVENT_OPTIONS, HANDLER_OPTIONS } from '../../model/option-table.js';
import type { TypeTable } from '../../model/shapes.js';
import { reduceMisfit, targetMisfit } from './option-fit.js';
import { booleanOf, itemsOf, optionsTable, textOf } from './option-literals.js';
import { OptionReader } from './option-reader.js';
import type { Entry } from './option-reader.js';
import { readReduce } from './reduce-option.js';
import type { Reporter } from '../program/reporter.js';
import { readRetry } from './retry-option.js';
import { readTarget } from './target-option.js';

type BareHandler = Omit<HandlerModel, 'options'>;

export interface MemberOptions {
  readonly handlers: ReadonlyMap<string, HandlerOptions>;
  readonly events: ReadonlyMap<string, EventOptions>;
}

/** The names that a contract declares, including those of invalid members. */
export interface DeclaredNames {
  readonly handlers: ReadonlySet<string>;
  readonly events: ReadonlySet<string>;
  readonly errors: ReadonlySet<string>;
}

export class OptionsWalk {
  readonly #reader: OptionReader;
  readonly #types: TypeTable;
  readonly #handlers: ReadonlyMap<string, BareHandler>;
  readonly #declared: DeclaredNames;

  constructor(
    reporter: Reporter,
    types: TypeTable,
    handlers: readonly BareHandler[],
    declared: DeclaredNames,
  ) {
    this.#reader = new OptionReader(reporter);
    this.#types = types;
    this.#handlers = new Map(handlers.map((handler) => [handler.name, handler]));
    this.#declared = declared;
  }

  read(file: ts.SourceFile): MemberOptions {
    const handlers = new Map<string, HandlerOptions>();
    const events = new Map<string, EventOptions>();
    const table = optionsTable(file);
    for (const entry of table === undefined ? [] : this.#reader.entries(table, 'options')) {
      if (this.#declared.handlers.has(entry.key)) handlers.set(entry.key, this.#handlerOptions(entry));
      else if (this.#declared.events.has(entry.key)) events.set(entry.key, this.#eventOptions(entry));
      else this.#unknownMember(entry);
    }
    return { handlers, events };
  }

  #unknownMember({ key, name }: Entry): void {
    const known = [...this.#declared.handlers, ...this.#declared.events];
    const message = `options.${key}: the contract declares no handler or event with this name`;
    this.#reader.refuse(name, { code: 'SW3003', message, hint: `it declares ${known.join(', ')}` });
  }

  #handlerOptions(owner: Entry): HandlerOptions {
    const entries = this.#reader.entries(owner.value, `options.${owner.key}`);
    const options = entries.reduce<HandlerOptions>(
      (all, entry) => ({ ...all, ...this.#handlerOption(owner.key, entry) }),
      {},
    );
    const missing = missingOption(options);
    const entry = entries.find(({ key }) => key === missing?.of);
    if (missing !== undefined && entry !== undefined) {
      const message = `options.${owner.key}.${missing.of}: ${missing.why}`;
      this.#reader.refuse(entry.name, { code: 'SW3007', message, hint: missing.hint });
    }
    return options;
  }

  #handlerOption(handler: string, entry: Entry): HandlerOptions {
    const path = `options.${handler}.${entry.key}`;
    const known = HANDLER_OPTIONS.find((name) => name === entry.key);
    switch (known) {
      case 'timeout':
        return this.#timeout(entry, path);
      case 'target':
        return this.#target(handler, entry, path);
      case 'idempotent':
      case 'partial':
        return this.#flag(known, entry, path);
      case 'retry':
        return this.#retry(entry, path);
      case 'reduce':
        return this.#reduce(handler, entry, path);
      case 'throws':
        return this.#throws(entry, path);
      case undefined:
        this.#reader.unknownOption(entry, path, 'handler', HANDLER_OPTIONS);
        return {};
    }
  }

  #eventOptions(owner: Entry): EventOptions {
    return this.#reader
      .entries(owner.value, `options.${owner.key}`)
      .reduce<EventOptions>(
        (all, entry) => ({ ...all, ...this.#eventOption(entry, `options.${owner.key}.${entry.key}`) }),
        {},
      );
  }

  #eventOption(entry: Entry, path: string): EventOptions {
    const known = EVENT_OPTIONS.find((name) => name === entry.key);
    switch (known) {
      case 'timeout':
        return this.#timeout(entry, path);
      case 'ack':
        return this.#ack(entry, path);
      case undefined:
        this.#reader.unknownOption(entry, path, 'event', EVENT_OPTIONS);
        return {};
    }
  }

  #timeout({ value }: Entry, path: string): { readonly timeoutMs?: number } {
    const timeoutMs = this.#reader.wholeMs(value, path, { from: 1, what: 'timeout' });
    return timeoutMs === undefined ? {} : { timeoutMs };
  }

  #flag(option: 'idempotent' | 'partial', { value }: Entry, path: string): HandlerOptions {
    const flag = booleanOf(value);
    if (flag === undefined) this.#reader.notWrittenOut(value, path, '`true` or `false`');
    return flag === undefined ? {} : { [option]: flag };
  }

  #ack({ value }: Entry, path: string): EventOptions {
    const ack = textOf(value);
    if (ack === 'received' || ack === 'settled') return { ack };
    if (ack === undefined) this.#reader.notWrittenOut(value, path, "'received' or 'settled'");
    else
      this.#reader.refuse(value, {
        code: 'SW3004',
        message: `${path}: must be 'received' or 'settled', but is '${ack}'`,
      });
    return {};
  }

  #retry({ value }: Entry, path: string): HandlerOptions {
    const retry = readRetry(value, path, this.#reader);
    return retry === undefined ? {} : { retry };
  }

  #throws({ value }: Entry, path: string): HandlerOptions {
    const items = itemsOf(value);
    if (items === undefined) this.#reader.notWrittenOut(value, path, 'an array of names');
    const names = (items ?? []).flatMap((item) => {
      const name = textOf(item);
      if (name === undefined) this.#reader.notWrittenOut(item, path, 'the name of an error');
      else if (!this.#declared.errors.has(name)) this.#unknownError(name, item, path);
      else return [name];
      return [];
    });
    return { throws: [...new Set(names)] };
  }

  #unknownError(name: string, node: ts.Node, path: string): void {
    const known = [...this.#declared.errors];
    const message = `${path}: the contract declares no error \`${name}\``;
    const hint =
      known.length > 0
        ? `it declares ${known.join(', ')}`
        : 'declare it in an interface that extends `Errors`';
    this.#reader.refuse(node, { code: 'SW3003', message, hint });
  }

  #target(handler: string, { value }: Entry, path: string): HandlerOptions {
    const read = readTarget(value, path, this.#reader);
    if (read === undefined || !('node' in read)) return read ?? {};
    const model = this.#handlers.get(handler);
    if (model === undefined) return {};
    const { target, node } = read;
    const misfit = targetMisfit(model, target, this.#types);
    if (misfit !== undefined) {
      this.#reader.refuse(node, { ...misfit, message: `${path}.${target.by}: ${misfit.message}` });
    }
    return { target };
  }

  #reduce(handler: string, { value }: Entry, path: string): HandlerOptions {
    const reduce = readReduce(value, path, this.#reader);
    if (reduce === undefined) return {};
    const model = this.#handlers.get(handler);
    const misfit = model && reduceMisfit(model, reduce, this.#types);
    if (misfit !== undefined) {
      const at = 'key' in reduce ? `${path}.${reduce.by}` : path;
      this.#reader.refuse(value, { ...misfit, message: `${at}: ${misfit.message}` });
    }
    return { reduce };
  }
}

/** Returns an option that has no meaning without another one, which is missing. */
function missingOption(
  options: HandlerOptions,
): { readonly of: string; readonly why: string; readonly hint: string } | undefined {
  if (options.retry !== undefined && options.idempotent !== true) {
    const why = 'requires `idempotent: true`, since a retried call may run twice';
    return { of: 'retry', why, hint: 'add `idempotent: true` if running the handler twice does no harm' };
  }
  if (options.partial !== undefined && options.reduce === undefined) {
    return { of: 'partial', why: 'requires `reduce`', hint: 'add `reduce`, or remove `partial`' };
  }
  return undefined;
}
