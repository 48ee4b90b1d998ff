/**
 * Shape comparison: whether one version accepts everything that the other version sends.
 *
 * The comparison is exact where that is cheap, and errs on the safe side elsewhere: it never misses a value that is sent
 * and rejected, but may report a difference without such a value. Sent values have passed an encoder, so they have only
 * the members that the sender's contract names.
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
import { splitBooleans, discriminantPath, withMerged } from './alternatives.js';
import { differs, keyStep, nested } from './difference.js';
import type { Difference } from './difference.js';
import { domainOf, isTextual, numberDifferences, textDifferences } from './scalars.js';
import { familyOf, isFields, isList } from './families.js';
import type { Fields } from './families.js';
import { listDifferences } from './lists.js';

type Differences = readonly Difference[];

/** The unions on both sides of the comparison of one alternative. */
interface Union {
  readonly isOne: boolean;
  readonly tags: readonly (string | undefined)[];
}

/** The types of the sending or the accepting version. */
class Side {
  readonly types: TypeTable;
  readonly #fingerprints: Fingerprints;

  constructor(types: readonly NamedType[]) {
    this.types = tableOf(types);
    this.#fingerprints = fingerprintsOf(types);
  }

  /** Returns the same string for shapes with the same values, whatever their names. */
  fingerprintOf(shape: Shape): string {
    return this.#fingerprints.of('', [shape]);
  }
}

export class ShapeComparison {
  readonly #sent: Side;
  readonly #accepted: Side;
  /** Comparisons in progress. A recursive occurrence counts as equal: it differs only if the rest does. */
  readonly #open = new Set<string>();
  /** The first difference of each failed comparison. */
  readonly #failed = new Map<string, Differences>();

  constructor(sent: readonly NamedType[], accepted: readonly NamedType[]) {
    this.#sent = new Side(sent);
    this.#accepted = new Side(accepted);
  }

  compare(sent: Shape, accepted: Shape): Differences {
    if (this.#sent.fingerprintOf(sent) === this.#accepted.fingerprintOf(accepted)) return [];
    const key = JSON.stringify([sent, accepted]);
    const known = this.#failed.get(key);
    if (known !== undefined) return known;
    if (this.#open.has(key)) return [];

    this.#open.add(key);
    const found = this.#unions(this.#sent.types, sent, accepted);
    this.#open.delete(key);
    if (found.length > 0) this.#failed.set(key, found.slice(0, 1));
    return found;
  }

  #unions(types: TypeTable, sent: Shape, accepted: Shape): Differences {
    const from = withMerged(alternativesOf(sent, types), types);
    const to = alternativesOf(accepted, this.#accepted.types);
    return this.#alternatives(from, to);
  }

  #alternatives(from: readonly Shape[], to: readonly Shape[]): Differences {
    const tags = [discriminantPath(from, this.#sent.types), discriminantPath(to, this.#accepted.types)];
    return splitBooleans(from, to).flatMap((one) =>
      this.#alternative(one, to, { isOne: from.length === 1, tags }),
    );
  }

  #alternative(one: Shape, to: readonly Shape[], { isOne, tags }: Union): Differences {
    const attempts = to.map((other) => ({ other, found: this.#single(one, other) }));
    if (attempts.some(({ found }) => found.length === 0)) return [];
    const accepted = unionOf(to);
    const family = this.#familyOf(one, this.#sent.types);
    const related = attempts.filter(({ other }) => this.#familyOf(other, this.#accepted.types) === family);
    if (related.length === 0)
      return differs(isOne && to.length === 1 ? 'type' : 'alternative', one, accepted);
    if (one.kind === 'literal') return differs('alternative', one, accepted);
    if ((family === 'number' || family === 'text') && related.length > 1)
      return differs(family, one, accepted);
    // Two members with different discriminants are not two versions of the same member.
    const meant = related.filter(({ found }) => !found.some(({ path }) => tags.includes(path)));
    const [closest] = meant.toSorted((a, b) => a.found.length - b.found.length);
    return closest?.found ?? differs('alternative', one, accepted);
  }

  #familyOf(shape: Shape, types: TypeTable): string {
    return familyOf(resolve(shape, types));
  }

  /** Compares one member of a union with one member of the other. */
  #single(sent: Shape, accepted: Shape): Differences {
    const from = resolve(sent, this.#sent.types);
    const to = resolve(accepted, this.#accepted.types);
    const isNamed = sent !== from || accepted !== to;
    return isNamed
      ? this.#onceOnPath(sent, accepted, () => this.#resolved(from, to))
      : this.#resolved(from, to);
  }

  /** Ends the recursion at a type that contains itself. */
  #onceOnPath(sent: Shape, accepted: Shape, find: () => Differences): Differences {
    const key = `one ${JSON.stringify([sent, accepted])}`;
    if (this.#open.has(key)) return [];
    this.#open.add(key);
    const found = find();
    this.#open.delete(key);
    return found;
  }

  #resolved(sent: Shape, accepted: Shape): Differences {
    const inner = (one: Shape, other: Shape): Differences => this.compare(one, other);
    if (accepted.kind === 'unknown') {
      // The value would be accepted in its encoded form: a `Date` as a number.
      return someInside(sent, this.#sent.types, isRich) ? differs('type', sent, accepted) : [];
    }
    if (familyOf(sent) !== familyOf(accepted)) return differs('type', sent, accepted);
    if (domainOf(sent) !== undefined) return numberDifferences(sent, accepted);
    if (isTextual(sent)) return textDifferences(sent, accepted);
    if (isList(sent) && isList(accepted)) return listDifferences(sent, accepted, inner);
    if (isFields(sent) && isFields(accepted)) return this.#fields(sent, accepted);
    if (sent.kind === 'set' && accepted.kind === 'set') return nested('[]', inner(sent.item, accepted.item));
    if (sent.kind === 'map' && accepted.kind === 'map') {
      return [
        ...nested('<key>', inner(sent.key, accepted.key)),
        ...nested('[]', inner(sent.value, accepted.value)),
      ];
    }
    if (sent.kind === 'literal' && accepted.kind === 'literal' && sent.value !== accepted.value) {
      return differs('alternative', sent, accepted);
    }
    return sent.kind === 'boolean' && accepted.kind === 'literal' ? differs('type', sent, accepted) : [];
  }

  #fields(sent: Fields, accepted: Fields): Differences {
    return [
      ...accepted.members.flatMap((member) => nested(keyStep(member.key), this.#member(sent, member))),
      ...this.#unnamed(sent, accepted),
    ];
  }

  /** Compares what is sent under a key that the accepting side names. */
  #member(sent: Fields, accepted: Member): Differences {
    const named = sent.members.find(({ key }) => key === accepted.key);
    const from = named ?? memberFromRule(sent, accepted.key);
    const isNeeded = !isOptional(accepted, this.#accepted.types);
    if (from === undefined) return isNeeded ? differs('missing', 'undefined', accepted.shape) : [];
    const mayBeMissing = isNeeded && isOptional(from, this.#sent.types);
    const missing = mayBeMissing
      ? differs('optional', `${typeText(from.shape)} | undefined`, accepted.shape)
      : [];
    return [...missing, ...this.#present(from.shape, accepted.shape)];
  }

  /** Compares the values of a member that is present. */
  #present(sent: Shape, accepted: Shape): Differences {
    const from = presentOf(sent, this.#sent.types);
    const to = presentOf(accepted, this.#accepted.types);
    if (from.length === 0) return [];
    return to.length === 0 ? differs('type', sent, 'undefined') : this.compare(unionOf(from), unionOf(to));
  }

  /** Compares what is sent under keys that the accepting side has only rules for. */
  #unnamed(sent: Fields, accepted: Fields): Differences {
    if (accepted.kind !== 'record') return [];
    const isNamed = (key: string): boolean => accepted.members.some((member) => member.key === key);
    const named = sent.members.flatMap((member) => {
      const rule = isNamed(member.key) ? undefined : memberFromRule(accepted, member.key);
      return rule === undefined ? [] : nested(keyStep(member.key), this.#present(member.shape, rule.shape));
    });
    return sent.kind === 'record' ? [...named, ...this.#rules(sent, accepted)] : named;
  }

  /** Different patterns may match the same key, so a rule is compared with all rules up to the first that surely applies. */
  #rules(sent: RecordShape, accepted: RecordShape): Differences {
    return sent.rules.flatMap(({ pattern, keys, value }) => {
      const last = accepted.rules.findIndex((rule) => rule.pattern === undefined || rule.pattern === pattern);
      const concerned = last === -1 ? accepted.rules : accepted.rules.slice(0, last + 1);
      return concerned.flatMap((rule) => {
        const found = nested(`[${keys}]`, this.#present(value, rule.value));
        return rule.pattern === pattern ? found : found.map((one) => ({ ...one, change: 'keys' as const }));
      });
    });
  }
}

/** Returns the member that a rule for keys makes of a key. It is always optional. */
function memberFromRule(fields: Fields, key: string): Member | undefined {
  if (fields.kind !== 'record') return undefined;
  const rule = fields.rules.find(
    ({ pattern }) => pattern === undefined || new RegExp(pattern, 'u').test(key),
  );
  return rule && { key, optional: true, shape: rule.value };
}

function presentOf(shape: Shape, types: TypeTable): readonly Shape[] {
  return alternativesOf(shape, types).filter((one) => one.kind !== 'undefined');
}
