/**
 * Comparing shapes: whether everything that one version sends the other version accepts.
 *
 * Exact where that is cheap, and on the safe side elsewhere: a value that is sent and refused always leaves a
 * difference; now and then there is one without such a value. What was sent has been through an encoder, so it holds
 * only what its contract names.
 */
import { fingerprintsOf } from '../model/fingerprint.js';
import type { Fingerprints } from '../model/fingerprint.js';
import type { Member, NamedType, RecordShape, Shape } from '../model/model.js';
import {
  alternativesOf,
  isOptional,
  isRich,
  resolve,
  someInside,
  tableOf,
  unionOf,
} from '../model/shapes.js';
import type { TypeTable } from '../model/shapes.js';
import { typeText } from '../model/type-text.js';
import { splitBooleans, tagStep, withMerged } from './alternatives.js';
import { differs, keyStep, under } from './difference.js';
import type { Difference } from './difference.js';
import { domainOf, isTextual, numberDifferences, textDifferences } from './leaves.js';
import { familyOf, isFields, isList } from './families.js';
import type { Fields } from './families.js';
import { listDifferences } from './lists.js';

type Found = readonly Difference[];

/** What is known of the union that an alternative comes from. */
interface Union {
  readonly isOne: boolean;
  readonly tags: readonly (string | undefined)[];
}

/** The types of the version that sends, or of the one that accepts. */
class Side {
  readonly types: TypeTable;
  readonly #fingerprints: Fingerprints;

  constructor(types: readonly NamedType[]) {
    this.types = tableOf(types);
    this.#fingerprints = fingerprintsOf(types);
  }

  /** The same for shapes that say the same, whatever they are called. */
  formOf(shape: Shape): string {
    return this.#fingerprints.of('', [shape]);
  }
}

export class ShapeComparison {
  readonly #given: Side;
  readonly #taken: Side;
  /** Comparisons that are being made: a type inside itself fits if the rest does. */
  readonly #open = new Set<string>();
  /** Of each comparison that has failed, the first difference. */
  readonly #failed = new Map<string, Found>();

  constructor(given: readonly NamedType[], taken: readonly NamedType[]) {
    this.#given = new Side(given);
    this.#taken = new Side(taken);
  }

  compare(given: Shape, taken: Shape): Found {
    if (this.#given.formOf(given) === this.#taken.formOf(taken)) return [];
    const key = JSON.stringify([given, taken]);
    const known = this.#failed.get(key);
    if (known !== undefined) return known;
    if (this.#open.has(key)) return [];

    this.#open.add(key);
    const found = this.#unions(this.#given.types, given, taken);
    this.#open.delete(key);
    if (found.length > 0) this.#failed.set(key, found.slice(0, 1));
    return found;
  }

  #unions(types: TypeTable, given: Shape, taken: Shape): Found {
    const from = withMerged(alternativesOf(given, types), types);
    const to = alternativesOf(taken, this.#taken.types);
    return this.#alternatives(from, to);
  }

  #alternatives(from: readonly Shape[], to: readonly Shape[]): Found {
    const tags = [tagStep(from, this.#given.types), tagStep(to, this.#taken.types)];
    return splitBooleans(from, to).flatMap((one) =>
      this.#alternative(one, to, { isOne: from.length === 1, tags }),
    );
  }

  #alternative(one: Shape, to: readonly Shape[], { isOne, tags }: Union): Found {
    const attempts = to.map((other) => ({ other, found: this.#single(one, other) }));
    if (attempts.some(({ found }) => found.length === 0)) return [];
    const taken = unionOf(to);
    const family = this.#familyOf(one, this.#given.types);
    const related = attempts.filter(({ other }) => this.#familyOf(other, this.#taken.types) === family);
    if (related.length === 0) return differs(isOne && to.length === 1 ? 'type' : 'alternative', one, taken);
    if (one.kind === 'literal') return differs('alternative', one, taken);
    if ((family === 'number' || family === 'text') && related.length > 1) return differs(family, one, taken);
    // Two members of unions whose tags differ are not two versions of one.
    const meant = related.filter(({ found }) => !found.some(({ path }) => tags.includes(path)));
    const [closest] = meant.toSorted((a, b) => a.found.length - b.found.length);
    return closest?.found ?? differs('alternative', one, taken);
  }

  #familyOf(shape: Shape, types: TypeTable): string {
    return familyOf(resolve(shape, types));
  }

  /** One member of a union with one of another. */
  #single(given: Shape, taken: Shape): Found {
    const from = resolve(given, this.#given.types);
    const to = resolve(taken, this.#taken.types);
    const isNamed = given !== from || taken !== to;
    return isNamed ? this.#guarded(given, taken, () => this.#resolved(from, to)) : this.#resolved(from, to);
  }

  /** Stops where a type leads back to itself. */
  #guarded(given: Shape, taken: Shape, find: () => Found): Found {
    const key = `one ${JSON.stringify([given, taken])}`;
    if (this.#open.has(key)) return [];
    this.#open.add(key);
    const found = find();
    this.#open.delete(key);
    return found;
  }

  #resolved(given: Shape, taken: Shape): Found {
    const inner = (one: Shape, other: Shape): Found => this.compare(one, other);
    if (taken.kind === 'anything') {
      // What comes would be accepted, in its form on the wire: a `Date` as a number.
      return someInside(given, this.#given.types, isRich) ? differs('type', given, taken) : [];
    }
    if (familyOf(given) !== familyOf(taken)) return differs('type', given, taken);
    if (domainOf(given) !== undefined) return numberDifferences(given, taken);
    if (isTextual(given)) return textDifferences(given, taken);
    if (isList(given) && isList(taken)) return listDifferences(given, taken, inner);
    if (isFields(given) && isFields(taken)) return this.#fields(given, taken);
    if (given.kind === 'set' && taken.kind === 'set') return under('[]', inner(given.item, taken.item));
    if (given.kind === 'map' && taken.kind === 'map') {
      return [
        ...under('<key>', inner(given.key, taken.key)),
        ...under('[]', inner(given.value, taken.value)),
      ];
    }
    if (given.kind === 'literal' && taken.kind === 'literal' && given.value !== taken.value) {
      return differs('alternative', given, taken);
    }
    return given.kind === 'boolean' && taken.kind === 'literal' ? differs('type', given, taken) : [];
  }

  #fields(given: Fields, taken: Fields): Found {
    return [
      ...taken.members.flatMap((member) => under(keyStep(member.key), this.#member(given, member))),
      ...this.#unnamed(given, taken),
    ];
  }

  /** What the one side says about a key that the other names. */
  #member(given: Fields, taken: Member): Found {
    const named = given.members.find(({ key }) => key === taken.key);
    const from = named ?? memberByRule(given, taken.key);
    const isNeeded = !isOptional(taken, this.#taken.types);
    if (from === undefined) return isNeeded ? differs('member', 'nothing', taken.shape) : [];
    const mayLack = isNeeded && isOptional(from, this.#given.types);
    const missing = mayLack ? differs('member', `${typeText(from.shape)}, or nothing`, taken.shape) : [];
    return [...missing, ...this.#present(from.shape, taken.shape)];
  }

  /** The values of a member that is there. */
  #present(given: Shape, taken: Shape): Found {
    const from = presentOf(given, this.#given.types);
    const to = presentOf(taken, this.#taken.types);
    if (from.length === 0) return [];
    return to.length === 0 ? differs('type', given, 'nothing') : this.compare(unionOf(from), unionOf(to));
  }

  /** Keys that only rules speak of. */
  #unnamed(given: Fields, taken: Fields): Found {
    if (taken.kind !== 'record') return [];
    const isNamed = (key: string): boolean => taken.members.some((member) => member.key === key);
    const named = given.members.flatMap((member) => {
      const rule = isNamed(member.key) ? undefined : memberByRule(taken, member.key);
      return rule === undefined ? [] : under(keyStep(member.key), this.#present(member.shape, rule.shape));
    });
    return given.kind === 'record' ? [...named, ...this.#rules(given, taken)] : named;
  }

  /** Keys of different patterns may be the same ones, so all rules have to fit until one is surely that for the key. */
  #rules(given: RecordShape, taken: RecordShape): Found {
    return given.rules.flatMap(({ pattern, keys, value }) => {
      const last = taken.rules.findIndex((rule) => rule.pattern === undefined || rule.pattern === pattern);
      const concerned = last === -1 ? taken.rules : taken.rules.slice(0, last + 1);
      return concerned.flatMap((rule) => {
        const found = under(`[${keys}]`, this.#present(value, rule.value));
        return rule.pattern === pattern ? found : found.map((one) => ({ ...one, change: 'keys' as const }));
      });
    });
  }
}

/** The member that a rule for keys makes of a key; never one that has to be there. */
function memberByRule(fields: Fields, key: string): Member | undefined {
  if (fields.kind !== 'record') return undefined;
  const rule = fields.rules.find(
    ({ pattern }) => pattern === undefined || new RegExp(pattern, 'u').test(key),
  );
  return rule && { key, optional: true, shape: rule.value };
}

function presentOf(shape: Shape, types: TypeTable): readonly Shape[] {
  return alternativesOf(shape, types).filter((one) => one.kind !== 'absent');
}
