/**
 * Finding breaking changes: compares two versions of the contracts. Pure.
 */
import { fingerprintsOf } from '../model/fingerprint.js';
import type { Fingerprints } from '../model/fingerprint.js';
import type { ContractModel, ErrorModel, EventModel, HandlerModel, Shape } from '../model/model.js';
import { compare } from '../model/shapes.js';
import { eventOptionBreaks, handlerOptionBreaks } from './option-breaks.js';
import { payloadBreaks } from './payload-breaks.js';
import type { PayloadRole, BreakDetail } from './payload-breaks.js';
import type { Break, RuleId } from './rules.js';

type Contracts = readonly ContractModel[];

/** Returns the breaks sorted by contract, member and path. A lock file does not keep the order of its contracts. */
export function findBreaks(before: Contracts, now: Contracts): readonly Break[] {
  return before
    .toSorted((a, b) => compare(a.name, b.name))
    .flatMap((contract) => {
      const same = now.find(({ name }) => name === contract.name);
      return same === undefined
        ? [contractRemoved(contract)]
        : new ContractPair(contract, same).breaks().toSorted(compareBreaks);
    });
}

function compareBreaks(a: Break, b: Break): number {
  return compare(a.subject, b.subject) || compare(a.path, b.path) || compare(a.rule, b.rule);
}

function contractRemoved({ source, name }: ContractModel): Break {
  const message = 'the new version neither answers its handlers nor listens to its events';
  return { rule: 'CONTRACT_REMOVED', file: source, subject: name, path: '', message };
}

type WireMember = HandlerModel | EventModel;

class ContractPair {
  readonly #before: ContractModel;
  readonly #now: ContractModel;
  readonly #fingerprintsBefore: Fingerprints;
  readonly #fingerprintsNow: Fingerprints;

  constructor(before: ContractModel, now: ContractModel) {
    this.#before = before;
    this.#now = now;
    this.#fingerprintsBefore = fingerprintsOf(before.types);
    this.#fingerprintsNow = fingerprintsOf(now.types);
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
    const now = findNamed(this.#now.handlers, before);
    if (now === undefined) {
      const isEvent = findNamed(this.#now.events, before) !== undefined;
      return [this.#removed(before, isEvent ? 'HANDLER_IS_EVENT' : 'HANDLER_REMOVED', this.#now.handlers)];
    }
    return this.#breaksOf(before, [
      ...this.#payload('data', 'data', before.input, now.input),
      ...this.#payload('result', 'result', before.output, now.output),
      ...handlerOptionBreaks(before.options, now.options),
    ]);
  }

  #event(before: EventModel): readonly Break[] {
    const now = findNamed(this.#now.events, before);
    if (now === undefined) {
      const isHandler = findNamed(this.#now.handlers, before) !== undefined;
      return [this.#removed(before, isHandler ? 'EVENT_IS_HANDLER' : 'EVENT_REMOVED', this.#now.events)];
    }
    const data = this.#payload('event', 'data', before.data, now.data);
    return this.#breaksOf(before, [...data, ...eventOptionBreaks(before.options, now.options)]);
  }

  #error(before: ErrorModel): readonly Break[] {
    const now = findNamed(this.#now.errors, before);
    const gone: BreakDetail = {
      rule: 'ERROR_REMOVED',
      path: '',
      message: 'the generated page no longer exports its class',
    };
    return this.#breaksOf(
      before,
      now === undefined ? [gone] : this.#payload('error', 'data', before.data, now.data),
    );
  }

  #payload(role: PayloadRole, root: string, before: Shape, now: Shape): readonly BreakDetail[] {
    const types = { before: this.#before.types, now: this.#now.types };
    return payloadBreaks(
      role,
      root,
      { types: types.before, shape: before },
      { types: types.now, shape: now },
    );
  }

  #breaksOf({ name }: WireMember | ErrorModel, breaks: readonly BreakDetail[]): readonly Break[] {
    const subject = `${this.#before.name}.${name}`;
    return breaks.map((one) => ({ ...one, file: this.#now.source, subject }));
  }

  /** A new member with the same types is probably the removed one under another name. */
  #removed(before: WireMember, rule: RuleId, candidates: readonly WireMember[]): Break {
    const known = [...this.#before.handlers, ...this.#before.events].map(({ name }) => name);
    const form = fingerprintOf(before, this.#fingerprintsBefore);
    const successor = candidates.find(
      (one) => !known.includes(one.name) && fingerprintOf(one, this.#fingerprintsNow) === form,
    );
    const isRename = successor !== undefined && RENAMED[rule] !== undefined;
    return {
      rule: isRename ? (RENAMED[rule] ?? rule) : rule,
      file: this.#now.source,
      subject: `${this.#before.name}.${before.name}`,
      path: '',
      message: isRename
        ? `it appears to have been renamed to ${this.#now.name}.${successor.name}`
        : (REMOVED[rule] ?? ''),
    };
  }
}

const RENAMED: Readonly<Partial<Record<RuleId, RuleId>>> = {
  HANDLER_REMOVED: 'HANDLER_RENAMED',
  EVENT_REMOVED: 'EVENT_RENAMED',
};

const REMOVED: Readonly<Partial<Record<RuleId, string>>> = {
  HANDLER_REMOVED: 'the new version does not answer calls of the previous one',
  EVENT_REMOVED: 'the new version neither listens to it nor sends it',
  HANDLER_IS_EVENT: 'the new version does not answer calls of the previous one',
  EVENT_IS_HANDLER: 'the new version neither listens to it nor sends it',
};

function findNamed<T extends { readonly name: string }>(
  all: readonly T[],
  { name }: WireMember | ErrorModel,
): T | undefined {
  return all.find((one) => one.name === name);
}

function fingerprintOf(word: WireMember, forms: Fingerprints): string {
  return forms.of('', 'data' in word ? [word.data] : [word.input, word.output]);
}
