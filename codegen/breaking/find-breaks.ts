/**
 * Breaking changes: the contracts of before and of now in, everything that breaks out. Pure.
 */
import { fingerprintsOf } from '../model/fingerprint.js';
import type { Fingerprints } from '../model/fingerprint.js';
import type { ContractModel, ErrorModel, EventModel, HandlerModel, Shape } from '../model/model.js';
import { compare } from '../model/shapes.js';
import { eventOptionBreaks, handlerOptionBreaks } from './break-options.js';
import { breaksIn } from './break-place.js';
import type { Place, PlaceBreak } from './break-place.js';
import type { Break, RuleId } from './rules.js';

type Contracts = readonly ContractModel[];

/** In the order of contracts, then of names and paths: a lock file has another order than its contracts. */
export function findBreaks(before: Contracts, now: Contracts): readonly Break[] {
  return before
    .toSorted((a, b) => compare(a.name, b.name))
    .flatMap((contract) => {
      const same = now.find(({ name }) => name === contract.name);
      return same === undefined
        ? [contractRemoved(contract)]
        : new ContractPair(contract, same).breaks().toSorted(inOrder);
    });
}

function inOrder(a: Break, b: Break): number {
  return compare(a.subject, b.subject) || compare(a.path, b.path) || compare(a.rule, b.rule);
}

function contractRemoved({ source, name }: ContractModel): Break {
  const message = 'its handlers have nobody who answers, its events nobody who listens';
  return { rule: 'CONTRACT_REMOVED', file: source, subject: name, path: '', message };
}

type Word = HandlerModel | EventModel;

class ContractPair {
  readonly #before: ContractModel;
  readonly #now: ContractModel;
  readonly #formsBefore: Fingerprints;
  readonly #formsNow: Fingerprints;

  constructor(before: ContractModel, now: ContractModel) {
    this.#before = before;
    this.#now = now;
    this.#formsBefore = fingerprintsOf(before.types);
    this.#formsNow = fingerprintsOf(now.types);
  }

  breaks(): readonly Break[] {
    const { handlers, events, errors } = this.#before;
    return [
      ...handlers.flatMap((handler) => this.#handler(handler)),
      ...events.flatMap((event) => this.#event(event)),
      ...errors.flatMap((error) => this.#error(error)),
    ];
  }

  #handler(before: HandlerModel): readonly Break[] {
    const now = named(this.#now.handlers, before);
    if (now === undefined) {
      const isEvent = named(this.#now.events, before) !== undefined;
      return [this.#gone(before, isEvent ? 'HANDLER_IS_EVENT' : 'HANDLER_REMOVED', this.#now.handlers)];
    }
    return this.#about(before, [
      ...this.#place('data', 'data', before.input, now.input),
      ...this.#place('result', 'result', before.output, now.output),
      ...handlerOptionBreaks(before.options, now.options),
    ]);
  }

  #event(before: EventModel): readonly Break[] {
    const now = named(this.#now.events, before);
    if (now === undefined) {
      const isHandler = named(this.#now.handlers, before) !== undefined;
      return [this.#gone(before, isHandler ? 'EVENT_IS_HANDLER' : 'EVENT_REMOVED', this.#now.events)];
    }
    const data = this.#place('event', 'data', before.data, now.data);
    return this.#about(before, [...data, ...eventOptionBreaks(before.options, now.options)]);
  }

  #error(before: ErrorModel): readonly Break[] {
    const now = named(this.#now.errors, before);
    const gone: PlaceBreak = { rule: 'ERROR_REMOVED', path: '', message: 'the page no longer has its class' };
    return this.#about(
      before,
      now === undefined ? [gone] : this.#place('error', 'data', before.data, now.data),
    );
  }

  #place(place: Place, root: string, before: Shape, now: Shape): readonly PlaceBreak[] {
    const types = { before: this.#before.types, now: this.#now.types };
    return breaksIn(place, root, { types: types.before, shape: before }, { types: types.now, shape: now });
  }

  #about({ name }: Word | ErrorModel, breaks: readonly PlaceBreak[]): readonly Break[] {
    const subject = `${this.#before.name}.${name}`;
    return breaks.map((one) => ({ ...one, file: this.#now.source, subject }));
  }

  /** What is new and has the same types is probably the same under another name. */
  #gone(before: Word, rule: RuleId, candidates: readonly Word[]): Break {
    const known = [...this.#before.handlers, ...this.#before.events].map(({ name }) => name);
    const form = formOf(before, this.#formsBefore);
    const renamed = candidates.find(
      (one) => !known.includes(one.name) && formOf(one, this.#formsNow) === form,
    );
    const isMove = renamed !== undefined && RENAMED[rule] !== undefined;
    return {
      rule: isMove ? (RENAMED[rule] ?? rule) : rule,
      file: this.#now.source,
      subject: `${this.#before.name}.${before.name}`,
      path: '',
      message: isMove ? `it seems to be ${this.#now.name}.${renamed.name} now` : (GONE[rule] ?? ''),
    };
  }
}

const RENAMED: Readonly<Partial<Record<RuleId, RuleId>>> = {
  HANDLER_REMOVED: 'HANDLER_RENAMED',
  EVENT_REMOVED: 'EVENT_RENAMED',
};

const GONE: Readonly<Partial<Record<RuleId, string>>> = {
  HANDLER_REMOVED: 'callers of before find nobody who answers',
  EVENT_REMOVED: 'what clusters of before tell reaches nobody, and what they listen for never comes',
  HANDLER_IS_EVENT: 'callers of before find nobody who answers',
  EVENT_IS_HANDLER: 'what clusters of before tell reaches nobody',
};

function named<T extends { readonly name: string }>(
  all: readonly T[],
  { name }: Word | ErrorModel,
): T | undefined {
  return all.find((one) => one.name === name);
}

function formOf(word: Word, forms: Fingerprints): string {
  return forms.of('', 'data' in word ? [word.data] : [word.input, word.output]);
}
