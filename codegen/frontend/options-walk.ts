/**
 * Options walk: the `options` table of a contract, as it is written.
 *
 * The table is read from the text and never run, so everything in it must be a literal. TypeScript has checked it
 * already where the author wrote `satisfies ContractOptions<...>`; here it is checked again, for those who did not and
 * for what TypeScript cannot see.
 */
import type { ts } from 'ts-morph';
import type { EventOptions, HandlerModel, HandlerOptions, Reduce, Retry, Target } from '../model.js';
import {
  DEFAULT_BACKOFF_MS,
  EVENT_OPTIONS,
  HANDLER_OPTIONS,
  MAX_ATTEMPTS,
  MAX_TIMEOUT_MS,
  MEMBER_TARGETS,
  MIN_ATTEMPTS,
  PLACES,
  REDUCTIONS,
  REDUCTIONS_BY_KEY,
} from '../options.js';
import type { TypeTable } from '../shapes.js';
import { compiler } from './compiler.js';
import { reduceMisfit, targetMisfit } from './option-fit.js';
import { booleanOf, itemsOf, keyOf, numberOf, optionsTable, textOf, unwrap } from './option-literals.js';
import type { Reason, Reporter } from './reporter.js';

type BareHandler = Omit<HandlerModel, 'options'>;

export interface ReadOptions {
  readonly handlers: ReadonlyMap<string, HandlerOptions>;
  readonly events: ReadonlyMap<string, EventOptions>;
}

/** The names that a contract declares, those included whose types were refused. */
export interface DeclaredNames {
  readonly handlers: ReadonlySet<string>;
  readonly events: ReadonlySet<string>;
  readonly errors: ReadonlySet<string>;
}

/** A target that a member of the data decides, and where its name is written. */
interface MemberTarget {
  readonly target: Exclude<Target, { by: 'place' }>;
  readonly node: ts.Node;
}

interface Entry {
  readonly key: string;
  readonly name: ts.Node;
  readonly value: ts.Expression;
}

const REDUCTION_LIST = `${REDUCTIONS.map((name) => `'${name}'`).join(', ')}, { maxBy: <member> } and { minBy: <member> }`;
const TARGET_LIST = `${PLACES.map((name) => `'${name}'`).join(', ')}, { guild: <member> }, { shard: <member> } and { hash: <member> }`;

export class OptionsWalk {
  readonly #reporter: Reporter;
  readonly #types: TypeTable;
  readonly #handlers: ReadonlyMap<string, BareHandler>;
  readonly #declared: DeclaredNames;

  constructor(
    reporter: Reporter,
    types: TypeTable,
    handlers: readonly BareHandler[],
    declared: DeclaredNames,
  ) {
    this.#reporter = reporter;
    this.#types = types;
    this.#handlers = new Map(handlers.map((handler) => [handler.name, handler]));
    this.#declared = declared;
  }

  read(file: ts.SourceFile): ReadOptions {
    const handlers = new Map<string, HandlerOptions>();
    const events = new Map<string, EventOptions>();
    const table = optionsTable(file);
    for (const entry of table === undefined ? [] : this.#entries(table, 'options')) {
      if (this.#declared.handlers.has(entry.key)) handlers.set(entry.key, this.#handlerOptions(entry));
      else if (this.#declared.events.has(entry.key)) events.set(entry.key, this.#eventOptions(entry));
      else this.#unknownMember(entry);
    }
    return { handlers, events };
  }

  #unknownMember({ key, name }: Entry): void {
    const known = [...this.#declared.handlers, ...this.#declared.events];
    const message = `options.${key}: the contract declares no handler or event of this name`;
    this.#refuse(name, { code: 'SW3003', message, hint: `it declares ${known.join(', ')}` });
  }

  #handlerOptions(owner: Entry): HandlerOptions {
    const entries = this.#entries(owner.value, `options.${owner.key}`);
    const options = entries.reduce<HandlerOptions>(
      (all, entry) => ({ ...all, ...this.#handlerOption(owner.key, entry) }),
      {},
    );
    const missing = missingOption(options);
    const entry = entries.find(({ key }) => key === missing?.of);
    if (missing !== undefined && entry !== undefined) {
      const message = `options.${owner.key}.${missing.of}: ${missing.why}`;
      this.#refuse(entry.name, { code: 'SW3007', message, hint: missing.hint });
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
        this.#unknownOption(entry, path, 'a handler', HANDLER_OPTIONS);
        return {};
    }
  }

  #eventOptions(owner: Entry): EventOptions {
    return this.#entries(owner.value, `options.${owner.key}`).reduce<EventOptions>(
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
        this.#unknownOption(entry, path, 'an event', EVENT_OPTIONS);
        return {};
    }
  }

  #unknownOption({ key, name }: Entry, path: string, owner: string, known: readonly string[]): void {
    const message = `${path}: \`${key}\` is not an option (yet) of ${owner}`;
    this.#refuse(name, { code: 'SW3001', message, hint: `the options are ${known.join(', ')}` });
  }

  #timeout({ value }: Entry, path: string): { readonly timeoutMs?: number } {
    const timeoutMs = this.#wholeMs(value, path, { from: 1, what: 'a time that one can wait' });
    return timeoutMs === undefined ? {} : { timeoutMs };
  }

  #wholeMs(
    value: ts.Expression,
    path: string,
    { from, what }: { readonly from: number; readonly what: string },
  ): number | undefined {
    const ms = numberOf(value);
    if (ms === undefined) return this.#notWrittenOut(value, path, 'a number of milliseconds');
    if (Number.isInteger(ms) && ms >= from && ms <= MAX_TIMEOUT_MS) return ms;
    const hint = `give whole milliseconds, ${from} to 2_147_483_647`;
    return this.#refuse(value, { code: 'SW3004', message: `${path}: ${ms} is not ${what}`, hint });
  }

  #flag(option: 'idempotent' | 'partial', { value }: Entry, path: string): HandlerOptions {
    const flag = booleanOf(value);
    if (flag === undefined) this.#notWrittenOut(value, path, '`true` or `false`');
    return flag === undefined ? {} : { [option]: flag };
  }

  #ack({ value }: Entry, path: string): EventOptions {
    const ack = textOf(value);
    if (ack === 'received' || ack === 'settled') return { ack };
    const hint = "there are 'received' and 'settled'";
    if (ack === undefined) this.#notWrittenOut(value, path, "'received' or 'settled'");
    else
      this.#refuse(value, { code: 'SW3004', message: `${path}: '${ack}' is no moment to acknowledge`, hint });
    return {};
  }

  #retry({ value }: Entry, path: string): { readonly retry?: Retry } {
    const entries = this.#entries(value, path);
    const strange = entries.find(({ key }) => key !== 'attempts' && key !== 'backoffMs');
    if (strange !== undefined) {
      this.#unknownOption(strange, `${path}.${strange.key}`, 'a retry', ['attempts', 'backoffMs']);
    }
    const attempts = this.#attempts(entries.find(({ key }) => key === 'attempts')?.value, value, path);
    const backoff = entries.find(({ key }) => key === 'backoffMs')?.value;
    const backoffMs =
      backoff === undefined
        ? DEFAULT_BACKOFF_MS
        : this.#wholeMs(backoff, `${path}.backoffMs`, { from: 0, what: 'a pause' });
    return attempts === undefined || backoffMs === undefined ? {} : { retry: { attempts, backoffMs } };
  }

  #attempts(value: ts.Expression | undefined, whole: ts.Node, path: string): number | undefined {
    const attempts = value && numberOf(value);
    if (attempts === undefined) {
      return this.#notWrittenOut(value ?? whole, `${path}.attempts`, 'how often the call is made at most');
    }
    if (Number.isInteger(attempts) && attempts >= MIN_ATTEMPTS && attempts <= MAX_ATTEMPTS) return attempts;
    const message = `${path}.attempts: ${attempts} is not a number of attempts`;
    const hint = `the first one counts, so give ${MIN_ATTEMPTS} to ${MAX_ATTEMPTS}`;
    return this.#refuse(value ?? whole, { code: 'SW3004', message, hint });
  }

  #throws({ value }: Entry, path: string): HandlerOptions {
    const items = itemsOf(value);
    if (items === undefined) this.#notWrittenOut(value, path, 'an array of names');
    const names = (items ?? []).flatMap((item) => {
      const name = textOf(item);
      if (name === undefined) this.#notWrittenOut(item, path, 'the name of an error');
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
    this.#refuse(node, { code: 'SW3003', message, hint });
  }

  #target(handler: string, { value }: Entry, path: string): HandlerOptions {
    const text = textOf(value);
    const place = PLACES.find((name) => name === text);
    if (place !== undefined) return { target: { by: 'place', place } };
    if (text !== undefined) return this.#unknownTarget(value, path, `'${text}'`);
    const member = this.#memberTarget(value, path);
    const model = this.#handlers.get(handler);
    if (member === undefined || model === undefined) return {};
    const { target, node } = member;
    const misfit = targetMisfit(model, target, this.#types);
    if (misfit !== undefined) {
      this.#refuse(node, { ...misfit, message: `${path}.${target.by}: ${misfit.message}` });
    }
    return { target };
  }

  #memberTarget(value: ts.Expression, path: string): MemberTarget | undefined {
    const [entry, second] = this.#entries(value, path);
    const by = MEMBER_TARGETS.find((name) => name === entry?.key);
    if (entry === undefined) return undefined;
    if (by === undefined || second !== undefined) {
      const { name, key } = second ?? entry;
      this.#unknownTarget(name, path, `\`${key}\``);
      return undefined;
    }
    const key = textOf(entry.value);
    if (key === undefined) {
      return this.#notWrittenOut(entry.value, `${path}.${by}`, 'the name of a member of the data');
    }
    return { target: { by, key }, node: entry.value };
  }

  #unknownTarget(node: ts.Node, path: string, what: string): HandlerOptions {
    const message = `${path}: ${what} is not a target (yet)`;
    this.#refuse(node, { code: 'SW3001', message, hint: `there are ${TARGET_LIST}` });
    return {};
  }

  #reduce(handler: string, { value }: Entry, path: string): HandlerOptions {
    const by = textOf(value);
    if (by === undefined && !compiler.isObjectLiteralExpression(unwrap(value))) {
      this.#notWrittenOut(value, path, `one of ${REDUCTION_LIST}`);
      return {};
    }
    const reduce = by === undefined ? this.#reduceByKey(value, path) : this.#plainReduce(by, value, path);
    const model = this.#handlers.get(handler);
    if (reduce === undefined || model === undefined) return reduce === undefined ? {} : { reduce };
    const misfit = reduceMisfit(model, reduce, this.#types);
    if (misfit !== undefined) {
      const at = 'key' in reduce ? `${path}.${reduce.by}` : path;
      this.#refuse(value, { ...misfit, message: `${at}: ${misfit.message}` });
    }
    return { reduce };
  }

  #plainReduce(by: string, node: ts.Node, path: string): Reduce | undefined {
    const known = REDUCTIONS.find((name) => name === by);
    return known === undefined ? this.#unknownReduction(node, path, JSON.stringify(by)) : { by: known };
  }

  #reduceByKey(value: ts.Expression, path: string): Reduce | undefined {
    const [entry, second] = this.#entries(value, path);
    const by = REDUCTIONS_BY_KEY.find((name) => name === entry?.key);
    if (entry === undefined || second !== undefined || by === undefined) {
      return this.#unknownReduction(second?.name ?? entry?.name ?? value, path, value.getText());
    }
    const key = textOf(entry.value);
    if (key === undefined)
      return this.#notWrittenOut(entry.value, `${path}.${by}`, 'the name of a member of the result');
    return { by, key };
  }

  #unknownReduction(node: ts.Node, path: string, text: string): undefined {
    const hint = `there are ${REDUCTION_LIST}`;
    return this.#refuse(node, { code: 'SW3004', message: `${path}: ${text} is not a reduction (yet)`, hint });
  }

  /** The entries of an object literal; what is not one, or not written out, is reported. */
  #entries(expression: ts.Expression, path: string): readonly Entry[] {
    const literal = unwrap(expression);
    if (!compiler.isObjectLiteralExpression(literal)) {
      this.#notWrittenOut(expression, path, 'an object');
      return [];
    }
    return literal.properties.flatMap((property): readonly Entry[] => {
      const key = property.name && keyOf(property.name);
      if (compiler.isPropertyAssignment(property) && key !== undefined) {
        return [{ key, name: property.name, value: property.initializer }];
      }
      this.#notWrittenOut(property, path, 'plain `key: value` pairs');
      return [];
    });
  }

  #notWrittenOut(node: ts.Node, path: string, what: string): undefined {
    const message = `${path}: options are read, not run, so this must be written out`;
    return this.#refuse(node, { code: 'SW3002', message, hint: `write ${what} here` });
  }

  #refuse(node: ts.Node, reason: Reason): undefined {
    this.#reporter.at(node, reason);
  }
}

/** An option that means nothing without another one. */
function missingOption(
  options: HandlerOptions,
): { readonly of: string; readonly why: string; readonly hint: string } | undefined {
  if (options.retry !== undefined && options.idempotent !== true) {
    const why = 'a call that may run twice must be one that does no harm when it does';
    return { of: 'retry', why, hint: 'add `idempotent: true`, if that is so' };
  }
  if (options.partial !== undefined && options.reduce === undefined) {
    return { of: 'partial', why: 'there is nothing to reduce', hint: 'it belongs beside `reduce`' };
  }
  return undefined;
}
